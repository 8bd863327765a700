#include "ui/panels/quantity_texts.hpp"

#include <QCoreApplication>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::quantityName", source); }

constexpr double seconds_from_ms = 1000.0;

QString inUnitOf(double t_ms, double longest_ms)
{
    return longest_ms < seconds_from_ms ? QString::number(t_ms, 'f', 0)
                                        : QString::number(t_ms / seconds_from_ms, 'f', 1);
}

QString unitOf(double longest_ms)
{
    return longest_ms < seconds_from_ms ? QStringLiteral("ms") : QStringLiteral("s");
}

} // namespace

QString quantityName(engine::config::Quantity quantity)
{
    using engine::config::Quantity;
    switch (quantity) {
    case Quantity::rate:
        return text("Rate");
    case Quantity::spike_count:
        return text("Spikes");
    case Quantity::first_spike:
        return text("First spike");
    case Quantity::first_isi:
        return text("First interval");
    case Quantity::last_isi:
        return text("Last interval");
    case Quantity::isi_ratio:
        return text("Last interval / first");
    case Quantity::cv_isi:
        return text("CV of intervals");
    case Quantity::cv2:
        return text("CV2");
    case Quantity::lv:
        return text("LV");
    case Quantity::fano:
        return text("Fano factor");
    case Quantity::burst_count:
        return text("Bursts");
    case Quantity::spikes_per_burst:
        return text("Spikes per burst");
    case Quantity::v_max:
        return text("Highest V_m");
    case Quantity::v_min:
        return text("Lowest V_m");
    case Quantity::oscillation_period:
        return text("Period of the ringing");
    case Quantity::oscillation_decay:
        return text("Decay of the ringing");
    case Quantity::population_fluctuation:
        return text("Population fluctuation");
    case Quantity::correlation:
        return text("Pairwise correlation");
    case Quantity::synchrony:
        return text("Synchrony chi");
    case Quantity::peak_frequency:
        return text("Spectral peak");
    case Quantity::peak_over_floor:
        return text("Peak / Poisson floor");
    case Quantity::regime:
        return text("Regime");
    case Quantity::pattern:
        return text("Firing pattern");
    }
    return {};
}

QString typeset(std::string_view plain)
{
    QString out = QString::fromUtf8(plain.data(), static_cast<qsizetype>(plain.size()));
    out.replace(QStringLiteral(">="), QChar(0x2265));
    out.replace(QStringLiteral("<="), QChar(0x2264));
    return out;
}

QString spanText(double from_ms, double to_ms)
{
    return text("%1 to %2 %3").arg(inUnitOf(from_ms, to_ms), inUnitOf(to_ms, to_ms), unitOf(to_ms));
}

QString progressText(double seen_ms, double needed_ms)
{
    return text("%1 of %2 %3")
        .arg(inUnitOf(seen_ms, needed_ms), inUnitOf(needed_ms, needed_ms), unitOf(needed_ms));
}

} // namespace ui
