#include "engine/live_simulation.hpp"

#include "engine/runner/board.hpp"
#include "engine/runner/inbox.hpp"
#include "engine/runner/runner.hpp"

#include <thread>
#include <utility>

namespace engine {

struct LiveSimulation::Impl {
    explicit Impl(const LiveOptions& options)
        : runner(options, inbox, board)
        , display_ms(options.display_ms)
    {
    }

    std::optional<Recording> recording(bool last_complete)
    {
        // SAFETY: without a thread nobody else uses the runner; with one it answers itself.
        return thread.joinable() ? inbox.ask(last_complete).get() : runner.recording(last_complete);
    }

    runner::Inbox inbox;
    runner::Board board;
    runner::Runner runner;
    double display_ms; // the window's thread only
    std::jthread thread; // last member: joins before the data above is destroyed
};

LiveSimulation::LiveSimulation(LiveOptions options)
    : impl_(std::make_unique<Impl>(options))
{
}

LiveSimulation::~LiveSimulation() { stop(); }

void LiveSimulation::start()
{
    if (!impl_->thread.joinable()) {
        impl_->thread
            = std::jthread([this](const std::stop_token& token) { impl_->runner.run(token); });
    }
}

void LiveSimulation::post(Command command) { impl_->inbox.post(std::move(command)); }

std::optional<Frame> LiveSimulation::take_frame() { return impl_->board.take(impl_->display_ms); }

void LiveSimulation::set_display_ms(double display_ms) { impl_->display_ms = display_ms; }

std::optional<Recording> LiveSimulation::recording() const { return impl_->recording(true); }

std::optional<Recording> LiveSimulation::present() const { return impl_->recording(false); }

void LiveSimulation::stop()
{
    if (impl_->thread.joinable()) {
        impl_->thread.request_stop();
        impl_->thread.join();
    }
}

} // namespace engine
