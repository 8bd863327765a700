#include "engine/config/connection_list.hpp"

#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <utility>

namespace engine::config {

namespace {

constexpr std::size_t most_errors = 20; // of one list: the first ones show what is wrong
/// Where the rows of a list stand, for messages.
using RowError = std::function<void(
    std::size_t row, std::size_t column, std::string found, std::string expected, bool warning)>;

class ListChecker {
public:
    ListChecker(const Resolution& r, const Projection& projection, bool allow_autapses,
        bool allow_multapses, RowError report)
        : grid_(r.grid)
        , grid_known_(r.grid_known)
        , recurrent_(projection.source == projection.target)
        , autapses_(allow_autapses)
        , multapses_(allow_multapses)
        , report_(std::move(report))
    {
        limits_[0] = size_of(r, projection.source);
        limits_[1] = size_of(r, projection.target);
    }

    /// Checks a row and appends it.
    void row(const double (&cells)[4])
    {
        const std::size_t row = list_.weight.size();
        for (std::size_t i = 0; i < 2 && errors_ < most_errors; ++i) {
            if (std::floor(cells[i]) != cells[i] || cells[i] < 0.0 || cells[i] >= limits_[i]) {
                fail(row, i, "is " + core::number_text(cells[i]),
                    "must be a whole number from 0 to " + core::number_text(limits_[i] - 1.0));
                list_.weight.push_back(0.0);
                return;
            }
        }
        check_delay(row, cells[3]);
        if (!autapses_ && recurrent_ && cells[0] == cells[1]) {
            fail(row, 0, "connects neuron " + core::number_text(cells[0]) + " with itself",
                "allow_autapses is false");
        }
        list_.source.push_back(static_cast<std::uint32_t>(cells[0]));
        list_.target.push_back(static_cast<std::uint32_t>(cells[1]));
        list_.weight.push_back(cells[2]);
        list_.delay_ms.push_back(cells[3]);
    }

    bool full() const { return errors_ >= most_errors; }

    std::shared_ptr<const ConnectionList> finish()
    {
        if (errors_ == 0 && !multapses_) {
            check_multapses();
        }
        return errors_ == 0 ? std::make_shared<const ConnectionList>(std::move(list_)) : nullptr;
    }

private:
    static double size_of(const Resolution& r, std::size_t population)
    {
        return r.known[population].size
            ? static_cast<double>(r.experiment.populations[population].size)
            : static_cast<double>(largest_size);
    }

    void fail(std::size_t row, std::size_t column, std::string found, std::string expected)
    {
        ++errors_;
        report_(row, column, std::move(found), std::move(expected), false);
    }

    void check_delay(std::size_t row, double delay_ms)
    {
        if (!grid_known_) {
            return;
        }
        const double quotient = delay_ms / grid_.dt_ms();
        if (!(quotient <= static_cast<double>(most_delay_steps))) {
            fail(row, 3, "is " + core::number_text(delay_ms) + " ms",
                "must be at most " + std::to_string(most_delay_steps) + " steps of dt");
        } else if (quotient < 0.25 || grid_.steps(delay_ms) < 1) {
            fail(row, 3, "is " + core::number_text(delay_ms) + " ms",
                "must be at least dt = " + core::number_text(grid_.dt_ms()) + " ms");
        } else if (!warned_ && !grid_.on_grid(delay_ms)) {
            warned_ = true; // one for the whole list
            report_(row, 3, core::number_text(delay_ms) + " ms is no multiple of dt",
                "rounded to " + core::number_text(grid_.time_ms(grid_.steps(delay_ms))) + " ms",
                true);
        }
    }

    void check_multapses()
    {
        std::vector<std::pair<std::uint64_t, std::size_t>> pairs;
        pairs.reserve(list_.source.size());
        for (std::size_t i = 0; i < list_.source.size(); ++i) {
            pairs.emplace_back((std::uint64_t {list_.source[i]} << 32U) | list_.target[i], i);
        }
        std::sort(pairs.begin(), pairs.end());
        for (std::size_t i = 1; i < pairs.size() && errors_ < most_errors; ++i) {
            if (pairs[i].first == pairs[i - 1].first) {
                fail(pairs[i].second, 0, "connects a pair a second time",
                    "allow_multapses is false");
            }
        }
    }

    core::TimeGrid grid_;
    bool grid_known_;
    bool recurrent_;
    bool autapses_;
    bool multapses_;
    RowError report_;
    double limits_[2] = {0.0, 0.0};
    ConnectionList list_;
    std::size_t errors_ = 0;
    bool warned_ = false;
};

/// Says what a checked list depends on besides its rows.
std::string context_key(const Resolution& r, const Projection& projection, bool autapses,
    bool multapses, const void* identity)
{
    char address[32];
    std::snprintf(address, sizeof address, "%p", identity);
    const auto size = [&](std::size_t population) {
        return std::to_string(r.experiment.populations[population].size);
    };
    return "connections " + std::string(address) + " " + size(projection.source) + " "
        + size(projection.target) + " " + core::number_text(r.grid.dt_ms())
        + (projection.source == projection.target ? " recurrent" : "") + (autapses ? "a" : "")
        + (multapses ? "m" : "");
}

using ListPointer = std::shared_ptr<const ConnectionList>;

ListPointer from_file(
    Resolution& r, const Place& at, const Projection& projection, bool autapses, bool multapses)
{
    const auto reference = r.reader.text(at);
    if (!reference) {
        return nullptr;
    }
    const FileReferences::Result file = r.files.table(*reference, {"source,target,weight,delay"});
    for (core::Diagnostic error : file.errors) {
        if (error.file.empty()) {
            r.reader.error(at, error.found, error.expected);
        } else {
            error.pointer = at.pointer();
            r.reader.add(std::move(error));
        }
    }
    if (!file.table) {
        return nullptr;
    }
    const Table& table = *file.table;
    const std::string key = context_key(r, projection, autapses, multapses, file.table.get());
    return r.files.derived<ConnectionList>(key, [&]() -> ListPointer {
        ListChecker checker(r, projection, autapses, multapses,
            [&](std::size_t row, std::size_t column, std::string found, std::string expected,
                bool warning) {
                core::Diagnostic diagnostic;
                diagnostic.severity = warning ? core::Severity::warning : core::Severity::error;
                diagnostic.file = r.files.resolve(*reference).string();
                diagnostic.line = static_cast<int>(table.lines[row]);
                diagnostic.column = 1;
                diagnostic.pointer = at.pointer();
                diagnostic.found = table.header[column] + " " + std::move(found);
                diagnostic.expected = std::move(expected);
                r.reader.add(std::move(diagnostic));
            });
        for (std::size_t row = 0; row < table.lines.size() && !checker.full(); ++row) {
            checker.row({table.columns[0][row], table.columns[1][row], table.columns[2][row],
                table.columns[3][row]});
        }
        return checker.finish();
    });
}

/// A checked list together with the part of the tree it was made from: while that lives, no other
/// part has its identity.
struct InlineList {
    Json source;
    ListPointer list;
};

ListPointer read_rows(Resolution& r, const Place& at, const Projection& projection, bool autapses,
    bool multapses, bool& literal)
{
    Reader& reader = r.reader;
    ListChecker checker(r, projection, autapses, multapses,
        [&](std::size_t row, std::size_t column, std::string found, std::string expected,
            bool warning) {
            const Place row_place = Reader::item(at, row);
            const Place cell = Reader::item(row_place, column);
            if (warning) {
                reader.warning(cell, std::move(found), std::move(expected));
            } else {
                reader.error(cell, std::move(found), std::move(expected));
            }
        });
    const std::size_t before = reader.errors();
    for (std::size_t i = 0; i < at.json->size() && !checker.full(); ++i) {
        const Place row = Reader::item(at, i);
        double cells[4] = {0.0, 0.0, 0.0, r.grid.dt_ms()};
        if (!row.json->is_array() || row.json->size() != 4) {
            reader.error(
                row, Reader::description(*row.json), "must be [source, target, weight, delay]");
        } else {
            for (std::size_t j = 0; j < 4; ++j) {
                literal = literal && row.json->at(j).is_number();
                cells[j] = reader.number(Reader::item(row, j)).value_or(cells[j]);
            }
        }
        checker.row(cells);
    }
    ListPointer list = checker.finish();
    return reader.errors() == before ? list : nullptr;
}

ListPointer from_rows(
    Resolution& r, const Place& at, const Projection& projection, bool autapses, bool multapses)
{
    if (!r.reader.is_list(at, "a list of [source, target, weight, delay]")) {
        return nullptr;
    }
    const std::string key = context_key(r, projection, autapses, multapses, at.json->identity());
    ListPointer unkept;
    const auto kept = r.files.derived<InlineList>(key, [&]() -> std::shared_ptr<const InlineList> {
        bool literal = true; // expressions give other values when a variable changes
        unkept = read_rows(r, at, projection, autapses, multapses, literal);
        return unkept && literal ? std::make_shared<const InlineList>(InlineList {*at.json, unkept})
                                 : nullptr;
    });
    return kept ? kept->list : unkept;
}

} // namespace

ListPointer read_connections(Resolution& r, const Place& rule, const Projection& projection,
    bool allow_autapses, bool allow_multapses)
{
    const Place rows = Reader::member(rule, "connections");
    const Place file = Reader::member(rule, "file");
    if (static_cast<bool>(rows) == static_cast<bool>(file)) {
        r.reader.error(rule, rows ? "has connections and file" : "has neither connections nor file",
            "expected one of them");
        return nullptr;
    }
    return rows ? from_rows(r, rows, projection, allow_autapses, allow_multapses)
                : from_file(r, file, projection, allow_autapses, allow_multapses);
}

} // namespace engine::config
