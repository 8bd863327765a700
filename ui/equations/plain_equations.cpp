#include "ui/equations/plain_equations.hpp"

#include "ui/equations/formula_layout.hpp"

namespace ui {

QString valueText(const engine::core::Value& value, const std::string& unit)
{
    const auto* number = std::get_if<double>(&value);
    const QString shown = number != nullptr
        ? plainNumber(*number)
        : QString::fromStdString(engine::core::value_text(value));
    return number == nullptr || unit.empty()
        ? shown
        : shown + QLatin1Char(' ') + QString::fromStdString(unit);
}

QString plainEquations(const EquationsContent& content)
{
    QStringList lines;
    std::string section;
    for (const engine::models::Equation& line : content.equations.lines) {
        if (line.section != section) {
            section = line.section;
            lines += QString::fromStdString(section);
        }
        lines += QStringLiteral("    ") + QString::fromStdString(text_of(line));
    }
    for (const auto& [name, value] : content.params) {
        lines += QStringLiteral("%1 = %2").arg(
            QString::fromStdString(name), valueText(value, content.model->find_param(name)->unit));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace ui
