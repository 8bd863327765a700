#pragma once

#include "engine/analysis/spectrum.hpp"
#include "ui/plots/small_plot.hpp"

#include <optional>

namespace ui {

/// Power spectral density of a population rate over frequency, with the floor that as many Poisson
/// trains would have, the frequency that theory gives, the highest peak, and an earlier spectrum
/// behind it to compare with.
class SpectrumPlot : public SmallPlot {
    Q_OBJECT

public:
    enum class Scale { logLog, logPower, linear };

    /// What is marked beside the density.
    struct Marks {
        std::optional<double> floor; ///< [Hz^2 / Hz]
        std::optional<double> theory_Hz;
        bool theoryGrows = false; ///< else the mode dies away: a thinner line
        std::optional<double> peak_Hz;
    };

    explicit SpectrumPlot(QWidget* parent = nullptr);

    void setSpectrum(const engine::analysis::Spectrum& spectrum, const Marks& marks);
    const engine::analysis::Spectrum& spectrum() const { return m_spectrum; }
    const Marks& marks() const { return m_marks; }
    void setScale(Scale scale);
    Scale scale() const { return m_scale; }
    /// What is shown stays in grey behind what follows; or nothing does.
    void keep(bool kept);
    QCPGraph* graph() const { return m_density; }
    QCPGraph* keptGraph() const { return m_kept; }
    QCPGraph* theoryGraph() const { return m_theory; }
    QCPGraph* floorGraph() const { return m_floor; }
    void applyTheme(const PlotColors& colors) override;
    /// frequency_Hz,density_Hz2_per_Hz
    std::string csv() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrangeLegend();
    void fill();
    void setRanges();

    engine::analysis::Spectrum m_spectrum;
    Marks m_marks;
    Scale m_scale = Scale::logLog;
    double m_highest = 0.0; ///< density that the axis shows: shrinks slowly
    double m_lowest = 0.0;
    QCPGraph* m_kept;
    QCPGraph* m_floor;
    QCPGraph* m_theory;
    QCPGraph* m_density;
    QCPGraph* m_peak;
};

} // namespace ui
