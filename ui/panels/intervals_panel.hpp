#pragma once

#include "engine/analysis/recorded_intervals.hpp"
#include "engine/frame.hpp"
#include "ui/pictures.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QSpinBox;
class QTabBar;

namespace ui {

class EngineBridge;
class InstantRatePlot;
class IntervalChart;
class ReturnMap;

/// Intervals between the spikes of a neuron (histogram, return map, instantaneous rate) or of all
/// neurons of a population (histogram), with their statistics, in a window of the run. Computed off
/// the window's thread, five times a second at most and only while somebody can see it.
class IntervalsPanel : public QWidget {
    Q_OBJECT

public:
    explicit IntervalsPanel(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Something is being computed that will be shown.
    bool busy() const { return m_counting.busy(); }
    /// What the pictures of its plots carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }

    QString numbers() const; ///< rich text
    const IntervalChart& histogram() const { return *m_histogram; }
    const ReturnMap& returnMap() const { return *m_map; }
    const InstantRatePlot& rate() const { return *m_rate; }
    QComboBox& trains() const { return *m_trains; }
    QComboBox& windows() const { return *m_windows; }
    QDoubleSpinBox& bins() const { return *m_bins; }

Q_SIGNALS:
    /// Something for the person to read.
    void report(const QString& message, bool error);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    /// What is computed for one answer, with the words for its window.
    struct Question {
        engine::analysis::IntervalQuestion intervals;
        QString sweep; ///< "present sweep"
        friend bool operator==(const Question&, const Question&) = default;
    };
    struct Answer {
        std::optional<engine::analysis::RecordedIntervals> intervals;
        QString sweep;
        qint64 took_ms = 0;
    };
    enum class Arrangement { histogram, map, rate, all }; ///< which plots are there; first the tabs
    /// An entry of the choice of trains.
    struct Train {
        std::uint32_t population = 0;
        bool pooled = false;
    };

    void beginSession(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void fillWindows(bool repeats);
    void choiceChanged();
    void ask();
    std::optional<Question> question() const;
    void showAnswer(const Answer& answer);
    void showHistogram();
    void showNumbers(const Answer& answer);
    void arrange();
    bool isPooled() const;
    void addMenu(QWidget& plot, PlotSource source);
    void applyTheme();

    EngineBridge& m_bridge;
    QComboBox* m_trains;
    QSpinBox* m_neuron;
    QComboBox* m_windows;
    QDoubleSpinBox* m_bins;
    QLabel* m_numbers;
    QGridLayout* m_plots;
    std::optional<Arrangement> m_arrangement;
    QTabBar* m_tabs; ///< chooses one plot where there is no room for all
    IntervalChart* m_histogram;
    ReturnMap* m_map;
    InstantRatePlot* m_rate;
    std::function<PictureTag()> m_tag;

    std::vector<Train> m_choices;
    std::shared_ptr<const engine::config::Experiment> m_experiment;
    std::shared_ptr<const engine::recording::History> m_history; ///< present sweep
    engine::core::Step m_now = 0;
    bool m_changed = false;
    QTimer m_pace;
    QElapsedTimer m_sinceAnswer;
    qint64 m_rest_ms = 0; ///< for which the processor is left to others after an answer
    std::optional<Question> m_asked; ///< the newest
    Answer m_answer;
    LatestResult<Answer> m_counting; // last: ends before what it writes to
};

} // namespace ui
