#include "app/window/window_arguments.hpp"

#include <QCommandLineParser>

namespace app {
namespace {

const QString defaultPreset = QStringLiteral("izh2003-rs");

}

ParsedArguments parseWindowArguments(const QStringList& arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption screenshot(QStringLiteral("screenshot"), {}, QStringLiteral("FILE"));
    const QCommandLineOption after(QStringLiteral("after"), {}, QStringLiteral("MS"));
    parser.addOptions({screenshot, after});
    if (!parser.parse(QStringList(QStringLiteral("spikescope")) + arguments)) {
        return {.arguments = std::nullopt, .error = parser.errorText()};
    }
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1) {
        return {.arguments = std::nullopt,
            .error = QStringLiteral("one preset at most, not \"%1\"")
                         .arg(positional.join(QStringLiteral("\", \"")))};
    }
    WindowArguments result {.preset = positional.value(0, defaultPreset),
        .screenshot = parser.value(screenshot),
        .after_ms = std::nullopt};
    if (parser.isSet(screenshot)
        && !result.screenshot.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
        return {.arguments = std::nullopt,
            .error
            = QStringLiteral("--screenshot %1: the name must end in .png").arg(result.screenshot)};
    }
    if (parser.isSet(after)) {
        bool number = false;
        const double value = parser.value(after).toDouble(&number);
        if (!number || !(value >= 0.0 && value < 1e12)) {
            return {.arguments = std::nullopt,
                .error = QStringLiteral("--after %1: expected a model time in ms")
                             .arg(parser.value(after))};
        }
        if (result.screenshot.isEmpty()) {
            return {.arguments = std::nullopt,
                .error = QStringLiteral("--after is for --screenshot FILE")};
        }
        result.after_ms = value;
    }
    return {.arguments = result, .error = {}};
}

} // namespace app
