#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/preset_library.hpp"
#include "ui/engine_bridge.hpp"

#include <QTest>

#include <optional>
#include <string>

/// A shipped preset; fails the test where it cannot be read.
inline engine::config::PresetDocument shippedPreset(const std::string& id)
{
    const engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
    auto result = library.open(id);
    if (!result.document) {
        qFatal("%s", engine::core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

/// The preset with other values.
inline engine::config::PresetDocument with(const engine::config::PresetDocument& document,
    const std::string& path, const engine::core::Value& value)
{
    auto result = document.set(path, value);
    if (!result.document) {
        qFatal("%s", engine::core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

/// Asks the engine to run the preset and waits until it does.
inline bool runPreset(ui::EngineBridge& bridge, const engine::config::PresetDocument& document)
{
    bool arrived = false;
    const auto connection = QObject::connect(
        &bridge, &ui::EngineBridge::sessionChanged, [&](const engine::Frame& frame) {
            arrived = arrived || frame.document.info().id == document.info().id;
        });
    bridge.start();
    bridge.post(engine::Open {document, true});
    const bool inTime = QTest::qWaitFor([&] { return arrived; }, 20000);
    QObject::disconnect(connection);
    return inTime;
}
