#include "ui/widgets/parameter_text.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace ui {

namespace {

using engine::config::Adjustable;

QString tr(const char* text) { return QCoreApplication::translate("ParameterText", text); }

QString withUnit(const engine::core::Value& value, const std::string& unit)
{
    const QString text = QString::fromStdString(engine::core::value_text(value));
    return unit.empty() || !std::holds_alternative<double>(value)
        ? text
        : text + ' ' + QString::fromStdString(unit);
}

/// The name in files: the last part of the path.
QString symbolOf(const Adjustable& adjustable)
{
    return QString::fromStdString(adjustable.path.substr(adjustable.path.rfind('/') + 1));
}

QString rangeOf(const Adjustable& adjustable)
{
    if (adjustable.kind == Adjustable::Kind::choice) {
        QStringList names;
        for (const auto& name : adjustable.choices) {
            names += QString::fromStdString(name);
        }
        return names.join(QStringLiteral(", "));
    }
    if (adjustable.kind == Adjustable::Kind::flag) {
        return tr("on or off");
    }
    QString text = QString::fromStdString(adjustable.limits.text());
    if (text.isEmpty()) {
        text = tr("any number");
    }
    if (adjustable.integer) {
        text += tr(", whole");
    }
    return adjustable.nullable ? text + tr(", or none") : text;
}

} // namespace

QString parameterHelp(const Adjustable& adjustable)
{
    QStringList rows;
    const auto row = [&rows](const QString& name, const QString& text) {
        rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
                    .arg(name, text.toHtmlEscaped());
    };
    if (!adjustable.unit.empty()) {
        row(tr("Unit"), QString::fromStdString(adjustable.unit));
    }
    row(tr("Default"), withUnit(adjustable.default_value, adjustable.unit));
    row(tr("Range"), rangeOf(adjustable));
    row(tr("In the file"), QString::fromStdString(adjustable.path));
    if (!adjustable.live) {
        row(tr("Change"), tr("builds the network anew in the background"));
    }
    return QStringLiteral("<p><b>%1</b></p><p>%2</p><table>%3</table>")
        .arg(symbolOf(adjustable).toHtmlEscaped(),
            QString::fromStdString(adjustable.meaning)
                .toHtmlEscaped()
                .replace('\n', QStringLiteral("<br>")),
            rows.join(QString()));
}

QString parameterNote(const Adjustable& adjustable)
{
    QStringList parts;
    if (!adjustable.expression.empty()) {
        parts += tr("= %1").arg(QString::fromStdString(adjustable.expression));
    }
    if (adjustable.spread) {
        parts += tr("differs from neuron to neuron");
    }
    return parts.join(QStringLiteral("; "));
}

engine::core::Value writtenValue(const Adjustable& adjustable)
{
    if (!adjustable.expression.empty()) {
        return adjustable.expression;
    }
    return adjustable.value;
}

bool isSameSetting(const Adjustable& one, const Adjustable& other)
{
    return writtenValue(one) == writtenValue(other);
}

QString refusalText(const engine::core::Diagnostics& diagnostics)
{
    QStringList reasons;
    for (const auto& diagnostic : diagnostics) {
        if (diagnostic.severity != engine::core::Severity::error) {
            continue;
        }
        QString reason = QString::fromStdString(diagnostic.found);
        if (!diagnostic.expected.empty()) {
            reason += (reason.isEmpty() ? QString() : QStringLiteral("; "))
                + QString::fromStdString(diagnostic.expected);
        }
        if (!diagnostic.hint.empty()) {
            reason += QStringLiteral(" (%1)").arg(QString::fromStdString(diagnostic.hint));
        }
        reasons += reason;
    }
    reasons.removeDuplicates();
    return reasons.join(QStringLiteral(". "));
}

} // namespace ui
