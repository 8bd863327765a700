#include "ui/gallery/gallery_settings.hpp"

#include <QSettings>

#include <cmath>

namespace ui {
namespace {

using engine::config::CurrentStep;
using engine::config::Gallery;
using engine::config::SetResult;

/// A number that was saved; `fallback` where the file holds none within the limits.
double savedNumber(const QSettings& store, const char* key, double fallback, double least)
{
    bool sound = false;
    const double number = store.value(QLatin1String(key), fallback).toDouble(&sound);
    return sound && std::isfinite(number) && number >= least ? number : fallback;
}

QString groupOf(const Gallery& gallery)
{
    return QStringLiteral("gallery/") + QString::fromStdString(gallery.id);
}

} // namespace

GallerySettings GallerySettings::of(const Gallery& gallery)
{
    GallerySettings settings;
    settings.step = gallery.step;
    settings.sameStimulus = gallery.shared;
    settings.columns = gallery.columns;
    return settings;
}

GallerySettings GallerySettings::remembered(const Gallery& gallery)
{
    GallerySettings out = of(gallery);
    QSettings store;
    store.beginGroup(groupOf(gallery));
    out.sweep_s = savedNumber(store, "sweep_s", out.sweep_s, 0.1);
    out.currents = savedNumber(store, "currents", out.currents, 0.0);
    out.sameStimulus = store.value(QStringLiteral("same_stimulus"), out.sameStimulus).toBool();
    CurrentStep& step = out.step;
    step.amplitude = savedNumber(store, "amplitude", step.amplitude, -1e9);
    step.onset_ms = savedNumber(store, "onset_ms", step.onset_ms, 0.0);
    step.width_ms = savedNumber(store, "width_ms", step.width_ms, 1.0);
    step.duration_ms = savedNumber(store, "duration_ms", step.duration_ms, 1.0);
    out.commonAxis = store.value(QStringLiteral("common_axis"), out.commonAxis).toBool();
    out.columns = static_cast<int>(savedNumber(store, "columns", out.columns, 0.0));
    return out;
}

void GallerySettings::remember(const Gallery& gallery) const
{
    QSettings store;
    store.beginGroup(groupOf(gallery));
    store.setValue(QStringLiteral("sweep_s"), sweep_s);
    store.setValue(QStringLiteral("currents"), currents);
    store.setValue(QStringLiteral("same_stimulus"), sameStimulus);
    store.setValue(QStringLiteral("amplitude"), step.amplitude);
    store.setValue(QStringLiteral("onset_ms"), step.onset_ms);
    store.setValue(QStringLiteral("width_ms"), step.width_ms);
    store.setValue(QStringLiteral("duration_ms"), step.duration_ms);
    store.setValue(QStringLiteral("common_axis"), commonAxis);
    store.setValue(QStringLiteral("columns"), columns);
}

std::vector<engine::config::PresetDocument> withSettings(
    const std::vector<engine::config::PresetDocument>& presets, const GallerySettings& settings,
    engine::core::Diagnostics& problems)
{
    std::vector<engine::config::PresetDocument> out;
    for (const engine::config::PresetDocument& preset : presets) {
        const SetResult result = settings.sameStimulus
            ? engine::config::with_current_step(preset, settings.step)
            : engine::config::with_scaled_currents(preset, settings.currents);
        if (!result.document) {
            for (engine::core::Diagnostic problem : result.diagnostics) {
                problem.file = preset.info().id;
                problems.push_back(std::move(problem));
            }
        }
        engine::config::PresetDocument document = result.document.value_or(preset);
        if (settings.changesRuns()) {
            engine::config::PresetInfo info = document.info();
            info.expect.clear(); // of the preset's own stimulus
            document = document.with_info(info);
        }
        out.push_back(std::move(document));
    }
    return out;
}

} // namespace ui
