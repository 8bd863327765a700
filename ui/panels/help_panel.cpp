#include "ui/panels/help_panel.hpp"

#include <QCoreApplication>

#include <set>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::HelpPanel", source); }

QString html(const std::string& plain) { return QString::fromStdString(plain).toHtmlEscaped(); }

QString paragraph(const QString& heading, const std::string& plain)
{
    return plain.empty() ? QString()
                         : QStringLiteral("<p><b>%1</b> %2</p>").arg(heading, html(plain));
}

QString modelSection(const engine::models::ModelDescription& model)
{
    QString page = QStringLiteral("<h3>%1 <small>(%2)</small></h3><p>%3</p>")
                       .arg(html(model.title), html(model.name), html(model.summary));
    page += QStringLiteral("<pre>");
    for (const std::string& equation : model.equations) {
        page += html(equation) + QLatin1Char('\n');
    }
    page += QStringLiteral("</pre>");
    page += paragraph(text("Method."), model.method) + paragraph(text("Source."), model.source);
    page += QStringLiteral("<table cellspacing='4'>");
    for (const engine::models::ParamSpec& param : model.params) {
        page += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td><td>%3</td></tr>")
                    .arg(html(param.name), html(param.meaning), html(param.unit));
    }
    return page + QStringLiteral("</table>");
}

} // namespace

QString helpPage(const engine::config::PresetDocument& document)
{
    const engine::config::PresetInfo& info = document.info();
    QString page = QStringLiteral("<h2>%1</h2><p>%2</p>").arg(html(info.title), html(info.summary));
    page += paragraph(text("Look for:"), info.expect) + paragraph(text("Source:"), info.source);
    std::set<const engine::models::ModelDescription*> told;
    for (const auto& population : document.experiment().populations) {
        if (told.insert(population.model).second) {
            page += modelSection(*population.model);
        }
    }
    return page;
}

HelpPanel::HelpPanel(QWidget* parent)
    : QTextBrowser(parent)
{
    setAccessibleName(tr("What is it"));
    setOpenExternalLinks(true);
    setFrameShape(QFrame::NoFrame);
}

void HelpPanel::setDocument(const engine::config::PresetDocument& document)
{
    // Values change often, texts seldom: the place where somebody reads stays.
    const QString page = helpPage(document);
    if (page != m_page) {
        m_page = page;
        setHtml(page);
    }
}

} // namespace ui
