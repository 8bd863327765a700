#include "engine/core/value.hpp"

#include <array>
#include <charconv>

namespace engine::core {

std::string number_text(double x)
{
    std::array<char, 32> buffer {};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x);
    return std::string(buffer.data(), result.ptr);
}

namespace {

struct Printer {
    std::string operator()(std::monostate) const { return "none"; }
    std::string operator()(double x) const { return number_text(x); }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(const std::string& s) const { return s; }
    std::string operator()(const std::vector<double>& list) const
    {
        std::string out = "[";
        for (const double x : list) {
            out += (out.size() > 1 ? ", " : "") + number_text(x);
        }
        return out + "]";
    }
};

} // namespace

std::string value_text(const Value& value) { return std::visit(Printer {}, value); }

} // namespace engine::core
