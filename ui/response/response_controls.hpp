#pragma once

#include <QWidget>

#include <optional>
#include <utility>

class QBoxLayout;
class QComboBox;
class QDoubleSpinBox;
class QProgressBar;
class QSpinBox;
class QToolButton;

namespace ui {

/// What the response is of and over which trials: choices above the plot of the response.
class ResponseControls : public QWidget {
    Q_OBJECT

public:
    explicit ResponseControls(QWidget* parent = nullptr);

    /// Names and what stands for them; what is chosen stays so where it is among them.
    void setTriggers(const QList<std::pair<QString, QVariant>>& triggers);
    void setNeurons(const QList<std::pair<QString, QVariant>>& neurons);
    /// Of the runs with other seeds, 0 to 1; missing: none is under way.
    void setProgress(std::optional<double> fraction);
    void setCanRepeat(bool can);
    /// Fewer rows, which are longer.
    void setLow(bool low);

    QComboBox* triggers() const { return m_triggers; }
    QComboBox* neurons() const { return m_neurons; }
    QDoubleSpinBox* before() const { return m_before; } ///< [ms]
    QDoubleSpinBox* after() const { return m_after; } ///< [ms]
    QDoubleSpinBox* bin() const { return m_bin; } ///< [ms]
    QToolButton* repeat() const { return m_repeat; }
    QDoubleSpinBox* every() const { return m_every; } ///< [ms]
    QSpinBox* count() const { return m_count; }
    QToolButton* run() const { return m_run; }
    QSpinBox* seeds() const { return m_seeds; }
    /// Whether the trials of other seeds are shown; else those of this run.
    bool showsSeeds() const;
    void showSeeds(bool seeds);

Q_SIGNALS:
    void choiceChanged(); ///< trigger, neurons or window
    void binChanged();
    void sourceChanged();
    void repeatWanted();
    void runWanted();
    void cancelWanted();

private:
    void makeWindow();
    void makeRepeats();
    void arrange();

    QComboBox* m_triggers;
    QComboBox* m_neurons;
    QDoubleSpinBox* m_before;
    QDoubleSpinBox* m_after;
    QDoubleSpinBox* m_bin;
    QToolButton* m_repeat;
    QDoubleSpinBox* m_every;
    QSpinBox* m_count;
    QToolButton* m_run;
    QSpinBox* m_seeds;
    QComboBox* m_source;
    QProgressBar* m_progress;
    QBoxLayout* m_choices = nullptr; ///< the first row
    QBoxLayout* m_repeats = nullptr;
    QBoxLayout* m_runs = nullptr;
    QBoxLayout* m_actions; ///< repeats and runs, one above the other or in one row
    bool m_running = false;
};

} // namespace ui
