#include "engine/config/csv_table.hpp"

#include "engine/config/nearest.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace engine::config {

namespace {

constexpr std::size_t longest_line = 4096; // else a file without line ends would be kept whole
constexpr std::size_t most_errors = 20;

class CsvReader {
public:
    CsvReader(const std::string& path, core::Diagnostics& errors)
        : path_(path)
        , errors_(errors)
    {
    }

    Table table;

    /// False where reading on makes no sense.
    bool line(std::string_view text)
    {
        ++line_;
        if (!text.empty() && text.back() == '\r') {
            text.remove_suffix(1);
        }
        if (line_ == 1) {
            header(text);
        } else if (!text.empty()) {
            row(text);
        }
        return errors_.size() < most_errors;
    }

    bool too_long()
    {
        ++line_;
        error(1, "the line has more than " + std::to_string(longest_line) + " characters", "");
        return false;
    }

    bool has_header() const { return line_ > 0; }

private:
    static std::string_view trimmed(std::string_view text)
    {
        const auto blank = [](char c) { return c == ' ' || c == '\t'; };
        while (!text.empty() && blank(text.front())) {
            text.remove_prefix(1);
        }
        while (!text.empty() && blank(text.back())) {
            text.remove_suffix(1);
        }
        return text;
    }

    void header(std::string_view text)
    {
        if (text.substr(0, 3) == "\xEF\xBB\xBF") {
            text.remove_prefix(3);
        }
        for (;;) {
            const std::size_t comma = text.find(',');
            table.header.emplace_back(trimmed(text.substr(0, comma)));
            if (comma == std::string_view::npos) {
                break;
            }
            text.remove_prefix(comma + 1);
        }
        table.columns.resize(table.header.size());
    }

    void row(std::string_view text)
    {
        const auto cells = static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')) + 1;
        if (cells != table.columns.size()) {
            error(1, "the row has " + std::to_string(cells) + " cells",
                "expected " + std::to_string(table.columns.size()) + " as in the header");
            return;
        }
        std::size_t begin = 0;
        for (std::vector<double>& column : table.columns) {
            const std::size_t comma = std::min(text.find(',', begin), text.size());
            const std::string_view cell = trimmed(text.substr(begin, comma - begin));
            double x = 0.0;
            const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), x);
            if (read.ec != std::errc() || read.ptr != cell.data() + cell.size()
                || !std::isfinite(x)) {
                error(begin + 1, in_quotes(cell) + " is no number", "expected a finite number");
            }
            column.push_back(x);
            begin = comma + 1;
        }
        table.lines.push_back(line_);
    }

    void error(std::size_t column, std::string found, std::string expected)
    {
        core::Diagnostic diagnostic;
        diagnostic.file = path_;
        diagnostic.line = static_cast<int>(line_);
        diagnostic.column = static_cast<int>(column);
        diagnostic.found = std::move(found);
        diagnostic.expected = std::move(expected);
        errors_.push_back(std::move(diagnostic));
    }

    const std::string& path_;
    core::Diagnostics& errors_;
    std::uint32_t line_ = 0;
};

bool read_lines(RegularFile& file, CsvReader& reader)
{
    std::vector<char> buffer(std::size_t {1} << 20U);
    std::string rest;
    while (const std::size_t got = file.read(buffer.data(), buffer.size())) {
        std::string_view text(buffer.data(), got);
        for (;;) {
            const std::size_t end = text.find('\n');
            if (rest.size() + std::min(end, text.size()) > longest_line) {
                return reader.too_long();
            }
            if (end == std::string_view::npos) {
                rest += text;
                break;
            }
            rest += text.substr(0, end);
            if (!reader.line(rest)) {
                return false;
            }
            rest.clear();
            text.remove_prefix(end + 1);
        }
    }
    return rest.empty() || reader.line(rest);
}

} // namespace

std::shared_ptr<const Table> read_csv(
    RegularFile& file, const std::string& path, core::Diagnostics& errors)
{
    CsvReader reader(path, errors);
    if (!read_lines(file, reader) || !errors.empty()) {
        return nullptr;
    }
    if (!reader.has_header()) {
        reader.line(""); // an empty file has an empty header
    }
    return std::make_shared<const Table>(std::move(reader.table));
}

void check_header(const Table& table, const std::string& path,
    const std::vector<std::string>& headers, core::Diagnostics& errors)
{
    std::string header;
    for (const std::string& name : table.header) {
        header += (header.empty() ? "" : ",") + name;
    }
    if (std::find(headers.begin(), headers.end(), header) != headers.end()) {
        return;
    }
    core::Diagnostic diagnostic;
    diagnostic.file = path;
    diagnostic.line = 1;
    diagnostic.column = 1;
    diagnostic.found = "the header is " + in_quotes(header);
    for (const std::string& expected : headers) {
        diagnostic.expected
            += (diagnostic.expected.empty() ? "expected " : " or ") + in_quotes(expected);
    }
    errors.push_back(std::move(diagnostic));
}

} // namespace engine::config
