#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace engine::network {

/// Threads that share the items of one piece of work after another. The caller takes part; workers
/// without work sleep. Who does which item is left open: results must not depend on it.
class WorkerPool {
public:
    /// `threads` >= 1, the caller's included.
    explicit WorkerPool(int threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    int threads() const { return static_cast<int>(workers_.size()) + 1; }

    /// Processor time that each worker has used since it began [s]; the caller's thread is not
    /// among them. Not a number where the system does not tell.
    std::vector<double> worker_cpu_seconds();

    /// Calls item(index, thread) for each index below `items`, thread in [0, threads()); returns
    /// when all are done. The first exception of an item is thrown again here. One caller at a
    /// time.
    using Item = std::function<void(std::size_t index, int thread)>;
    void run(std::size_t items, const Item& item);

private:
    void work(int thread);
    void take_items(int thread);

    // SAFETY: item_, items_ and unfinished_ are written by the caller before round_ announces the
    // work (release) and read by workers after they have seen it (acquire); workers count
    // themselves out of the round in busy_ (release), for which run() waits (acquire).
    const Item* item_ = nullptr;
    std::size_t items_ = 0;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::uint32_t> round_ = 0;
    std::atomic<std::uint32_t> busy_ = 0;
    std::atomic<bool> stop_ = false;
    std::mutex error_mutex_;
    std::exception_ptr error_; // SAFETY: guarded by error_mutex_ while a round is under way
    std::vector<std::jthread> workers_; // last: joined before the data above goes
};

} // namespace engine::network
