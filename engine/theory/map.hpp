#pragma once

#include "engine/theory/stability.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace engine::theory {

/// Equally spaced values from `low` to `high`, both included; one point is `low`.
struct MapRange {
    double low = 0.0;
    double high = 0.0;
    int points = 0;

    double at(int i) const { return points > 1 ? low + (high - low) * i / (points - 1) : low; }
    friend bool operator==(const MapRange&, const MapRange&) = default;
};

/// A part of the phase diagram; g and eta of `params` do not matter.
struct MapRequest {
    BrunelParams params;
    MapRange g;
    MapRange eta;

    /// The network of one cell.
    BrunelParams at(int g_index, int eta_index) const;
    friend bool operator==(const MapRequest&, const MapRequest&) = default;
};

/// The active state, the one with the highest rate, at one point of the diagram.
struct MapCell {
    bool rate_known = false;
    bool stability_known = false;
    double rate = 0.0; ///< of the active state [1/ms]
    int states = 0; ///< stationary states in all; 0 where the input overflows
    Solution active; ///< default where there is none
};

/// How far a map has come.
struct MapPicture {
    std::vector<MapCell> cells; ///< cell (g_index, eta_index) at eta_index * g.points + g_index
    /// Stability is known where both indices are multiples of this: 8, 4, 2, 1; 0 before that.
    int spacing = 0;
    bool rates = false; ///< rate and CV are known everywhere
    bool complete = false;
};

/// A phase diagram that threads of its own compute from coarse to fine: stability of every 8th
/// point in both directions, rate and CV of all, then stability of every 4th, 2nd and single point.
/// The value of a cell depends on neither order nor threads. Destruction cancels within
/// milliseconds.
class Map {
public:
    static constexpr int coarsest = 8;

    /// Throws core::InputError for parameters without meaning and sizes below 1 or above 4 million
    /// cells. `threads` >= 1.
    Map(const MapRequest& request, int threads);
    Map(const Map&) = delete;
    Map& operator=(const Map&) = delete;
    ~Map() = default;

    const MapRequest& request() const { return request_; }

    // Any thread; an exception of the computation (memory) is thrown again.

    /// A copy of what is known now.
    MapPicture picture() const;
    /// Number of results so far; where it has not changed, neither has the picture.
    std::size_t results() const { return results_.load(std::memory_order_relaxed); }
    bool complete() const { return results() == tasks_.size(); }
    /// Returns when everything is computed.
    void wait() const;

private:
    struct Task {
        std::size_t cell;
        int pass;
    };
    void plan();
    void work(const std::stop_token& stop);
    void compute(const Task& task);
    MapCell computed(const Task& task) const;

    const MapRequest request_;
    std::vector<Task> tasks_; // SAFETY: not changed after construction
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> results_ = 0;

    mutable std::mutex mutex_;
    mutable std::condition_variable finished_;
    // SAFETY: guarded by mutex_
    std::vector<MapCell> cells_;
    std::vector<std::size_t> open_; ///< tasks of each pass that are not done
    std::exception_ptr error_;

    std::vector<std::jthread> threads_; // last: stopped and joined before the data above goes
};

/// The maps that were looked at last. One thread at a time.
class MapCache {
public:
    explicit MapCache(std::size_t capacity = 8)
        : capacity_(capacity)
    {
    }

    /// The map of this request, a finished one or one under way. A new one takes the processors
    /// from those under way: they leave the cache, and stop where nobody else holds them.
    std::shared_ptr<const Map> get(const MapRequest& request, int threads);

private:
    std::size_t capacity_;
    std::list<std::shared_ptr<const Map>> maps_; ///< the last used first
};

} // namespace engine::theory
