#include "ui/panels/slider_scents.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/panels/sweep_question.hpp"
#include "ui/plots/plot_looks.hpp"
#include "ui/plots/sweep_curve.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"
#include "ui/widgets/parameter_text.hpp"

#include <QSettings>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>

namespace ui {
namespace {

constexpr const char* enabledKey = "sliders/scents";
constexpr int idleMs = 500;
constexpr int lookMs = 1000; ///< how soon rows that come into view are seen
constexpr int cells = 24;
constexpr double longest_ms = 1000.0;

std::vector<QColor> colorsOf(const std::vector<double>& rates, bool current)
{
    constexpr double mostMedians = 3.0;
    constexpr int pale = 110;
    QCPColorGradient gradient = viridis();
    const double highest = usualMaximum(rates, mostMedians);
    std::vector<QColor> out;
    for (const double rate : rates) {
        if (std::isnan(rate)) {
            out.emplace_back(Qt::transparent);
            continue;
        }
        QColor color(gradient.color(rate, QCPRange(0.0, highest)));
        if (!current) {
            const int grey = qGray(color.rgb());
            color = QColor(grey, grey, grey, pale);
        }
        out.push_back(color);
    }
    return out;
}

/// Lowest and highest rate in words.
QString wordsOf(const std::vector<double>& rates)
{
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0.0;
    for (const double rate : rates) {
        if (!std::isnan(rate)) {
            lowest = std::min(lowest, rate);
            highest = std::max(highest, rate);
        }
    }
    return lowest > highest
        ? SliderScents::tr("No value of the track can be run.")
        : SliderScents::tr("Firing rate along the track: %1 to %2 Hz")
              .arg(QString::number(lowest, 'g', 3), QString::number(highest, 'g', 3));
}

} // namespace

SliderScents::SliderScents(EngineBridge& bridge, ParameterPanel& panel, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_panel(panel)
    , m_enabled(QSettings().value(enabledKey, true).toBool())
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &SliderScents::next);
    connect(&m_sweep, &BackgroundSweep::completed, this, [this] {
        take(mapOf(
            m_sweep.request(), m_sweep.cells(), SweepProtocol::ownStimuli, MapQuantity::rate));
    });
    connect(&m_sweep, &BackgroundSweep::failed, this,
        [this] { take(std::vector<double>(cells, SweepPoint::missing)); });
    connect(&bridge, &EngineBridge::documentChanged, this,
        [this](const engine::config::PresetDocument&) { documentChanged(); });
    connect(&bridge, &EngineBridge::sessionChanged, this, [this](const engine::Frame&) {
        m_scents.clear();
        documentChanged();
    });
}

SliderScents::~SliderScents() = default;

void SliderScents::setEnabled(bool enabled)
{
    m_enabled = enabled;
    QSettings().setValue(enabledKey, enabled);
    m_scents.clear();
    documentChanged();
}

std::vector<double> SliderScents::rates(const std::string& path) const
{
    const auto found = m_scents.find(path);
    return found != m_scents.end() && found->second.current ? found->second.rates_Hz
                                                            : std::vector<double>();
}

void SliderScents::documentChanged()
{
    m_sweep.letGo();
    for (ParameterRow* row : m_panel.rows()) {
        Scent* scent = nullptr;
        if (const auto found = m_scents.find(row->path()); found != m_scents.end()) {
            scent = &found->second;
        }
        if (row->slider() == nullptr) {
            continue;
        }
        // What is being moved itself does not change along its own track.
        if (scent != nullptr && !row->slider()->isDragging()) {
            scent->current = false;
        }
        show(*row);
    }
    isWanted() ? m_idle.start(idleMs) : m_idle.stop();
}

bool SliderScents::isWanted() const
{
    return m_enabled && m_bridge.document() && SweepSubject::isNeuron(*m_bridge.document());
}

bool SliderScents::busy() const { return isWanted() && wanting() != nullptr; }

/// A row in view without a strip of the present values.
ParameterRow* SliderScents::wanting() const
{
    for (ParameterRow* row : m_panel.rows()) {
        const bool number = row->slider() != nullptr
            && std::holds_alternative<double>(row->adjustable().value)
            && row->path().rfind("simulation/", 0) != 0;
        const auto found = m_scents.find(row->path());
        const bool known = found != m_scents.end() && found->second.current;
        if (number && !known && row->slider()->isVisible()
            && !row->slider()->visibleRegion().isEmpty()) {
            return row;
        }
    }
    return nullptr;
}

std::optional<engine::sweep::Request> SliderScents::request(const ParameterRow& row) const
{
    const ValueScale& scale = row.slider()->scale();
    engine::sweep::Axis axis {row.path(), {}};
    for (int i = 0; i < cells; ++i) {
        axis.values.push_back(scale.value((i + 0.5) / cells));
    }
    // Equal texts mean equal strips: what is varied stands at the first value that it can have.
    std::optional<engine::config::PresetDocument> document;
    for (std::size_t i = 0; i < axis.values.size() && !document; ++i) {
        document = m_bridge.document()->set(axis.path, axis.values[i]).document;
    }
    if (!document) {
        return std::nullopt;
    }
    const double duration = document->experiment().simulation.duration_ms.value_or(longest_ms);
    const auto timed = document->set("simulation/duration", std::min(duration, longest_ms));
    return engine::sweep::Request {
        timed.document.value_or(*document), {axis}, {{engine::config::Quantity::rate, 0, {}, {}}}};
}

void SliderScents::next()
{
    m_sweep.letGo();
    for (ParameterRow* row = wanting(); row != nullptr; row = wanting()) {
        Scent& scent = m_scents[row->path()];
        const auto wanted = request(*row);
        if (!wanted) {
            scent = {{}, std::vector<double>(cells, SweepPoint::missing), true};
            show(*row);
            continue;
        }
        std::string key
            = wanted->document.text() + engine::core::value_text(wanted->axes.front().values);
        if (key == scent.key && !scent.rates_Hz.empty()) {
            scent.current = true;
            show(*row);
            continue;
        }
        scent.key = std::move(key);
        scent.rates_Hz.clear();
        m_path = row->path();
        try {
            m_sweep.start(*wanted);
        } catch (const std::exception&) {
            scent.rates_Hz.assign(cells, SweepPoint::missing); // no strip for what cannot be run
            scent.current = true;
            continue;
        }
        return;
    }
    m_idle.start(lookMs);
}

void SliderScents::take(const std::vector<double>& rates_Hz)
{
    Scent& scent = m_scents[m_path];
    scent.rates_Hz = rates_Hz;
    scent.current = true;
    if (ParameterRow* row = m_panel.row(m_path)) {
        show(*row);
    }
    next();
}

void SliderScents::show(ParameterRow& row) const
{
    const auto found = m_scents.find(row.path());
    const bool known = found != m_scents.end() && !found->second.rates_Hz.empty();
    if (!known) {
        row.slider()->setScent({});
        row.slider()->setToolTip(parameterHelp(row.adjustable()));
        return;
    }
    row.slider()->setScent(colorsOf(found->second.rates_Hz, found->second.current));
    row.slider()->setToolTip(parameterHelp(row.adjustable())
        + QStringLiteral("<p>%1</p>").arg(wordsOf(found->second.rates_Hz)));
}

} // namespace ui
