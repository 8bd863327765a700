#include "app/cli/text_table.hpp"

#include <algorithm>
#include <iostream>

namespace app::cli {

namespace {

/// Characters, not bytes: units such as the Greek mu take two bytes.
std::size_t width_of(const std::string& text)
{
    constexpr unsigned char continuation_mask = 0xC0;
    constexpr unsigned char continuation = 0x80;
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & continuation_mask) != continuation;
    }));
}

} // namespace

void print_table(const std::string& title, const std::vector<TableRow>& rows)
{
    if (rows.empty()) {
        return;
    }
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const TableRow& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            widths[c] = std::max(widths[c], width_of(row[c]));
        }
    }
    std::cout << '\n' << title << '\n';
    for (const TableRow& row : rows) {
        std::string line = " ";
        for (std::size_t c = 0; c < row.size(); ++c) {
            line += " " + row[c] + std::string(widths[c] - width_of(row[c]) + 1, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        std::cout << line << '\n';
    }
}

} // namespace app::cli
