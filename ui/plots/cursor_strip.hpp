#pragma once

#include "ui/plots/span_measurement.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;

namespace ui {

class SteadyTable;
class TimeCursors;
struct CursorTable;

/// Below the plots while there are cursors: their values, differences and what was measured between
/// them, which can be copied as text. Measured off the window's thread, at most ten times a second.
class CursorStrip : public QWidget {
    Q_OBJECT

public:
    explicit CursorStrip(TimeCursors& cursors, QWidget* parent = nullptr);

    /// What it shows, as text with tabulators.
    QString text() const { return m_text; }
    QString summary() const;
    const SteadyTable& table() const { return *m_table; }
    /// Something is being measured that will be shown.
    bool busy() const { return m_measuring.busy(); }

private:
    using Answer = std::pair<SpanQuestion, std::optional<SpanMeasurement>>;
    void cursorsChanged();
    void renew();
    void showTable();
    void fitHeight();
    SpanQuestion question() const;
    QStringList trainNames() const;
    std::vector<TrainPlace> trains() const;

    TimeCursors& m_cursors;
    QLabel* m_summary;
    QCheckBox* m_snap;
    SteadyTable* m_table;
    QTimer m_pace; ///< until the next look at what changed
    bool m_changed = false;
    QString m_text;
    Answer m_answer; ///< the newest, with what was asked
    LatestResult<Answer> m_measuring; // last: ends before what it writes to
};

} // namespace ui
