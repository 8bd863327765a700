#pragma once

#include "engine/sweep/cell.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace engine::sweep {

/// All cells, from coarse to fine: every 2^n-th in each direction, then every 2^(n-1)-th ...
std::vector<std::size_t> coarse_to_fine(std::size_t rows, std::size_t columns);

/// Runs all cells of a request on threads of its own. The value of a cell depends on neither order
/// nor threads. Destruction cancels within milliseconds.
class Sweep {
public:
    /// How it shares the processors.
    enum class Urgency {
        foreground, ///< somebody waits for it
        background, ///< everything else goes first
    };

    /// Throws core::InputError (sweep::check). `threads` >= 1.
    Sweep(Request request, int threads, Urgency urgency);
    ~Sweep();
    Sweep(const Sweep&) = delete;
    Sweep& operator=(const Sweep&) = delete;

    const Request& request() const { return request_; }

    // Any thread; an exception that is no matter of one cell is thrown again.

    /// A copy of what is known now.
    std::vector<Cell> cells() const;
    /// Number of cells that are done; where it has not changed, neither have the cells.
    std::size_t results() const { return results_.load(std::memory_order_acquire); }
    bool complete() const { return results() == order_.size(); }
    /// 0 to 1, with the parts of those under way.
    double fraction() const;
    /// Whether everything was computed within this time.
    bool wait_for(std::chrono::milliseconds time) const;
    void wait() const;
    /// Begins no other cell and breaks off those under way.
    void cancel();

private:
    void work(core::Progress& progress);

    const Request request_;
    std::vector<std::size_t> order_; // SAFETY: not changed after construction
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> results_ = 0;
    std::vector<core::Progress> progress_; ///< of each thread in its cell; all atomics

    mutable std::mutex mutex_;
    mutable std::condition_variable finished_;
    // SAFETY: guarded by mutex_
    std::vector<Cell> cells_;
    std::exception_ptr error_;

    std::vector<std::jthread> threads_; // last: joined before the data above goes
};

/// Threads for a sweep beside a live run: all cores but one, at least one.
int background_threads();

} // namespace engine::sweep
