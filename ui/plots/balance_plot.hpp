#pragma once

#include "engine/analysis/recent_input.hpp"
#include "ui/plots/small_plot.hpp"

#include <array>
#include <optional>
#include <vector>

namespace ui {

/// What a population receives, in two plots side by side. Left: mean and fluctuation of the
/// excitatory, inhibitory and external input and of their sum, measured beside theory. Right: the
/// potentials of its neurons, with threshold and reset, the free membrane of theory as a band, and
/// the density that theory gives.
class BalancePlot : public SmallPlot {
    Q_OBJECT

public:
    static constexpr std::size_t parts = 4; ///< excitatory, inhibitory, external, sum
    using Parts = std::array<engine::analysis::ReceivedInput::Part, parts>;

    struct Shown {
        std::optional<Parts> measured;
        std::optional<Parts> theory;
        QString unit; ///< "mV"
        engine::analysis::Membrane membrane;
        std::vector<std::uint64_t> V_m; ///< PotentialHistogram; empty where there is none
        std::vector<std::pair<double, double>> density; ///< of theory: potential [mV], 1/mV
    };

    explicit BalancePlot(QWidget* parent = nullptr);

    void show(const Shown& shown);
    const Shown& shown() const { return m_shown; }
    QCPGraph* potentials() const { return m_potentials; }
    QCPGraph* density() const { return m_density; }
    QCPGraph* threshold() const { return m_threshold; }
    QCPItemRect* band() const { return m_band; }
    QCPBars* bar(std::size_t part) const { return m_bars.at(part); }
    void applyTheme(const PlotColors& colors) override;
    /// part,mean,sd,theory_mean,theory_sd, then V_m_from_mV,V_m_to_mV,count
    std::string csv() const override;

private:
    void showParts();
    void showPotentials();

    Shown m_shown;
    QCPAxis* m_density_axis;
    QCPAxis* m_V_axis;
    std::array<QCPBars*, parts> m_bars {};
    QCPErrorBars* m_barErrors;
    QCPGraph* m_barPoints; ///< what the error bars of all bars stand on
    QCPGraph* m_theory;
    QCPErrorBars* m_theoryErrors;
    QCPGraph* m_potentials;
    QCPGraph* m_density;
    QCPGraph* m_threshold;
    QCPGraph* m_reset;
    QCPItemRect* m_band;
    QCPGraph* m_bandMean;
};

} // namespace ui
