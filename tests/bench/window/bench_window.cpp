// The real window under load: bench_window [PRESET] [SECONDS] [SPEED]
//   PRESET  id or file; brunel-ai where missing
//   SECONDS of wall time that are measured; 10
//   SPEED   model time / wall time, or max
// Opens every dock at 1600 x 1000 and prints what a frame costs the window's thread, how many are
// painted, how fast the engine is meanwhile, and how soon the engine takes what a slider posts.
// A display makes it real: Xvfb :7 -screen 0 1600x1000x24 & DISPLAY=:7 bench_window

#include "engine/config/preset_library.hpp"
#include "tests/bench/window/measuring.hpp"
#include "tests/bench/window/whole_window.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/grid/neuron_grid_panel.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/time_plot.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"

#include <QApplication>
#include <QKeyEvent>

#include <cstdio>
#include <string>
#include <vector>

namespace {

/// What happens to the window while it runs.
class Meter : public QObject {
public:
    explicit Meter(ui::MainWindow& window)
        : m_bridge(window.bridge())
    {
        connect(&m_bridge, &ui::EngineBridge::frameReady, this, &Meter::frame);
        for (ui::TimePlot* panel : window.plots().panels()) {
            panel->installEventFilter(this);
            connect(panel, &QCustomPlot::afterReplot, this,
                [this, panel] { replot_ms.push_back(panel->replotTime()); });
        }
        m_first = window.plots().panels().front();
    }

    void begin()
    {
        frames_ms.clear();
        wall_ms.clear();
        replot_ms.clear();
        response_ms.clear();
        pace.clear();
        capacity.clear();
        painted = 0;
        m_cpu = threadCpu_s();
        m_wall = seconds(CLOCK_MONOTONIC);
        began_cpu = m_cpu;
        began_all_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
        began_model_ms = m_bridge.status().t_ms;
        began = m_wall;
    }

    std::vector<double> frames_ms; ///< CPU of the window's thread from frame to frame
    std::vector<double> wall_ms;
    std::vector<double> replot_ms;
    std::vector<double> response_ms;
    std::vector<double> pace;
    std::vector<double> capacity;
    int painted = 0;
    double began = 0.0;
    double began_cpu = 0.0;
    double began_all_cpu = 0.0;
    double began_model_ms = 0.0;
    double modelMs() const { return m_bridge.status().t_ms - began_model_ms; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        painted += watched == m_first && event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    void frame(const engine::Frame& frame)
    {
        const double cpu = threadCpu_s();
        const double wall = seconds(CLOCK_MONOTONIC);
        frames_ms.push_back(1e3 * (cpu - m_cpu));
        wall_ms.push_back(1e3 * (wall - m_wall));
        m_cpu = cpu;
        m_wall = wall;
        pace.push_back(frame.status.pace);
        capacity.push_back(frame.status.capacity);
        if (frame.status.response_ms && frame.status.response_ms != m_response) {
            response_ms.push_back(*frame.status.response_ms);
        }
        m_response = frame.status.response_ms;
    }

    ui::EngineBridge& m_bridge;
    QObject* m_first = nullptr;
    double m_cpu = 0.0;
    double m_wall = 0.0;
    std::optional<double> m_response;
};

/// A slider of the preset that acts at once.
ui::ParameterRow* someSlider(const ui::ParameterPanel& parameters)
{
    for (const char* path : {"g", "variables/g"}) {
        if (ui::ParameterRow* row = parameters.row(path)) {
            return row;
        }
    }
    for (ui::ParameterRow* row : parameters.rows()) {
        if (row->slider() != nullptr && row->adjustable().live) {
            return row;
        }
    }
    return nullptr;
}

/// Lets the window run while a key moves the slider again and again, and says what was measured.
void measure(
    const char* title, Meter& meter, ui::ParameterRow* row, double apart_s, double measured_s)
{
    std::vector<double> posting_ms;
    meter.begin();
    for (int i = 0; seconds(CLOCK_MONOTONIC) - meter.began < measured_s; ++i) {
        processFor(apart_s);
        if (row == nullptr) {
            continue;
        }
        const int key = i % 8 < 4 ? Qt::Key_Right : Qt::Key_Left;
        QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
        const double before = seconds(CLOCK_MONOTONIC);
        QApplication::sendEvent(row->slider(), &press);
        posting_ms.push_back(1e3 * (seconds(CLOCK_MONOTONIC) - before));
    }
    const double wall_s = seconds(CLOCK_MONOTONIC) - meter.began;
    const double cpu_s = threadCpu_s() - meter.began_cpu;
    std::printf("\n%s\n", title);
    std::printf("%-34s %.1f painted, %.1f delivered a second\n", "frames", meter.painted / wall_s,
        static_cast<double>(meter.frames_ms.size()) / wall_s);
    say("window thread, CPU a frame", meter.frames_ms, "ms");
    say("frame to frame, wall", meter.wall_ms, "ms");
    say("replots, wall", meter.replot_ms, "ms");
    std::printf("%-34s %.1f %% of a core\n", "window thread", 100.0 * cpu_s / wall_s);
    say("engine, times real time", meter.pace, "");
    // What a busy machine does not change; sweeps that repeat begin at 0 again.
    if (meter.modelMs() > 0.0) {
        const double all_s = seconds(CLOCK_PROCESS_CPUTIME_ID) - meter.began_all_cpu;
        std::printf("%-34s %.3f s of CPU for a second of model time\n", "all other threads",
            1e3 * (all_s - cpu_s) / meter.modelMs());
    }
    say("engine, while it works", meter.capacity, "");
    say("slider: key to command", posting_ms, "ms");
    say("slider: command to first sample", meter.response_ms, "ms");
}

} // namespace

int main(int argc, char** argv)
{
    const IsolatedSettings settings;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication application(argc, argv);
    const QString preset = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("brunel-ai");
    const double measured_s = argc > 2 ? std::stod(argv[2]) : 10.0;
    const std::string speed = argc > 3 ? argv[3] : "max";

    engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
    ui::MainWindow window(library);
    if (!runIn(window, preset, speed)) {
        return 1;
    }
    openEverything(window);
    for (ui::TimePlot* panel : window.plots().panels()) {
        if (auto* raster = qobject_cast<ui::RasterPanel*>(panel)) {
            raster->setShowsAll(true);
        }
    }
    processFor(2.0);

    const engine::Status& status = window.bridge().status();
    std::printf("%s, %lld neurons, %d engine thread(s), %d x %d\n", qPrintable(preset),
        static_cast<long long>(status.neurons), status.threads, window.width(), window.height());
    Meter meter(window);
    ui::ParameterRow* row = someSlider(window.parameters());
    constexpr double oftenS = 0.016;
    constexpr double seldomS = 0.2;
    measure("a slider moves five times a second", meter, row, seldomS, measured_s);
    if (row != nullptr) {
        measure("a slider moves every frame", meter, row, oftenS, measured_s);
    }
    if (window.neuronGrid().isVisible()) {
        auto* dock = qobject_cast<QDockWidget*>(window.neuronGrid().parentWidget());
        measure("nobody moves anything", meter, nullptr, seldomS, measured_s);
        dock->hide();
        processFor(1.0);
        measure("the same without the grid of neurons", meter, nullptr, seldomS, measured_s);
        dock->show();
        processFor(1.0);
    }
    if (argc > 4) {
        window.grab().save(QString::fromLocal8Bit(argv[4]));
    }
    return 0;
}
