#pragma once

#include "tests/ui/running_preset.hpp"
#include "ui/network_theory.hpp"
#include "ui/regime/regime_panel.hpp"
#include "ui/regime/regime_plot.hpp"

#include <QComboBox>
#include <QUndoStack>

#include <cmath>

inline constexpr int mapPoints = 33;
inline constexpr int patience
    = 240000; // maps and sweeps give way to everything else on the machine

/// Brunel's network of few neurons and inputs: the theory's shape, runs in no time.
inline engine::config::PresetDocument tinyBrunel()
{
    engine::config::PresetDocument document = shippedPreset("brunel-ai-small");
    for (const auto& [path, value] : {std::pair("N_E", 400.0), {"C_E", 40.0}, {"J", 0.5}}) {
        document = with(document, path, value);
    }
    return document;
}

/// The panel of a running preset.
struct RegimeSession {
    explicit RegimeSession(const engine::config::PresetDocument& document, int points = mapPoints)
        : theory(bridge)
        , panel(bridge, undo, theory)
    {
        panel.resize(520, 560);
        panel.show();
        panel.setReference(document);
        panel.setMapPoints(points);
        running = QTest::qWaitForWindowExposed(&panel) && runPreset(bridge, document);
    }
    /// At least a first picture of it.
    bool hasDiagram(bool complete = false)
    {
        const bool there = QTest::qWaitFor(
            [&] { return panel.diagram() && (panel.diagram()->complete || !complete); }, patience);
        panel.plot().replot(); // pixels of the axes are those of what is shown
        return there;
    }
    double number(const std::string& path) const
    {
        return std::get<double>(*bridge.document()->value(path));
    }
    bool isAt(double g, double eta)
    {
        return QTest::qWaitFor(
            [&] {
                return std::abs(number("g") - g) < 1e-9 && std::abs(number("eta") - eta) < 1e-9;
            },
            patience);
    }
    void choose(QComboBox& box, const QVariant& data)
    {
        box.setCurrentIndex(box.findData(data));
        Q_EMIT box.activated(box.currentIndex());
    }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::NetworkTheory theory;
    ui::RegimePanel panel;
    bool running = false;
};
