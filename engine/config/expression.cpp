#include "engine/config/expression.hpp"

#include "engine/core/numerics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

/// Whole exponents by multiplication: exact where the result is, so that 3^2 can be a size.
double power(double x, double y)
{
    constexpr double most = 64.0;
    if (std::floor(y) != y || std::abs(y) > most) {
        return core::pow(x, y);
    }
    double result = 1.0;
    double square = x;
    for (auto n = static_cast<unsigned>(std::abs(y)); n > 0; n >>= 1U) {
        if ((n & 1U) != 0) {
            result *= square;
        }
        if (n > 1) {
            square *= square;
        }
    }
    return y < 0.0 ? 1.0 / result : result;
}

double truth(bool b) { return b ? 1.0 : 0.0; }

} // namespace

double Expression::evaluate(const double* values) const
{
    std::array<double, 32> small {};
    std::vector<double> large;
    double* stack = small.data();
    if (stack_ > small.size()) {
        large.resize(stack_);
        stack = large.data();
    }
    double* top = stack; // one past the topmost entry
    for (const Instruction& instruction : program_) {
        switch (instruction.op) {
        case Op::constant:
            *top++ = instruction.constant;
            continue;
        case Op::name:
            *top++ = values[instruction.name];
            continue;
        case Op::negate:
            top[-1] = -top[-1];
            continue;
        case Op::exp:
            top[-1] = core::exp(top[-1]);
            continue;
        case Op::log:
            top[-1] = core::log(top[-1]);
            continue;
        case Op::sqrt:
            top[-1] = std::sqrt(top[-1]);
            continue;
        case Op::abs:
            top[-1] = std::abs(top[-1]);
            continue;
        case Op::floor:
            top[-1] = std::floor(top[-1]);
            continue;
        case Op::ceil:
            top[-1] = std::ceil(top[-1]);
            continue;
        case Op::round:
            top[-1] = std::round(top[-1]);
            continue;
        case Op::sin:
            top[-1] = core::sin(top[-1]);
            continue;
        case Op::cos:
            top[-1] = core::cos(top[-1]);
            continue;
        case Op::tanh:
            top[-1] = core::tanh(top[-1]);
            continue;
        case Op::choose:
            top -= 2;
            top[-1] = top[-1] != 0.0 ? top[0] : top[1];
            continue;
        default:
            break;
        }
        --top;
        double& x = top[-1];
        const double y = *top;
        switch (instruction.op) {
        case Op::add:
            x += y;
            break;
        case Op::subtract:
            x -= y;
            break;
        case Op::multiply:
            x *= y;
            break;
        case Op::divide:
            x /= y;
            break;
        case Op::power:
            x = power(x, y);
            break;
        case Op::less:
            x = truth(x < y);
            break;
        case Op::less_equal:
            x = truth(x <= y);
            break;
        case Op::greater:
            x = truth(x > y);
            break;
        case Op::greater_equal:
            x = truth(x >= y);
            break;
        case Op::equal:
            x = truth(x == y);
            break;
        case Op::not_equal:
            x = truth(x != y);
            break;
        case Op::min:
            x = y < x ? y : x;
            break;
        case Op::max:
            x = y > x ? y : x;
            break;
        default:
            break;
        }
    }
    return stack[0];
}

bool is_name(std::string_view text)
{
    const auto letter
        = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && letter(text.front())
        && std::all_of(
            text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

NeuronExpression::NeuronExpression(Expression expression,
    const std::map<std::string, double>& variables, const std::vector<std::string>& random_names)
    : expression_(std::move(expression))
    , bound_(expression_.names().size(), 0.0)
{
    for (std::size_t slot = 0; slot < expression_.names().size(); ++slot) {
        const std::string& name = expression_.names()[slot];
        if (std::find(random_names.begin(), random_names.end(), name) != random_names.end()) {
            random_names_.push_back(name);
            random_slots_.push_back(slot);
        } else {
            bound_[slot] = variables.at(name);
        }
    }
}

double NeuronExpression::evaluate(
    const std::vector<const double*>& randoms, std::size_t neuron) const
{
    std::array<double, 16> small {};
    std::vector<double> large;
    double* values = small.data();
    if (bound_.size() > small.size()) {
        large.resize(bound_.size());
        values = large.data();
    }
    std::copy(bound_.begin(), bound_.end(), values);
    for (std::size_t i = 0; i < random_slots_.size(); ++i) {
        values[random_slots_[i]] = randoms[i][neuron];
    }
    return expression_.evaluate(values);
}

} // namespace engine::config
