#include "engine/config/nearest.hpp"

#include <algorithm>
#include <cctype>

namespace engine::config {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Damerau-Levenshtein (neighbours may be swapped) in tenths: another case costs 1, all else 10.
int distance(std::string_view a, std::string_view b)
{
    const std::size_t columns = b.size() + 1;
    std::vector<int> before(columns);
    std::vector<int> last(columns);
    std::vector<int> row(columns);
    for (std::size_t j = 0; j < columns; ++j) {
        last[j] = 10 * static_cast<int>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = 10 * static_cast<int>(i);
        for (std::size_t j = 1; j < columns; ++j) {
            const char x = a[i - 1];
            const char y = b[j - 1];
            const int change = x == y ? 0 : lower(x) == lower(y) ? 1 : 10;
            row[j] = std::min({last[j] + 10, row[j - 1] + 10, last[j - 1] + change});
            if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y) {
                row[j] = std::min(row[j], before[j - 2] + 10);
            }
        }
        before.swap(last);
        last.swap(row);
    }
    return last.back();
}

} // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& names)
{
    constexpr std::size_t longest = 64; // no name is longer; keeps hostile input cheap
    if (name.empty() || name.size() > longest) {
        return {};
    }
    std::string best;
    int best_distance = 0;
    for (const std::string& candidate : names) {
        if (candidate.size() > longest) {
            continue;
        }
        const int d = distance(name, candidate);
        if (best.empty() || d < best_distance) {
            best = candidate;
            best_distance = d;
        }
    }
    const int allowed = name.size() <= 2 ? 5 : 10 * std::max(1, static_cast<int>(name.size()) / 3);
    return best_distance <= allowed ? best : std::string();
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names)
{
    const std::string best = nearest(name, names);
    return best.empty() ? best : "did you mean " + best + "?";
}

std::string joined(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 50;
    std::string all;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) {
        all += (i > 0 ? ", " : "") + names[i];
    }
    return names.size() > most ? all + " and " + std::to_string(names.size() - most) + " more"
                               : all;
}

std::string in_quotes(std::string_view text)
{
    constexpr std::size_t shown = 60;
    std::string out = "\"";
    std::size_t end = std::min(text.size(), shown);
    while (
        end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end; // not through the middle of a UTF-8 character
    }
    for (const char c : text.substr(0, end)) {
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    }
    return out + (end < text.size() ? "...\"" : "\"");
}

} // namespace engine::config
