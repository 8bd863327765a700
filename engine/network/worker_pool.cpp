#include "engine/network/worker_pool.hpp"

#include <ctime>
#include <limits>
#include <utility>

#include <pthread.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine::network {

namespace {

void pause_briefly()
{
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Waits until `value` differs from `old`: the next piece of work usually comes within
/// microseconds, but the processor may be needed elsewhere, so the wait soon becomes a sleep.
void wait_for_change(const std::atomic<std::uint32_t>& value, std::uint32_t old)
{
    for (int i = 0; i < 200; ++i) {
        if (value.load(std::memory_order_acquire) != old) {
            return;
        }
        pause_briefly();
    }
    for (int i = 0; i < 20; ++i) {
        if (value.load(std::memory_order_acquire) != old) {
            return;
        }
        std::this_thread::yield();
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

WorkerPool::WorkerPool(int threads)
{
    for (int t = 1; t < threads; ++t) {
        workers_.emplace_back([this, t] { work(t); });
    }
}

WorkerPool::~WorkerPool()
{
    stop_.store(true, std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
}

std::vector<double> WorkerPool::worker_cpu_seconds()
{
    constexpr double ns = 1e-9;
    std::vector<double> seconds;
    for (std::jthread& worker : workers_) {
        clockid_t clock = 0;
        std::timespec time {};
        const bool known = ::pthread_getcpuclockid(worker.native_handle(), &clock) == 0
            && ::clock_gettime(clock, &time) == 0;
        seconds.push_back(known
                ? static_cast<double>(time.tv_sec) + ns * static_cast<double>(time.tv_nsec)
                : std::numeric_limits<double>::quiet_NaN());
    }
    return seconds;
}

void WorkerPool::take_items(int thread)
{
    for (;;) {
        const std::size_t index = next_.fetch_add(1, std::memory_order_relaxed);
        if (index >= items_) {
            return;
        }
        try {
            (*item_)(index, thread);
        } catch (...) {
            const std::lock_guard lock(error_mutex_);
            if (!error_) {
                error_ = std::current_exception();
            }
        }
    }
}

void WorkerPool::work(int thread)
{
    std::uint32_t seen = 0;
    for (;;) {
        wait_for_change(round_, seen);
        seen = round_.load(std::memory_order_acquire);
        if (stop_.load(std::memory_order_relaxed)) {
            return;
        }
        take_items(thread);
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            busy_.notify_one();
        }
    }
}

void WorkerPool::run(std::size_t items, const Item& item)
{
    item_ = &item;
    items_ = items;
    next_.store(0, std::memory_order_relaxed);
    if (workers_.empty() || items < 2) {
        take_items(0);
    } else {
        busy_.store(static_cast<std::uint32_t>(workers_.size()), std::memory_order_relaxed);
        round_.fetch_add(1, std::memory_order_release);
        round_.notify_all();
        take_items(0);
        for (std::uint32_t busy = busy_.load(std::memory_order_acquire); busy != 0;
             busy = busy_.load(std::memory_order_acquire)) {
            wait_for_change(busy_, busy);
        }
    }
    if (error_) {
        std::rethrow_exception(std::exchange(error_, nullptr));
    }
}

} // namespace engine::network
