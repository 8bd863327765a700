// A gallery in the real window: bench_gallery [GALLERY] [SECONDS] [PICTURE]
//   GALLERY  id of presets/galleries.json; izh2004 where missing
//   SECONDS  of wall time that are measured; 10
//   PICTURE  file that shows what was measured
// Prints how often the tiles are painted and what that costs the window's thread.

#include "engine/config/preset_library.hpp"
#include "tests/bench/window/measuring.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "ui/gallery/gallery_window.hpp"
#include "ui/gallery/tile_grid.hpp"
#include "ui/gallery/tile_widget.hpp"

#include <QApplication>

namespace {

/// Counts how often each tile is painted.
class Paints : public QObject {
public:
    explicit Paints(const std::vector<ui::TileWidget*>& tiles)
        : m_tiles(static_cast<double>(tiles.size()))
    {
        for (ui::TileWidget* tile : tiles) {
            tile->installEventFilter(this);
        }
    }
    double each() const { return static_cast<double>(m_count) / m_tiles; }
    void reset() { m_count = 0; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        Q_UNUSED(watched)
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    double m_tiles;
    int m_count = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const IsolatedSettings settings;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication application(argc, argv);
    const QString id = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("izh2004");
    const double measured_s = argc > 2 ? std::stod(argv[2]) : 10.0;

    const engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
    ui::GalleryWindow window(library, nullptr);
    window.resize(1600, 1000);
    window.open(id);
    window.show();
    while (!window.frame() || window.grid().tiles().empty()) {
        processFor(0.05);
    }
    processFor(2.0);

    Paints paints(window.grid().tiles());
    std::vector<double> cpu_ms;
    std::vector<double> counts;
    const double began = seconds(CLOCK_MONOTONIC);
    const double began_cpu = threadCpu_s();
    double cpu = began_cpu;
    while (seconds(CLOCK_MONOTONIC) - began < measured_s) {
        paints.reset();
        processFor(1.0);
        counts.push_back(paints.each());
        cpu_ms.push_back(1e3 * (threadCpu_s() - cpu) / std::max(1.0, counts.back()));
        cpu = threadCpu_s();
    }
    const double wall_s = seconds(CLOCK_MONOTONIC) - began;
    std::printf("%s, %zu tiles, %d x %d\n", qPrintable(id), window.grid().tiles().size(),
        window.width(), window.height());
    say("a tile is painted, times a second", counts, "");
    say("window thread, CPU for all tiles", cpu_ms, "ms");
    std::printf("%-34s %.1f %% of a core\n", "window thread", 100.0 * (cpu - began_cpu) / wall_s);
    if (argc > 3) {
        window.grab().save(QString::fromLocal8Bit(argv[3]));
    }
    return 0;
}
