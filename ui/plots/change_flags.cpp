#include "ui/plots/change_flags.hpp"

#include "engine/config/whole_values.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <variant>

namespace ui {
namespace {

QString shortText(const engine::core::Value& value)
{
    if (const auto* number = std::get_if<double>(&value)) {
        return QString::number(*number, 'g', 4);
    }
    QString text = QString::fromStdString(engine::core::value_text(value));
    constexpr int longest = 24;
    return text.size() <= longest ? text : text.left(longest - 1) + QChar(0x2026);
}

/// Of whole stimuli, projections or events, which are long, only that they have changed.
ChangeFlag flag(double t, std::string_view path, const engine::core::Value& before,
    const engine::core::Value& after)
{
    constexpr std::string_view projections = "projections/";
    if (engine::config::names_whole_value(path)
        && path.substr(0, projections.size()) == projections) {
        return {t,
            QCoreApplication::translate("ui::ChangeFlag", "projection %1 changed")
                .arg(shortName(path)),
            {}, {}};
    }
    if (engine::config::names_whole_value(path)) {
        return {t,
            path == engine::config::events_path
                ? QCoreApplication::translate("ui::ChangeFlag", "events changed")
                : QCoreApplication::translate("ui::ChangeFlag", "stimuli changed"),
            {}, {}};
    }
    return {t, shortName(path), shortText(before), shortText(after)};
}

} // namespace

QString ChangeFlag::text() const
{
    return before.isEmpty() && after.isEmpty()
        ? name
        : QStringLiteral("%1 %2 → %3").arg(name, before, after);
}

QString shortName(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return QString::fromUtf8(last.data(), static_cast<qsizetype>(last.size()));
}

QString changeText(
    std::string_view path, const engine::core::Value& before, const engine::core::Value& after)
{
    return flag(0.0, path, before, after).text();
}

std::vector<ChangeFlag> flagsOf(
    const std::vector<engine::AppliedChange>& changes, const engine::core::TimeGrid& grid)
{
    const auto state = [](const engine::AppliedChange& change) {
        return engine::config::PresetDocument::names_state(change.path);
    };
    std::vector<ChangeFlag> flags;
    for (auto change = changes.begin(); change != changes.end();) {
        auto end = std::next(change);
        while (state(*change) && end != changes.end() && state(*end) && end->step == change->step) {
            ++end;
        }
        const auto count = std::distance(change, end);
        const double t = grid.time_ms(change->step);
        if (count > 1) {
            flags.push_back({t,
                QCoreApplication::translate("ui::ChangeFlag", "%1 of %2 neurons")
                    .arg(shortName(change->path))
                    .arg(count),
                {}, {}});
        } else {
            flags.push_back(flag(t, change->path, change->before, change->after));
        }
        change = end;
    }
    return flags;
}

std::vector<ChangeFlag> mergedFlags(
    const std::vector<ChangeFlag>& flags, const std::function<double(double)>& pixel, double gap)
{
    std::vector<ChangeFlag> merged;
    std::vector<double> ends; // time of the last flag in each merged one
    for (const ChangeFlag& flag : flags) {
        const auto same = std::find_if(merged.rbegin(), merged.rend(),
            [&](const ChangeFlag& earlier) { return earlier.name == flag.name; });
        const auto index = static_cast<std::size_t>(std::distance(same, merged.rend())) - 1;
        if (same != merged.rend() && std::abs(pixel(flag.t) - pixel(ends[index])) < gap) {
            same->after = flag.after;
            ends[index] = flag.t;
        } else {
            merged.push_back(flag);
            ends.push_back(flag.t);
        }
    }
    return merged;
}

} // namespace ui
