#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/gallery/frame.hpp"
#include "engine/gallery/tile.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace engine::gallery {

/// Runs the tiles of a gallery in one thread of its own, all at the same share of their sweeps,
/// whatever their durations: sweep after sweep with a rest in between, until it is destroyed.
/// Members: one thread (the window's), which never waits for a simulation.
class Lockstep {
public:
    Lockstep();
    Lockstep(const Lockstep&) = delete;
    Lockstep& operator=(const Lockstep&) = delete;
    ~Lockstep() = default;

    /// Other tiles, from the beginning. The newest call wins.
    void show(std::vector<config::PresetDocument> documents);
    /// The same tiles with other values: each is run anew up to where the sweep stands, and keeps
    /// its last complete sweep behind it.
    void change(std::vector<config::PresetDocument> documents);
    void run();
    void pause();
    void restart();
    /// Goes to this share of the sweep and pauses there.
    void go_to(double fraction);
    /// Wall time of a sweep [s], > 0.
    void set_sweep_s(double seconds);

    /// The newest; never missing.
    std::shared_ptr<const Frame> frame() const;

private:
    struct Orders {
        std::optional<std::vector<config::PresetDocument>> documents;
        bool keep_place = false; ///< of the documents
        bool restart = false;
        std::optional<double> go_to;
    };
    using Clock = std::chrono::steady_clock;

    void work(const std::stop_token& stop);
    void obey(Orders orders);
    void build(std::vector<config::PresetDocument> documents, bool keep_place);
    void begin_sweep();
    /// Advances by the wall time that has gone by; false where an order or the end came between.
    bool advance(double wall_s, const std::stop_token& stop);
    bool advance_to(double fraction, const std::stop_token& stop);
    void publish(bool running);
    void order(const std::function<void(Orders&)>& change);

    mutable std::mutex mutex_;
    std::condition_variable_any news_;
    // SAFETY: guarded by mutex_
    Orders orders_;
    bool ordered_ = false; ///< orders_ has not been taken
    std::uint64_t asked_ = 0; ///< calls of show()
    bool running_ = true;
    double sweep_s_ = 4.0;
    std::shared_ptr<const Frame> frame_;

    // The thread's own.
    std::vector<std::unique_ptr<Tile>> tiles_;
    std::uint64_t shown_ = 0;
    double fraction_ = 0.0;
    double rest_s_ = 0.0; ///< since the end of the sweep

    std::jthread thread_; // last: stopped and joined before the data above goes
};

} // namespace engine::gallery
