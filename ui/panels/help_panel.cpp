#include "ui/panels/help_panel.hpp"

#include <QCoreApplication>
#include <QRegularExpression>

#include <set>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::HelpPanel", source); }

/// Plain text as Markdown: every sign that could mean something stands for itself.
QString markdown(const std::string& plain)
{
    static const QRegularExpression signs(QStringLiteral("([!-/:-@\\[-`{-~])"));
    return QString::fromStdString(plain).replace(signs, QStringLiteral("\\\\1")).simplified();
}

QString paragraph(const QString& heading, const std::string& plain)
{
    return plain.empty() ? QString()
                         : QStringLiteral("**%1** %2\n\n").arg(heading, markdown(plain));
}

QString modelSection(const engine::models::ModelDescription& model)
{
    QString page = QStringLiteral("## %1 (%2)\n\n%3\n\n%4\n\n### %5\n\n")
                       .arg(markdown(model.title), markdown(model.name), markdown(model.summary),
                           QString::fromStdString(model.text), text("Parameters"));
    page += QStringLiteral("| %1 | %2 | %3 |\n| --- | --- | --- |\n")
                .arg(text("Name"), text("Meaning"), text("Unit"));
    for (const engine::models::ParamSpec& param : model.params) {
        page += QStringLiteral("| **%1** | %2 | %3 |\n")
                    .arg(markdown(param.name), markdown(param.meaning), markdown(param.unit));
    }
    return page + QLatin1Char('\n');
}

} // namespace

QString helpPage(const engine::config::PresetDocument& document)
{
    const engine::config::PresetInfo& info = document.info();
    QString page
        = QStringLiteral("# %1\n\n%2\n\n").arg(markdown(info.title), markdown(info.summary));
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
        setMarkdown(page);
    }
}

} // namespace ui
