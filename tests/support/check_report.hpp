#pragma once

#include "engine/checks/report.hpp"
#include "engine/core/value.hpp"

#include <QString>

namespace test_support {

/// Everything in a report, numbers to the last bit.
inline QString about(const engine::checks::Report& report)
{
    std::string out;
    for (const engine::checks::Result& result : report.results) {
        out += result.what() + " " + result.window_text() + " "
            + (result.measured.value ? engine::core::number_text(*result.measured.value) : "none")
            + " " + result.measured.name + " " + result.measured.reason
            + (result.pass ? " pass" : "") + (result.complete ? " complete\n" : "\n");
    }
    return QString::fromStdString(out);
}

} // namespace test_support
