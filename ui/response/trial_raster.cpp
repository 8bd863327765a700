#include "ui/response/trial_raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ui {

TrialRaster::TrialRaster(QCPAxis* keyAxis, QCPAxis* valueAxis)
    : QCPAbstractPlottable(keyAxis, valueAxis)
{
}

void TrialRaster::setTrials(std::vector<engine::analysis::Trial> trials, double dt_ms)
{
    m_trials = std::move(trials);
    m_dt_ms = dt_ms;
}

double TrialRaster::selectTest(
    const QPointF& /*position*/, bool /*onlySelectable*/, QVariant* /*details*/) const
{
    return -1.0;
}

QCPRange TrialRaster::getKeyRange(bool& found, QCP::SignDomain /*domain*/) const
{
    found = false; // the window of the trials is shown, spikes or not
    return {};
}

QCPRange TrialRaster::getValueRange(
    bool& found, QCP::SignDomain /*domain*/, const QCPRange& /*keyRange*/) const
{
    found = !m_trials.empty();
    return {0.0, static_cast<double>(m_trials.size())};
}

void TrialRaster::draw(QCPPainter* painter)
{
    const QRect area = mKeyAxis->axisRect()->rect();
    const double ratio = painter->device()->devicePixelRatio();
    const QSize size(qRound(area.width() * ratio), qRound(area.height() * ratio));
    if (size.isEmpty() || m_trials.empty()) {
        return;
    }
    const auto columns = static_cast<std::size_t>(size.width());
    std::vector<std::vector<std::uint32_t>> rows; // counts by column
    std::uint32_t most = 1;
    const QCPRange keys = mKeyAxis->range();
    for (const engine::analysis::Trial& trial : m_trials) {
        auto& counts = rows.emplace_back(columns, 0U);
        for (const engine::analysis::SpikesAt& spikes : trial.spikes) {
            const double t = m_dt_ms * static_cast<double>(spikes.offset);
            const double x = (t - keys.lower) / keys.size() * size.width();
            if (x >= 0.0 && x < size.width()) {
                most = std::max(most, counts[static_cast<std::size_t>(x)] += spikes.count);
            }
        }
    }
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const auto yOf = [&](double row) {
        const double y = (mValueAxis->coordToPixel(row) - area.top()) * ratio;
        return std::clamp(qRound(y), 0, size.height());
    };
    constexpr int leastAlpha = 90; // a single spike is seen
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const int top = yOf(static_cast<double>(n + 1));
        const int bottom = std::max(top + 1, yOf(static_cast<double>(n)));
        const int gap = bottom - top > 3 ? 1 : 0; // between rows that are high enough
        for (std::size_t x = 0; x < columns; ++x) {
            if (rows[n][x] == 0) {
                continue;
            }
            QColor color = m_color;
            const double share = most > 1
                ? static_cast<double>(rows[n][x] - 1) / static_cast<double>(most - 1)
                : 1.0;
            color.setAlpha(leastAlpha + qRound((255 - leastAlpha) * std::sqrt(share)));
            const QRgb pixel = qPremultiply(color.rgba());
            for (int y = top + gap; y < std::min(bottom, size.height()); ++y) {
                reinterpret_cast<QRgb*>(image.scanLine(y))[x] = pixel;
            }
        }
    }
    painter->drawImage(QRectF(area), image);
}

void TrialRaster::drawLegendIcon(QCPPainter* /*painter*/, const QRectF& /*rect*/) const { }

} // namespace ui
