#include "ui/gallery/tile_texts.hpp"

#include "engine/core/value.hpp"
#include "ui/panels/quantity_texts.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

using engine::config::Population;
using engine::core::Value;

QString text(const char* source) { return QCoreApplication::translate("ui::TileTexts", source); }

QString html(const std::string& plain) { return QString::fromStdString(plain).toHtmlEscaped(); }

QString valueText(const Value& value)
{
    if (const auto* number = std::get_if<double>(&value)) {
        return QString::fromStdString(engine::core::number_text(*number));
    }
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag ? text("yes") : text("no");
    }
    if (const auto* choice = std::get_if<std::string>(&value)) {
        return QString::fromStdString(*choice);
    }
    if (const auto* list = std::get_if<std::vector<double>>(&value)) {
        QStringList items;
        for (const double item : *list) {
            items += QString::fromStdString(engine::core::number_text(item));
        }
        return items.join(QStringLiteral(", "));
    }
    return text("none");
}

QString parameters(const Population& population)
{
    QStringList rows;
    for (const engine::models::ParamSpec& spec : population.model->params) {
        const Value& value = population.params.at(spec.name);
        if (spec.essential || value != spec.default_value) {
            rows += QStringLiteral("<tr><td>%1&nbsp;</td><td>%2 %3</td></tr>")
                        .arg(html(spec.name), valueText(value).toHtmlEscaped(), html(spec.unit));
        }
    }
    return QStringLiteral("<table>%1</table>").arg(rows.join(QString()));
}

} // namespace

QString tileVerdict(const engine::gallery::TileFrame& frame)
{
    if (!frame.fault.empty()) {
        return QString::fromStdString(frame.fault);
    }
    return frame.pattern ? QString::fromStdString(frame.pattern->name) : QStringLiteral("\u2026");
}

QString tileCurrentUnit(const engine::config::Experiment& experiment)
{
    const Population& first = experiment.populations.front();
    for (const auto& recordable : first.model->recordables(first.params)) {
        if (recordable.name == "I") {
            return QString::fromStdString(recordable.unit);
        }
    }
    return {};
}

QString tileHelp(const engine::config::PresetDocument& document)
{
    const engine::config::PresetInfo& info = document.info();
    const Population& first = document.experiment().populations.front();
    QString help
        = QStringLiteral("<p><b>%1</b><br>%2</p>").arg(html(info.title), html(info.expect));
    help += QStringLiteral("<p>%1</p>").arg(html(first.model->title)) + parameters(first);
    return help + QStringLiteral("<p>%1</p>").arg(text("Click or Enter opens it."));
}

QString tileDetails(
    const engine::config::PresetDocument& document, const engine::gallery::TileFrame& frame)
{
    const engine::config::PresetInfo& info = document.info();
    QString line = QStringLiteral("<b>%1</b>").arg(html(info.title));
    if (!info.expect.empty()) {
        line += QStringLiteral(" \u2013 ") + html(info.expect) + '.';
    }
    if (!frame.fault.empty()) {
        return line + ' ' + html(frame.fault);
    }
    if (!frame.pattern) {
        return line;
    }
    QString names = html(frame.pattern->name);
    for (const std::string& other : frame.pattern->also) {
        names += QStringLiteral(", ") + html(other);
    }
    return line + QStringLiteral("<br>")
        + text("It shows <b>%1</b>: %2").arg(names, typeset(frame.pattern->reason).toHtmlEscaped());
}

} // namespace ui
