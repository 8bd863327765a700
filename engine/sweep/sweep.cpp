#include "engine/sweep/sweep.hpp"

#include "engine/runner/priority.hpp"

#include <algorithm>
#include <utility>

namespace engine::sweep {

std::vector<std::size_t> coarse_to_fine(std::size_t rows, std::size_t columns)
{
    std::size_t spacing = 1;
    while (2 * spacing < std::max(rows, columns)) {
        spacing *= 2;
    }
    std::vector<std::size_t> out;
    out.reserve(rows * columns);
    for (bool first = true; spacing > 0; spacing /= 2, first = false) {
        for (std::size_t row = 0; row < rows; row += spacing) {
            for (std::size_t column = 0; column < columns; column += spacing) {
                const bool earlier
                    = !first && row % (2 * spacing) == 0 && column % (2 * spacing) == 0;
                if (!earlier) {
                    out.push_back(row * columns + column);
                }
            }
        }
    }
    return out;
}

Sweep::Sweep(Request request, int threads, Urgency urgency)
    : request_(std::move(request))
    , progress_(static_cast<std::size_t>(threads))
{
    check(request_);
    const bool grid = request_.axes.size() > 1;
    order_
        = coarse_to_fine(request_.axes[0].values.size(), grid ? request_.axes[1].values.size() : 1);
    cells_.resize(order_.size());
    for (core::Progress& progress : progress_) {
        threads_.emplace_back([this, urgency, &progress] {
            if (urgency == Urgency::background) {
                runner::stay_behind();
            }
            work(progress);
        });
    }
}

Sweep::~Sweep() { cancel(); }

void Sweep::cancel()
{
    next_.store(order_.size(), std::memory_order_relaxed);
    for (core::Progress& progress : progress_) {
        progress.cancel();
    }
}

void Sweep::work(core::Progress& progress)
{
    try {
        while (!progress.cancelled()) {
            const std::size_t task = next_.fetch_add(1, std::memory_order_relaxed);
            if (task >= order_.size()) {
                return;
            }
            progress.set_fraction(0.0);
            Cell cell = compute(request_, order_[task], progress);
            const std::lock_guard lock(mutex_);
            progress.set_fraction(0.0);
            cells_[order_[task]] = std::move(cell);
            if (results_.fetch_add(1, std::memory_order_release) + 1 == order_.size()) {
                finished_.notify_all();
            }
        }
    } catch (const core::Cancelled&) {
        return;
    } catch (...) {
        const std::lock_guard lock(mutex_);
        error_ = std::current_exception();
        cancel();
        finished_.notify_all();
    }
}

std::vector<Cell> Sweep::cells() const
{
    const std::lock_guard lock(mutex_);
    if (error_) {
        std::rethrow_exception(error_);
    }
    return cells_;
}

double Sweep::fraction() const
{
    double sum = static_cast<double>(results());
    for (const core::Progress& progress : progress_) {
        sum += progress.fraction();
    }
    return std::min(1.0, sum / static_cast<double>(order_.size()));
}

bool Sweep::wait_for(std::chrono::milliseconds time) const
{
    std::unique_lock lock(mutex_);
    finished_.wait_for(lock, time, [this] { return error_ || complete(); });
    if (error_) {
        std::rethrow_exception(error_);
    }
    return complete();
}

void Sweep::wait() const
{
    while (!wait_for(std::chrono::hours(1))) { }
}

int background_threads()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

} // namespace engine::sweep
