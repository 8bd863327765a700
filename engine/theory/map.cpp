#include "engine/theory/map.hpp"

#include "engine/core/value.hpp"
#include "engine/runner/priority.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace engine::theory {

namespace {

enum Pass : int { first_picture, rates, every_4th, every_2nd, every_point, passes };

constexpr std::array<int, passes> spacing_after {Map::coarsest, Map::coarsest, 4, 2, 1};

void check_range(const MapRange& range, const char* name, core::Diagnostics& problems)
{
    const bool ordered = std::isfinite(range.low) && std::isfinite(range.high) && range.low >= 0.0
        && range.low <= range.high;
    if (!ordered) {
        core::Diagnostic problem;
        problem.pointer = name;
        problem.found
            = "runs from " + core::number_text(range.low) + " to " + core::number_text(range.high);
        problem.expected = "must be finite, >= 0 and ascending";
        problems.push_back(problem);
    }
}

void check_request(const MapRequest& request)
{
    constexpr double most_cells = 4e6;
    BrunelParams params = request.params;
    params.g = 0.0;
    params.eta = 0.0;
    core::Diagnostics problems = check(params);
    check_range(request.g, "g", problems);
    check_range(request.eta, "eta", problems);
    const double cells = static_cast<double>(request.g.points) * request.eta.points;
    if (request.g.points < 1 || request.eta.points < 1 || cells > most_cells) {
        core::Diagnostic problem;
        problem.pointer = "points";
        problem.found = "are " + std::to_string(request.g.points) + " x "
            + std::to_string(request.eta.points);
        problem.expected = "must be at least 1 x 1 and at most 4000000 in all";
        problems.push_back(problem);
    }
    if (!problems.empty()) {
        throw core::InputError(std::move(problems));
    }
}

} // namespace

BrunelParams MapRequest::at(int g_index, int eta_index) const
{
    BrunelParams cell = params;
    cell.g = g.at(g_index);
    cell.eta = eta.at(eta_index);
    return cell;
}

Map::Map(const MapRequest& request, int threads)
    : request_(request)
{
    check_request(request_);
    plan();
    for (int i = 0; i < threads; ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) {
            runner::stay_behind(); // a map is looked at beside a run
            work(stop);
        });
    }
}

/// Lists what has to be done, in the order in which it is begun.
void Map::plan()
{
    const auto columns = static_cast<std::size_t>(request_.g.points);
    const std::size_t count = columns * static_cast<std::size_t>(request_.eta.points);
    cells_.resize(count);
    open_.assign(passes, 0);
    std::vector<bool> stability_planned(count, false);
    for (int pass = first_picture; pass < passes; ++pass) {
        const auto spacing
            = static_cast<std::size_t>(spacing_after.at(static_cast<std::size_t>(pass)));
        for (std::size_t cell = 0; cell < count; ++cell) {
            const bool on_grid = (cell % columns) % spacing == 0 && (cell / columns) % spacing == 0;
            // What was planned for its stability gets its rate with it.
            if (stability_planned[cell] || (pass != rates && !on_grid)) {
                continue;
            }
            stability_planned[cell] = pass != rates;
            tasks_.push_back({cell, pass});
            ++open_[static_cast<std::size_t>(pass)];
        }
    }
}

void Map::work(const std::stop_token& stop)
{
    try {
        while (!stop.stop_requested()) {
            const std::size_t task = next_.fetch_add(1, std::memory_order_relaxed);
            if (task >= tasks_.size()) {
                return;
            }
            compute(tasks_[task]);
        }
    } catch (...) {
        next_.store(tasks_.size(), std::memory_order_relaxed);
        const std::lock_guard lock(mutex_);
        error_ = std::current_exception();
        finished_.notify_all();
    }
}

void Map::compute(const Task& task)
{
    MapCell cell = computed(task);
    const std::lock_guard lock(mutex_);
    // Another thread may have been faster with the stability than this one with the rate alone.
    if (!cells_[task.cell].stability_known) {
        cells_[task.cell] = std::move(cell);
    }
    --open_[static_cast<std::size_t>(task.pass)];
    if (results_.fetch_add(1, std::memory_order_relaxed) + 1 == tasks_.size()) {
        finished_.notify_all();
    }
}

MapCell Map::computed(const Task& task) const
{
    const auto columns = static_cast<std::size_t>(request_.g.points);
    const BrunelParams params
        = request_.at(static_cast<int>(task.cell % columns), static_cast<int>(task.cell / columns));
    MapCell cell;
    {
        const std::lock_guard lock(mutex_);
        cell = cells_[task.cell];
    }
    if (!cell.rate_known) {
        const std::vector<double> found = self_consistent_rates(params);
        cell.states = static_cast<int>(found.size());
        cell.rate_known = true;
        if (!found.empty()) {
            cell.rate = found.back();
            cell.active = stationary_state(params, cell.rate);
        }
    }
    if (task.pass != rates) {
        cell.stability_known = true;
        if (cell.states > 0) {
            cell.active.stability = stability(params, cell.rate);
        }
    }
    return cell;
}

MapPicture Map::picture() const
{
    const std::lock_guard lock(mutex_);
    if (error_) {
        std::rethrow_exception(error_);
    }
    MapPicture picture;
    picture.cells = cells_;
    for (std::size_t pass = 0; pass < passes && open_[pass] == 0; ++pass) {
        picture.spacing = spacing_after.at(pass);
        picture.rates = picture.rates || pass == rates;
        picture.complete = pass + 1 == passes;
    }
    return picture;
}

void Map::wait() const
{
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [this] { return error_ || complete(); });
    if (error_) {
        std::rethrow_exception(error_);
    }
}

std::shared_ptr<const Map> MapCache::get(const MapRequest& request, int threads)
{
    const auto found = std::find_if(
        maps_.begin(), maps_.end(), [&](const auto& map) { return map->request() == request; });
    if (found != maps_.end()) {
        maps_.splice(maps_.begin(), maps_, found);
        return maps_.front();
    }
    auto map = std::make_shared<const Map>(request, threads);
    maps_.remove_if([](const auto& other) { return !other->complete(); });
    maps_.push_front(map);
    if (maps_.size() > capacity_) {
        maps_.pop_back();
    }
    return map;
}

} // namespace engine::theory
