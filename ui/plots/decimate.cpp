#include "ui/plots/decimate.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

Step bucketSteps(Step visibleSteps, Step interval, int pixelColumns)
{
    const Step columns = std::max(1, pixelColumns);
    // Up to four samples a column the plot itself draws at no cost worth saving.
    const Step sampling = std::max<Step>(1, interval);
    Step bucket = sampling;
    while (visibleSteps / bucket > 4 * columns) {
        bucket *= 2;
    }
    return bucket == sampling ? 1 : bucket;
}

void MinMaxStream::add(Step stamp, double t, double value, std::vector<PlotPoint>& out)
{
    const PlotPoint point {t, value};
    // A bucket is (n bucket, (n + 1) bucket]: the sample stamped k belongs to the step that ends
    // there.
    const Step index = (stamp - 1) / m_bucket;
    if (m_bucket == 1 || std::isnan(value)) {
        pending(out);
        m_current.reset();
        out.push_back(point);
        return;
    }
    if (m_current != index) {
        pending(out);
        m_current = index;
        m_min = m_max = point;
        return;
    }
    if (value < m_min.value) {
        m_min = point;
    }
    if (value > m_max.value) {
        m_max = point;
    }
}

void MinMaxStream::pending(std::vector<PlotPoint>& out) const
{
    if (!m_current) {
        return;
    }
    if (m_min == m_max) {
        out.push_back(m_min);
        return;
    }
    out.push_back(m_min.t < m_max.t ? m_min : m_max);
    out.push_back(m_min.t < m_max.t ? m_max : m_min);
}

} // namespace ui
