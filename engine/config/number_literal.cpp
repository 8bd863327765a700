#include "engine/config/number_literal.hpp"

#include <charconv>

namespace engine::config {

namespace {

std::size_t skip_digits(std::string_view text, std::size_t from)
{
    while (from < text.size() && text[from] >= '0' && text[from] <= '9') {
        ++from;
    }
    return from;
}

/// Whether a number that does not fit into a double is too small for it, not too large.
bool is_tiny(std::string_view digits)
{
    const std::size_t exponent = digits.find_first_of("eE");
    if (exponent == std::string_view::npos) {
        return digits.find_first_not_of("0.") > digits.find('.');
    }
    return digits.substr(exponent + 1, 1) == "-";
}

} // namespace

std::size_t number_end(std::string_view text, std::size_t begin)
{
    std::size_t end = skip_digits(text, begin);
    if (end < text.size() && text[end] == '.') {
        end = skip_digits(text, end + 1);
    }
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        // Without digits behind it the letter is a name of its own.
        const bool has_sign
            = end + 1 < text.size() && (text[end + 1] == '-' || text[end + 1] == '+');
        const std::size_t first = end + (has_sign ? 2 : 1);
        const std::size_t last = skip_digits(text, first);
        if (last > first) {
            end = last;
        }
    }
    return end;
}

std::optional<double> number_value(std::string_view digits)
{
    double x = 0.0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), x);
    if (read.ec == std::errc::result_out_of_range) {
        return is_tiny(digits) ? std::optional(0.0) : std::nullopt;
    }
    return x;
}

} // namespace engine::config
