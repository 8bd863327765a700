#include "ui/connectivity/connection_pictures.hpp"

#include "engine/analysis/beside.hpp"
#include "engine/analysis/connections.hpp"

#include <algorithm>
#include <exception>

namespace ui {

namespace {

using engine::analysis::ConnectionPicture;

constexpr int delayMs = 60; // while the wheel turns
constexpr std::size_t mostCells = 256; // of the whole network
constexpr std::size_t coarse = 2; // a picture may be drawn so much larger

} // namespace

ConnectionPictures::ConnectionPictures(QObject* parent)
    : QObject(parent)
    , m_making(
          [this](const std::shared_ptr<const Made>& made) {
              m_wanted.reset();
              if (made) {
                  m_experiment = made->experiment;
                  m_view = made->view;
                  m_whole = made->whole;
                  m_part = made->part;
                  m_passes += made->passes;
              }
              Q_EMIT changed();
          },
          delayMs)
{
}

void ConnectionPictures::forget()
{
    m_making.forget();
    m_wanted.reset();
    m_experiment.reset();
    m_whole.reset();
    m_part.reset();
    m_view = {};
}

void ConnectionPictures::look(const Experiment& experiment, const View& view)
{
    const auto same = [&](const Experiment& other) {
        return other
            && (other == experiment || engine::analysis::same_connections(*other, *experiment));
    };
    if (m_wanted && m_wantedView == view && same(m_wanted)) {
        return;
    }
    const bool holds = m_whole && same(m_experiment);
    const auto starts = engine::analysis::population_starts(*experiment);
    const bool all = view.first_target == 0 && view.first_source == 0
        && view.end_target >= starts.back() && view.end_source >= starts.back()
        && std::max(view.rows, view.columns) <= coarse * mostCells;
    if (holds && (all || (view == m_view && m_part))) {
        m_making.forget();
        m_wanted.reset();
        m_experiment = experiment;
        if (all) {
            m_part.reset();
            m_view = view;
        }
        Q_EMIT changed();
        return;
    }
    m_wanted = experiment;
    m_wantedView = view;
    m_making.ask([experiment, view, starts, all, whole = holds ? m_whole : nullptr](
                     const std::stop_token& stop) -> std::shared_ptr<const Made> {
        auto made = std::make_shared<Made>();
        made->experiment = experiment;
        made->view = view;
        made->whole = whole;
        engine::core::Progress progress;
        const std::stop_callback cancel(stop, [&progress] { progress.cancel(); });
        const auto draw = [&](std::uint32_t first_target, std::uint32_t end_target,
                              std::size_t rows, std::uint32_t first_source,
                              std::uint32_t end_source, std::size_t columns) {
            using engine::analysis::neuron_cells;
            ++made->passes;
            return std::make_shared<const ConnectionPicture>(engine::analysis::connection_picture(
                *experiment, neuron_cells(starts, first_target, end_target, rows),
                neuron_cells(starts, first_source, end_source, columns), &progress));
        };
        try {
            engine::analysis::beside_the_run([&] {
                if (!made->whole) {
                    made->whole = draw(0, starts.back(), mostCells, 0, starts.back(), mostCells);
                }
                if (!all) {
                    made->part = draw(view.first_target, view.end_target, view.rows,
                        view.first_source, view.end_source, view.columns);
                }
            });
        } catch (const std::exception&) { // cancelled, or no memory for it
            return nullptr;
        }
        return made;
    });
}

} // namespace ui
