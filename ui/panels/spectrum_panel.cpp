#include "ui/panels/spectrum_panel.hpp"

#include "ui/panels/quantity_texts.hpp"
#include "ui/panels/statistics_texts.hpp"
#include "ui/plots/spectrum_plot.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr const char* scaleKey = "spectrum/scale";

} // namespace

SpectrumPanel::SpectrumPanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent)
    : NetworkPanel(bridge, theory, Together::yes, parent)
    , m_scales(new QComboBox(this))
    , m_keep(new QToolButton(this))
    , m_plot(new SpectrumPlot(this))
{
    setAccessibleName(tr("Spectrum"));
    // In the order of SpectrumPlot::Scale.
    m_scales->addItems({tr("log–log"), tr("log power"), tr("linear")});
    m_scales->setAccessibleName(tr("Scale of the axes"));
    m_scales->setToolTip(tr("Logarithmic or linear axes"));
    m_keep->setText(tr("Keep"));
    m_keep->setCheckable(true);
    m_keep->setFocusPolicy(Qt::TabFocus);
    m_keep->setAccessibleName(tr("Keep this spectrum to compare with"));
    m_keep->setToolTip(tr("This spectrum stays in grey behind those that follow"));
    choices().addWidget(m_scales);
    choices().addWidget(m_keep);
    choices().addStretch();
    column().addWidget(m_plot, 1);
    addPlot(*m_plot);
    connect(m_scales, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_plot->setScale(static_cast<SpectrumPlot::Scale>(index));
        QSettings().setValue(scaleKey, index);
    });
    m_scales->setCurrentIndex(QSettings().value(scaleKey, 0).toInt());
    connect(m_keep, &QToolButton::toggled, m_plot, &SpectrumPlot::keep);
}

void SpectrumPanel::beginSession()
{
    m_keep->setChecked(false);
    m_plot->setSpectrum({}, {});
}

QString SpectrumPanel::wordsOf(const engine::analysis::PopulationStatistics& s, double floor) const
{
    QStringList parts;
    if (s.peak_frequency_Hz && s.peak_over_floor) {
        const double height = *s.peak_over_floor;
        constexpr double large = 1e5; // of a line spectrum
        const QString times = height < large ? QString::number(height, 'f', height < 100.0 ? 1 : 0)
                                             : QString::number(height, 'g', 2);
        parts += tr("peak <b>%1 Hz</b>, %2 × floor")
                     .arg(QString::number(*s.peak_frequency_Hz, 'f', 1), times);
    } else {
        parts += tr("no peak");
    }
    parts += modeText(theory().complete());
    parts += tr("floor %1 Hz²/Hz").arg(QString::number(floor, 'g', 3));
    parts += spanText(statistics()->from_ms, statistics()->to_ms);
    parts.removeAll(QString());
    QString words = parts.join(QStringLiteral("; "));
    return words.replace(0, 1, words.at(0).toUpper());
}

void SpectrumPanel::renew()
{
    const auto* s = chosen();
    if (s == nullptr || s->spectrum.density.empty()) {
        m_plot->setSpectrum({}, {});
        setWords(tr("A spectrum needs half a second of the run."));
        return;
    }
    constexpr double sides = 2.0; // one-sided density
    const double floor = sides * s->rate_Hz.value_or(0.0) / static_cast<double>(s->neurons);
    SpectrumPlot::Marks marks;
    if (floor > 0.0) {
        marks.floor = floor;
    }
    marks.peak_Hz = s->peak_frequency_Hz;
    if (const auto* state = theory().complete().active(); state != nullptr) {
        if (const auto& mode = state->stability.mode; mode && mode->f_Hz > 0.0) {
            marks.theory_Hz = mode->f_Hz;
            marks.theoryGrows = mode->growth_per_ms > 0.0;
        }
    }
    m_plot->setSpectrum(s->spectrum, marks);
    m_plot->setToolTip(tr("Poisson floor: 2 × %1 Hz / %2 neurons")
                           .arg(QString::number(s->rate_Hz.value_or(0.0), 'f', 1))
                           .arg(s->neurons));
    setWords(wordsOf(*s, floor));
}

void SpectrumPanel::applyTheme(const PlotColors& colors) { m_plot->applyTheme(colors); }

} // namespace ui
