#include "ui/plots/trace_panel.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/graph_data.hpp"
#include "ui/plots/visible_csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

// Runs that stand behind the traces.

namespace ui {

using engine::core::Step;
using engine::models::QuantityKind;

void TracePanel::loadGhosts()
{
    QElapsedTimer spent;
    spent.start();
    const double lower = timeAxis().lower();
    const double upper = timeAxis().upper();
    bool more = m_previous.load(lower, upper, pixelColumns(), spent);
    for (const auto& pin : m_pins) {
        more = pin->load(lower, upper, pixelColumns(), spent) || more;
    }
    if (m_other) {
        more = m_other->load(lower, upper, pixelColumns(), spent) || more;
    }
    if (more) {
        QTimer::singleShot(0, this, [this] { loadMore(); });
    }
}

void TracePanel::setPins(const std::vector<PinnedRun>& pins)
{
    m_pins.clear();
    m_pinStyles.clear();
    for (const PinnedRun& pin : pins) {
        m_pins.push_back(std::make_unique<GhostLines>(*this, m_spec));
        m_pins.back()->setRun(pin.run, *run().history);
        m_pinStyles.push_back(pin.style);
    }
    applyGhostColors();
    loadMore();
}

void TracePanel::setOther(const std::optional<ShownRun>& other)
{
    if (!other || !run().history) {
        m_other.reset();
        return;
    }
    if (!m_other || !m_other->shows(other->history.get())) {
        m_other = std::make_unique<GhostLines>(*this, m_spec);
        m_other->setRun(*other, *run().history);
        applyGhostColors();
    }
    m_other->growTo(other->now);
}

void TracePanel::applyGhostColors()
{
    constexpr int faint = 80;
    std::vector<QPen> pens;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        QPen pen = tracePen(m_spec.traces[i], colors());
        QColor color = pen.color();
        color.setAlpha(faint);
        pen.setColor(color);
        pens.push_back(pen);
    }
    QColor marks = colors().red;
    marks.setAlpha(faint);
    m_previous.setPens(pens, marks);
    if (m_other) {
        const QPen pen = pinPen(0, colors());
        m_other->setPens(std::vector<QPen>(m_lines.size(), pen), pen.color());
    }
    for (std::size_t p = 0; p < m_pins.size(); ++p) {
        const QPen pen = pinPen(m_pinStyles[p], colors());
        m_pins[p]->setPens(std::vector<QPen>(m_lines.size(), pen), pen.color());
    }
}

} // namespace ui
