#pragma once

#include "ui/engine_bridge.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/rate_panel.hpp"

/// The plots of a network, fed with frames made by hand (tests/ui/frames.hpp).
struct NetworkPlots {
    NetworkPlots()
        : area(bridge)
    {
        area.resize(900, 700);
        area.show();
    }
    ui::RasterPanel& raster() { return *qobject_cast<ui::RasterPanel*>(area.panels().at(0)); }
    ui::RatePanel& rate() { return *qobject_cast<ui::RatePanel*>(area.panels().at(1)); }

    ui::EngineBridge bridge;
    ui::PlotArea area;
};
