#include "engine/recording/history.hpp"

#include "engine/recording/segments.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace engine::recording {

namespace {

constexpr std::size_t smallest_segment_bytes = std::size_t {1} << 12;
constexpr std::size_t largest_segment_bytes = std::size_t {1} << 20;
constexpr core::Step steps_per_spike_segment = 65536; // offsets have 16 bits

struct Row {
    core::Step stamp = 0;
    std::vector<double> values;
};

/// Sizes of segments: small ones first, so that a short run costs little, then doubling.
class Growth {
public:
    Growth(std::size_t item_bytes, std::size_t budget)
        : next_(std::max<std::size_t>(smallest_segment_bytes / item_bytes, 1))
        , most_(std::max<std::size_t>(
              std::clamp(budget / 64, smallest_segment_bytes, largest_segment_bytes) / item_bytes,
              1))
    {
    }
    std::size_t take()
    {
        const std::size_t capacity = std::min(next_, most_);
        next_ = std::min(most_, capacity * 2);
        return capacity;
    }

private:
    std::size_t next_;
    std::size_t most_;
};

/// One stream of segments: the writer's end and what is published of it.
template <class Segment> struct Stream {
    std::vector<std::shared_ptr<Segment>> open; // the writer's: not yet completely published
    std::deque<Published<Segment>> published; // SAFETY: guarded by History::Impl::mutex

    /// Under the mutex. Returns by how many bytes the memory has grown.
    template <class Count, class LastStamp> std::size_t publish(Count count, LastStamp last_stamp)
    {
        std::size_t grown = 0;
        for (const auto& segment : open) {
            if (published.empty() || published.back().segment != segment) {
                published.push_back({segment, 0, 0});
                grown += segment->bytes;
            }
            published.back().count = count(*segment);
            published.back().last_stamp = last_stamp(*segment);
        }
        if (open.size() > 1) {
            open.erase(open.begin(), open.end() - 1);
        }
        return grown;
    }
};

struct GroupStream {
    Stream<TraceSegment> stream;
    Growth growth;
    // The newest row stays outside of the segments, because it may be amended.
    std::optional<Row> newest; // the writer's
    bool touched = false; // newest differs from what is published
    std::optional<Row> published_newest; // SAFETY: guarded by History::Impl::mutex
};

core::Step last_stamp_of(const TraceSegment& segment, std::size_t rows, core::Step interval)
{
    return segment.first_stamp + (static_cast<core::Step>(rows) - 1) * interval;
}

} // namespace

struct History::Impl {
    std::vector<TraceGroup> groups;
    std::size_t budget = 0;
    std::size_t spikes_written = 0; // the writer's
    Growth spike_growth {sizeof(PackedSpike), 0};

    // SAFETY: guards the lists of published segments, the published newest rows and the members
    // below it; never held while segments are copied.
    mutable std::mutex mutex;
    std::vector<GroupStream> rows;
    Stream<SpikeSegment> spikes;
    std::size_t spikes_published = 0;
    std::size_t bytes = 0;
    core::Step published = 0;
    core::Step first_kept = 0;

    void settle_newest(std::size_t group);
    bool drop_oldest(core::Step before);
    void keep_budget();
    template <class Segment> void drop_front(Stream<Segment>& stream);
};

History::History(std::vector<TraceGroup> groups, std::size_t budget_bytes)
    : impl_(std::make_unique<Impl>())
{
    impl_->groups = std::move(groups);
    impl_->budget = budget_bytes;
    impl_->spike_growth = Growth(sizeof(PackedSpike), budget_bytes);
    for (const TraceGroup& group : impl_->groups) {
        const std::size_t row_bytes
            = sizeof(double) * std::max<std::size_t>(group.columns.size(), 1);
        impl_->rows.push_back({{}, Growth(row_bytes, budget_bytes), {}, false, {}});
    }
}

History::~History() = default;

const std::vector<TraceGroup>& History::groups() const { return impl_->groups; }

void History::Impl::settle_newest(std::size_t group)
{
    GroupStream& to = rows[group];
    const Row& row = *to.newest;
    const std::size_t columns = groups[group].columns.size();
    auto& open = to.stream.open;
    const bool goes_on = !open.empty() && open.back()->rows < open.back()->capacity
        && row.stamp == last_stamp_of(*open.back(), open.back()->rows + 1, groups[group].interval);
    if (!goes_on) {
        open.push_back(std::make_shared<TraceSegment>(row.stamp, columns, to.growth.take()));
    }
    TraceSegment& segment = *open.back();
    std::copy(row.values.begin(), row.values.end(), segment.values.get() + segment.rows * columns);
    ++segment.rows;
}

void History::append_row(std::size_t group, core::Step stamp, const double* values)
{
    GroupStream& to = impl_->rows[group];
    if (to.newest) {
        impl_->settle_newest(group);
    } else {
        to.newest.emplace();
    }
    to.newest->stamp = stamp;
    to.newest->values.assign(values, values + impl_->groups[group].columns.size());
    to.touched = true;
}

void History::amend_row(std::size_t group, const double* values)
{
    GroupStream& to = impl_->rows[group];
    if (to.newest) {
        std::copy_n(values, to.newest->values.size(), to.newest->values.begin());
        to.touched = true;
    }
}

void History::append_spikes(
    core::Step stamp, std::uint32_t population, const std::uint32_t* neurons, std::size_t count)
{
    auto& open = impl_->spikes.open;
    impl_->spikes_written += count;
    while (count > 0) {
        if (open.empty() || open.back()->count == open.back()->capacity
            || stamp - open.back()->first_stamp >= steps_per_spike_segment) {
            open.push_back(std::make_shared<SpikeSegment>(stamp, impl_->spike_growth.take()));
        }
        SpikeSegment& segment = *open.back();
        const std::size_t fitting = std::min(count, segment.capacity - segment.count);
        const auto offset = static_cast<std::uint16_t>(stamp - segment.first_stamp);
        PackedSpike* to = segment.spikes.get() + segment.count;
        for (std::size_t i = 0; i < fitting; ++i) {
            to[i] = {offset, static_cast<std::uint16_t>(population), neurons[i]};
        }
        segment.count += fitting;
        segment.last_stamp = stamp;
        neurons += fitting;
        count -= fitting;
    }
}

void History::publish(core::Step now)
{
    const std::lock_guard lock(impl_->mutex);
    for (std::size_t g = 0; g < impl_->rows.size(); ++g) {
        GroupStream& group = impl_->rows[g];
        if (!group.touched) {
            continue;
        }
        const core::Step interval = impl_->groups[g].interval;
        impl_->bytes += group.stream.publish([](const TraceSegment& s) { return s.rows; },
            [interval](const TraceSegment& s) { return last_stamp_of(s, s.rows, interval); });
        group.published_newest = group.newest;
        group.touched = false;
    }
    if (impl_->spikes_written != impl_->spikes_published) {
        impl_->bytes += impl_->spikes.publish([](const SpikeSegment& s) { return s.count; },
            [](const SpikeSegment& s) { return s.last_stamp; });
        impl_->spikes_published = impl_->spikes_written;
    }
    impl_->published = now;
    impl_->keep_budget();
}

void History::set_budget(std::size_t bytes)
{
    const std::lock_guard lock(impl_->mutex);
    impl_->budget = bytes;
    impl_->keep_budget();
}

/// Under the mutex.
void History::Impl::keep_budget()
{
    while (bytes > budget && drop_oldest(std::numeric_limits<core::Step>::max())) { }
}

template <class Segment> void History::Impl::drop_front(Stream<Segment>& stream)
{
    first_kept = std::max(first_kept, stream.published.front().last_stamp);
    bytes -= stream.published.front().segment->bytes;
    stream.published.pop_front();
}

/// Drops the segment that ends first, if it ends before the stamp and nobody writes to it any more.
bool History::Impl::drop_oldest(core::Step before)
{
    GroupStream* oldest = nullptr;
    core::Step end = before;
    for (GroupStream& group : rows) {
        const auto& list = group.stream.published;
        if (list.size() > 1 && list.front().last_stamp < end) {
            oldest = &group;
            end = list.front().last_stamp;
        }
    }
    if (spikes.published.size() > 1 && spikes.published.front().last_stamp < end) {
        drop_front(spikes);
        return true;
    }
    if (oldest != nullptr) {
        drop_front(oldest->stream);
        return true;
    }
    return false;
}

void History::forget_before(core::Step stamp)
{
    const std::lock_guard lock(impl_->mutex);
    while (impl_->drop_oldest(stamp)) { }
}

core::Step History::published() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->published;
}

core::Step History::first_kept() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->first_kept;
}

std::size_t History::spike_count() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->spikes_published;
}

std::size_t History::bytes() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->bytes;
}

namespace {

/// Published segments that reach beyond `from`.
template <class Segment>
std::vector<Published<Segment>> reaching_beyond(
    const std::deque<Published<Segment>>& list, core::Step from)
{
    const auto first = std::partition_point(
        list.begin(), list.end(), [from](const auto& p) { return p.last_stamp <= from; });
    return {first, list.end()};
}

/// How many rows of the segment have a stamp <= `to`.
std::size_t rows_up_to(const Published<TraceSegment>& piece, core::Step interval, core::Step to)
{
    const core::Step first = piece.segment->first_stamp;
    if (to < first) {
        return 0;
    }
    return std::min(piece.count, static_cast<std::size_t>((to - first) / interval) + 1);
}

/// How many spikes of the segment have a stamp <= `to`.
std::size_t spikes_up_to(const Published<SpikeSegment>& piece, core::Step to)
{
    const PackedSpike* begin = piece.segment->spikes.get();
    const core::Step first = piece.segment->first_stamp;
    return static_cast<std::size_t>(
        std::partition_point(begin, begin + piece.count,
            [&](const PackedSpike& s) { return first + s.offset <= to; })
        - begin);
}

} // namespace

TraceRows History::rows(std::size_t group, core::Step from, core::Step to) const
{
    std::vector<Published<TraceSegment>> pieces;
    std::optional<Row> newest;
    {
        const std::lock_guard lock(impl_->mutex);
        pieces = reaching_beyond(impl_->rows[group].stream.published, from);
        newest = impl_->rows[group].published_newest;
    }
    const std::size_t columns = impl_->groups[group].columns.size();
    const core::Step interval = impl_->groups[group].interval;
    TraceRows out;
    for (const auto& piece : pieces) {
        const std::size_t begin = rows_up_to(piece, interval, from);
        const std::size_t end = rows_up_to(piece, interval, to);
        for (std::size_t i = begin; i < end; ++i) {
            out.steps.push_back(last_stamp_of(*piece.segment, i + 1, interval));
        }
        if (begin < end) {
            const double* values = piece.segment->values.get();
            out.values.insert(out.values.end(), values + begin * columns, values + end * columns);
        }
    }
    if (newest && newest->stamp > from && newest->stamp <= to) {
        out.steps.push_back(newest->stamp);
        out.values.insert(out.values.end(), newest->values.begin(), newest->values.end());
    }
    return out;
}

std::vector<Spike> History::spikes(core::Step from, core::Step to) const
{
    std::vector<Published<SpikeSegment>> pieces;
    {
        const std::lock_guard lock(impl_->mutex);
        pieces = reaching_beyond(impl_->spikes.published, from);
    }
    std::vector<std::span<const PackedSpike>> wanted;
    std::size_t count = 0;
    for (const auto& piece : pieces) {
        const std::size_t begin = spikes_up_to(piece, from);
        const std::size_t end = std::max(begin, spikes_up_to(piece, to));
        wanted.emplace_back(piece.segment->spikes.get() + begin, end - begin);
        count += wanted.back().size();
    }
    std::vector<Spike> out;
    out.reserve(count);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const core::Step first = pieces[i].segment->first_stamp;
        for (const PackedSpike& s : wanted[i]) {
            out.push_back({first + s.offset, s.population, s.neuron});
        }
    }
    return out;
}

std::shared_ptr<History> History::branch(core::Step stamp) const
{
    auto out = std::make_shared<History>(impl_->groups, impl_->budget);
    const std::lock_guard lock(impl_->mutex);
    Impl& to = *out->impl_;
    to.published = stamp;
    if (impl_->published < stamp || impl_->first_kept > stamp) {
        to.first_kept = stamp;
        return out;
    }
    to.first_kept = impl_->first_kept;
    for (std::size_t g = 0; g < impl_->rows.size(); ++g) {
        const core::Step interval = impl_->groups[g].interval;
        const std::size_t columns = impl_->groups[g].columns.size();
        GroupStream& rows = to.rows[g];
        for (Published<TraceSegment> piece : impl_->rows[g].stream.published) {
            piece.count = rows_up_to(piece, interval, stamp);
            if (piece.count > 0) {
                piece.last_stamp = last_stamp_of(*piece.segment, piece.count, interval);
                to.bytes += piece.segment->bytes;
                rows.stream.published.push_back(std::move(piece));
            }
        }
        const auto& newest = impl_->rows[g].published_newest;
        if (newest && newest->stamp <= stamp) {
            rows.newest = newest;
        } else if (!rows.stream.published.empty()) {
            // The last row that is left becomes the one that may be amended.
            Published<TraceSegment>& last = rows.stream.published.back();
            const double* values = last.segment->values.get() + (last.count - 1) * columns;
            rows.newest = Row {last.last_stamp, {values, values + columns}};
            --last.count;
            last.last_stamp -= interval;
            if (last.count == 0) {
                to.bytes -= last.segment->bytes;
                rows.stream.published.pop_back();
            }
        }
        rows.published_newest = rows.newest;
    }
    std::size_t later = 0;
    for (Published<SpikeSegment> piece : impl_->spikes.published) {
        const std::size_t kept = spikes_up_to(piece, stamp);
        later += piece.count - kept;
        piece.count = kept;
        if (kept > 0) {
            piece.last_stamp = piece.segment->first_stamp + piece.segment->spikes[kept - 1].offset;
            to.bytes += piece.segment->bytes;
            to.spikes.published.push_back(std::move(piece));
        }
    }
    to.spikes_published = impl_->spikes_published - later;
    to.spikes_written = to.spikes_published;
    return out;
}

} // namespace engine::recording
