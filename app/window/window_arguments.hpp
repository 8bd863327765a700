#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace app {

/// `spikescope [PRESET] [--screenshot FILE] [--after MS]`.
struct WindowArguments {
    QString preset; ///< id or path
    QString screenshot; ///< empty: not wanted
    std::optional<double> after_ms; ///< model time of the screenshot
};

struct ParsedArguments {
    std::optional<WindowArguments> arguments;
    QString error; ///< one line, where there are none
};

/// `arguments` without the program's name.
ParsedArguments parseWindowArguments(const QStringList& arguments);

} // namespace app
