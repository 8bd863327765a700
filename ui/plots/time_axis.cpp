#include "ui/plots/time_axis.hpp"

#include <algorithm>

namespace ui {
namespace {

constexpr double widestMs = 3.6e6; // an hour: more is no longer a picture of spikes

} // namespace

TimeAxis::TimeAxis(QObject* parent)
    : QObject(parent)
{
}

void TimeAxis::begin(double windowMs, std::optional<double> sweepMs, double dtMs)
{
    m_windowMs = windowMs;
    m_sweepMs = sweepMs;
    m_dtMs = dtMs;
    m_now = 0.0;
    goLive();
}

void TimeAxis::setSweep(std::optional<double> sweepMs)
{
    m_sweepMs = sweepMs;
    advance(m_now);
}

double TimeAxis::liveUpper() const { return m_sweepMs ? *m_sweepMs : std::max(m_windowMs, m_now); }

double TimeAxis::liveLower() const { return m_sweepMs ? 0.0 : liveUpper() - m_windowMs; }

void TimeAxis::advance(double t)
{
    m_now = t;
    if (m_live) {
        setRange(liveLower(), liveUpper());
    }
}

void TimeAxis::goLive()
{
    setLive(true);
    setRange(liveLower(), liveUpper());
}

void TimeAxis::show(double lower, double upper)
{
    setLive(false);
    setRange(lower, upper);
}

void TimeAxis::zoom(double factor, double center)
{
    const double wanted = std::clamp(width() * factor, 5.0 * m_dtMs, widestMs);
    if (m_live && !m_sweepMs) {
        m_windowMs = wanted;
        setRange(liveLower(), liveUpper());
        return;
    }
    const double share = width() > 0.0 ? (center - m_lower) / width() : 0.5;
    show(center - share * wanted, center + (1.0 - share) * wanted);
}

void TimeAxis::setLive(bool live)
{
    if (m_live != live) {
        m_live = live;
        Q_EMIT liveChanged(live);
    }
}

void TimeAxis::setRange(double lower, double upper)
{
    // Nothing lies before the beginning: the view may not leave the run there.
    if (lower < 0.0) {
        upper -= lower;
        lower = 0.0;
    }
    if (lower != m_lower || upper != m_upper) {
        m_lower = lower;
        m_upper = upper;
        Q_EMIT changed();
    }
}

} // namespace ui
