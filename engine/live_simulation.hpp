#pragma once

#include "engine/command.hpp"
#include "engine/frame.hpp"

#include <memory>
#include <optional>

namespace engine {

struct LiveOptions {
    int threads = 0;
    std::size_t history_bytes = std::size_t {1} << 30;
    std::size_t checkpoint_bytes = std::size_t {256} << 20; ///< of states to go back to
    bool beside = false; ///< another live run is watched first: this one's threads go behind it
    double display_ms = 5000.0; ///< take_frame() hands out at most this much model time before `to`
};

/// A simulation in its own thread, as a window needs it. post() and take_frame() never block and
/// may be called from one thread that is not the engine's; the engine never waits for them.
class LiveSimulation {
public:
    explicit LiveSimulation(LiveOptions options = {});
    ~LiveSimulation(); ///< stops
    LiveSimulation(const LiveSimulation&) = delete;
    LiveSimulation& operator=(const LiveSimulation&) = delete;

    void start();
    /// Executed in order, each at the beginning of the next step.
    void post(Command command);
    /// What is new; nothing where nothing has happened.
    std::optional<Frame> take_frame();
    /// How much model time frames are to cover (the time window of the plots) [ms].
    void set_display_ms(double display_ms);

    /// The last complete sweep where there is one and the preset repeats, else the present one.
    std::optional<Recording> recording() const;
    /// The present sweep.
    std::optional<Recording> present() const;

    /// Ends the thread; what was recorded stays readable.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace engine
