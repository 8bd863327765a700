#include "engine/recording/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <string>
#include <vector>

namespace engine::recording {

namespace {

using core::Step;

/// Text on its way to the stream, handed over in large pieces: a call of the stream for each number
/// costs more than writing the number.
class Pen {
public:
    explicit Pen(std::ostream& out)
        : out_(out)
    {
        buffer_.reserve(capacity + 64);
    }
    ~Pen() { out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size())); }
    Pen(const Pen&) = delete;
    Pen& operator=(const Pen&) = delete;

    void put(char c) { buffer_.push_back(c); }
    void put(const std::string& text) { buffer_ += text; }
    /// In the shortest form that reads back the same.
    template <class Number> void number(Number x) { digits(x); }
    /// Likewise, but never as 1e+05: a column of times reads better so.
    void time(double t_ms) { digits(t_ms, std::chars_format::fixed); }
    /// False where the stream takes no more.
    bool end_line()
    {
        buffer_.push_back('\n');
        if (buffer_.size() >= capacity) {
            out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
            buffer_.clear();
        }
        return static_cast<bool>(out_);
    }

private:
    template <class... Arguments> void digits(Arguments... arguments)
    {
        std::array<char, 64> text; // NOLINT: written before it is read
        const auto end = std::to_chars(text.data(), text.data() + text.size(), arguments...).ptr;
        buffer_.append(text.data(), end);
    }

    static constexpr std::size_t capacity = std::size_t {1} << 18;
    std::ostream& out_;
    std::string buffer_;
};

/// Where a column of the file comes from.
struct Place {
    std::size_t group = 0;
    std::size_t column = 0;
};

/// Columns in the order of `record`. Columns of one request stand together in one group, in order.
std::vector<Place> places(const std::vector<TraceGroup>& groups)
{
    std::vector<Place> out;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t c = 0; c < groups[g].columns.size(); ++c) {
            out.push_back({g, c});
        }
    }
    std::stable_sort(out.begin(), out.end(), [&](const Place& a, const Place& b) {
        return groups[a.group].columns[a.column].request
            < groups[b.group].columns[b.column].request;
    });
    return out;
}

/// Rows of one group in the piece that is being written, and the next one to write.
struct Cursor {
    TraceRows rows;
    std::size_t columns = 0;
    std::size_t next = 0;

    bool at(Step stamp) const { return next < rows.steps.size() && rows.steps[next] == stamp; }
};

void write_piece(
    Pen& pen, std::vector<Cursor>& cursors, const std::vector<Place>& order, core::TimeGrid grid)
{
    while (true) {
        bool any = false;
        Step stamp = 0;
        for (const Cursor& c : cursors) {
            if (c.next < c.rows.steps.size() && (!any || c.rows.steps[c.next] < stamp)) {
                stamp = c.rows.steps[c.next];
                any = true;
            }
        }
        if (!any) {
            return;
        }
        pen.time(grid.time_ms(stamp));
        for (const Place& place : order) {
            pen.put(',');
            const Cursor& c = cursors[place.group];
            if (c.at(stamp)) {
                pen.number(c.rows.values[c.next * c.columns + place.column]);
            }
        }
        if (!pen.end_line()) {
            return;
        }
        for (Cursor& c : cursors) {
            c.next += c.at(stamp) ? 1U : 0U;
        }
    }
}

} // namespace

void write_traces_header(std::ostream& out, const History& history)
{
    std::string line = "time_ms";
    for (const Place& place : places(history.groups())) {
        line += ',' + history.groups()[place.group].columns[place.column].csv_name;
    }
    out << line << '\n';
}

void write_traces(
    std::ostream& out, const History& history, const core::TimeGrid& grid, Step from, Step to)
{
    const std::vector<TraceGroup>& groups = history.groups();
    const std::vector<Place> order = places(groups);
    if (order.empty()) {
        return;
    }
    // In pieces: what is copied from the history at a time stays within some megabytes.
    constexpr std::size_t values_in_piece = std::size_t {1} << 20;
    const Step piece = std::max<Step>(1, static_cast<Step>(values_in_piece / order.size()));
    Pen pen(out);
    for (Step begin = from; begin < to && out;) {
        const Step end = to - begin > piece ? begin + piece : to;
        std::vector<Cursor> cursors(groups.size());
        for (std::size_t g = 0; g < groups.size(); ++g) {
            cursors[g] = {history.rows(g, begin, end), groups[g].columns.size(), 0};
        }
        write_piece(pen, cursors, order, grid);
        begin = end;
    }
}

void write_spikes_header(std::ostream& out) { out << "time_ms,population,neuron\n"; }

void write_spikes(std::ostream& out, const History& history, const config::Experiment& experiment,
    const core::TimeGrid& grid, Step from, Step to)
{
    // Pieces of about a million spikes at the highest rates; a piece of a quiet run costs nothing.
    constexpr Step piece = 1000;
    Pen pen(out);
    for (Step begin = from; begin < to && out;) {
        const Step end = to - begin > piece ? begin + piece : to;
        for (const Spike& spike : history.spikes(begin, end)) {
            pen.time(grid.time_ms(spike.step));
            pen.put(',');
            pen.put(experiment.populations[spike.population].name);
            pen.put(',');
            pen.number(spike.neuron);
            if (!pen.end_line()) {
                return;
            }
        }
        begin = end;
    }
}

} // namespace engine::recording
