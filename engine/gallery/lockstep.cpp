#include "engine/gallery/lockstep.hpp"

#include "engine/runner/priority.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace engine::gallery {

namespace {

constexpr auto tick = std::chrono::milliseconds(10);
constexpr double longest_tick_s = 0.1; ///< a machine that stalls does not make the sweep jump
constexpr double rest_share = 0.25; ///< of the sweep: the eye reads the whole panel

} // namespace

Lockstep::Lockstep()
    : frame_(std::make_shared<const Frame>())
    , thread_([this](const std::stop_token& stop) { work(stop); })
{
}

void Lockstep::order(const std::function<void(Orders&)>& change)
{
    {
        const std::lock_guard lock(mutex_);
        change(orders_);
        ordered_ = true;
    }
    news_.notify_one();
}

void Lockstep::show(std::vector<config::PresetDocument> documents)
{
    order([&](Orders& orders) {
        orders.documents = std::move(documents);
        orders.keep_place = false;
        orders.go_to.reset();
        ++asked_;
    });
}

void Lockstep::change(std::vector<config::PresetDocument> documents)
{
    order([&](Orders& orders) {
        // After other tiles that have not begun yet there is no place to keep.
        orders.keep_place = orders.documents ? orders.keep_place : true;
        orders.documents = std::move(documents);
    });
}

void Lockstep::run()
{
    order([this](Orders&) { running_ = true; });
}

void Lockstep::pause()
{
    order([this](Orders&) { running_ = false; });
}

void Lockstep::restart()
{
    order([](Orders& orders) { orders.restart = true; });
}

void Lockstep::go_to(double fraction)
{
    order([this, fraction](Orders& orders) {
        running_ = false;
        orders.go_to = std::clamp(fraction, 0.0, 1.0);
    });
}

void Lockstep::set_sweep_s(double seconds)
{
    const std::lock_guard lock(mutex_);
    sweep_s_ = seconds;
}

std::shared_ptr<const Frame> Lockstep::frame() const
{
    const std::lock_guard lock(mutex_);
    return frame_;
}

void Lockstep::work(const std::stop_token& stop)
{
    runner::give_way();
    Clock::time_point last = Clock::now();
    while (!stop.stop_requested()) {
        Orders orders;
        bool running = false;
        {
            std::unique_lock lock(mutex_);
            if (running_ && !tiles_.empty()) {
                news_.wait_for(lock, stop, tick, [this] { return ordered_; });
            } else {
                news_.wait(lock, stop, [this] { return ordered_; });
                last = Clock::now(); // nothing goes on meanwhile
            }
            orders = std::exchange(orders_, {});
            shown_ = asked_;
            ordered_ = false;
            running = running_;
        }
        obey(std::move(orders));
        const Clock::time_point now = Clock::now();
        const double wall_s = std::chrono::duration<double>(now - std::exchange(last, now)).count();
        if (running) {
            advance(std::min(wall_s, longest_tick_s), stop);
        } else {
            advance_to(fraction_, stop);
        }
        publish(running);
    }
}

void Lockstep::obey(Orders orders)
{
    if (orders.documents) {
        build(std::move(*orders.documents), orders.keep_place);
    }
    if (orders.restart) {
        begin_sweep();
    }
    if (orders.go_to) {
        if (*orders.go_to < fraction_) {
            begin_sweep();
        }
        fraction_ = *orders.go_to;
    }
}

void Lockstep::build(std::vector<config::PresetDocument> documents, bool keep_place)
{
    std::vector<std::unique_ptr<Tile>> tiles;
    for (config::PresetDocument& document : documents) {
        tiles.push_back(std::make_unique<Tile>(std::move(document)));
    }
    if (keep_place && tiles.size() == tiles_.size()) {
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            tiles[i]->follow(*tiles_[i]);
        }
    } else {
        fraction_ = 0.0;
    }
    rest_s_ = 0.0;
    tiles_ = std::move(tiles);
}

void Lockstep::begin_sweep()
{
    for (const auto& tile : tiles_) {
        tile->restart();
    }
    fraction_ = 0.0;
    rest_s_ = 0.0;
}

bool Lockstep::advance(double wall_s, const std::stop_token& stop)
{
    double sweep_s = 0.0;
    {
        const std::lock_guard lock(mutex_);
        sweep_s = sweep_s_;
    }
    if (fraction_ < 1.0) {
        const double next = std::min(1.0, fraction_ + wall_s / sweep_s);
        if (!advance_to(next, stop)) {
            return false; // tiles that are ahead wait for the others
        }
        fraction_ = next;
        return true;
    }
    rest_s_ += wall_s;
    if (rest_s_ >= rest_share * sweep_s) {
        begin_sweep();
    }
    return advance_to(fraction_, stop);
}

bool Lockstep::advance_to(double fraction, const std::stop_token& stop)
{
    const auto interrupted = [&] {
        const std::lock_guard lock(mutex_);
        return ordered_ || stop.stop_requested();
    };
    return std::all_of(tiles_.begin(), tiles_.end(),
        [&](const auto& tile) { return tile->advance_to(fraction, interrupted); });
}

void Lockstep::publish(bool running)
{
    auto frame = std::make_shared<Frame>();
    frame->shown = shown_;
    frame->fraction = fraction_;
    frame->running = running;
    for (const auto& tile : tiles_) {
        frame->tiles.push_back(tile->frame());
    }
    const std::lock_guard lock(mutex_);
    frame_ = std::move(frame);
}

} // namespace engine::gallery
