#pragma once

#include "engine/frame.hpp"
#include "ui/network_theory.hpp"
#include "ui/pictures.hpp"
#include "ui/plots/histogram_chart.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/plots/small_plot.hpp"
#include "ui/widgets/when_seen.hpp"

#include <QWidget>

#include <functional>
#include <memory>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace ui {

class EngineBridge;

/// A dock that shows something of one population of the running network, or of all together, beside
/// theory: a row of choices, a line of words, plots. Renewed while it can be seen.
class NetworkPanel : public QWidget {
    Q_OBJECT

public:
    /// What pictures of its plots carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }
    QComboBox& populations() const { return *m_populations; }
    QString words() const; ///< rich text

Q_SIGNALS:
    /// Something for the person to read.
    void report(const QString& message, bool error);

protected:
    enum class Together { yes, no }; ///< whether all populations together can be chosen
    NetworkPanel(EngineBridge& bridge, const NetworkTheory& theory, Together together,
        QWidget* parent = nullptr);

    /// Shows what is newest.
    virtual void renew() = 0;
    /// Another network.
    virtual void beginSession() { }
    virtual void take(const engine::Frame& frame);
    virtual void applyTheme(const PlotColors& colors) = 0;
    void resizeEvent(QResizeEvent* event) override;

    void changed() { m_seen.changed(); }
    /// Of the last frame that had any; nullptr before that.
    const engine::analysis::NetworkStatistics* statistics() const { return m_statistics.get(); }
    /// Of the population that is chosen; nullptr where there are none.
    const engine::analysis::PopulationStatistics* chosen() const;
    /// Number of the population; missing where all together are chosen.
    std::optional<std::size_t> population() const;
    const engine::config::Experiment* experiment() const { return m_experiment.get(); }
    const NetworkTheory& theory() const { return m_theory; }
    void setWords(const QString& words);
    QHBoxLayout& choices() const { return *m_choices; }
    QVBoxLayout& column() const { return *m_column; }
    void addPlot(SmallPlot& plot);
    void addChart(HistogramChart& chart, std::function<std::string()> csv);

private:
    void begin(const engine::Frame& frame);

    const NetworkTheory& m_theory;
    Together m_together;
    QVBoxLayout* m_column;
    QHBoxLayout* m_choices;
    QComboBox* m_populations;
    QLabel* m_words;
    std::function<PictureTag()> m_tag = [] { return PictureTag {}; };
    std::shared_ptr<const engine::config::Experiment> m_experiment;
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics;
    WhenSeen m_seen;
};

} // namespace ui
