#pragma once

#include "ui/plots/cursor_layer.hpp"
#include "ui/plots/span_measurement.hpp"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace ui {

/// What the cursors show and what was measured between them, as rows of texts.
struct CursorTable {
    struct Input {
        std::vector<QString> times; ///< of A, and of B where there is one: "123.4 ms"
        std::vector<std::vector<CursorReading>> readings; ///< of each of these
        /// B - A [ms]; needs both.
        double difference_ms = 0.0;
        std::vector<QString> trains; ///< names of the measured spike trains
        std::optional<SpanMeasurement> span; ///< not there yet, or one cursor
        bool previousSweep = false;
    };
    explicit CursorTable(const Input& input);

    QStringList titles;
    std::vector<QStringList> rows; ///< A; B, B - A and the mean between them
    /// "Δt 18.5 ms, 1/Δt 54.05 Hz; n 0: 1 spike, 54.05 Hz, interval 18.5 ms (1)"
    QString summary;

    /// All of it with tabulators between cells, for other programs.
    QString text() const;
    /// All of it in one sentence for those who do not see it.
    QString spoken() const;
};

} // namespace ui
