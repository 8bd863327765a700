#include "app/cli/theory_command.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/text_table.hpp"
#include "engine/core/value.hpp"
#include "engine/theory/stability.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace app::cli {

namespace theory = engine::theory;
using Json = nlohmann::ordered_json;

namespace {

struct Option {
    const char* name;
    const char* unit;
    double theory::BrunelParams::*value;
};
constexpr std::array<Option, 10> options {{
    {"g", "", &theory::BrunelParams::g},
    {"eta", "", &theory::BrunelParams::eta},
    {"J", " mV", &theory::BrunelParams::J},
    {"C_E", "", &theory::BrunelParams::C_E},
    {"gamma", "", &theory::BrunelParams::gamma},
    {"tau_m", " ms", &theory::BrunelParams::tau_m},
    {"V_th", " mV", &theory::BrunelParams::V_th},
    {"V_reset", " mV", &theory::BrunelParams::V_reset},
    {"t_ref", " ms", &theory::BrunelParams::t_ref},
    {"delay", " ms", &theory::BrunelParams::delay},
}};

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json word(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

/// Keys of one state; all null where there is none.
Json to_json(const theory::Solution* solution)
{
    Json out;
    for (const char* key : {"rate_hz", "cv", "stability", "state", "leading_f_hz", "leading_K",
             "mode_f_hz", "mode_growth_per_ms", "mu_mv", "sigma_mv"}) {
        out[key] = nullptr;
    }
    if (solution == nullptr) {
        return out;
    }
    const theory::Stability& stability = solution->stability;
    out["rate_hz"] = number(solution->rate_Hz);
    out["cv"] = number(solution->cv);
    out["stability"] = word(theory::stability_word(stability.kind));
    out["state"] = word(theory::state_name(solution->rate_Hz, solution->cv, stability));
    if (stability.leading) {
        out["leading_f_hz"] = number(stability.leading->f_Hz);
        out["leading_K"] = number(stability.leading->K);
    }
    if (stability.mode) {
        out["mode_f_hz"] = number(stability.mode->f_Hz);
        out["mode_growth_per_ms"] = number(stability.mode->growth_per_ms);
    }
    out["mu_mv"] = number(solution->mu);
    out["sigma_mv"] = number(solution->sigma);
    return out;
}

/// The state with the highest rate at the top, all of them under "solutions".
Json to_json(const theory::BrunelParams& params, const std::vector<theory::Solution>& solutions)
{
    Json out = to_json(solutions.empty() ? nullptr : &solutions.back());
    out["solutions"] = Json::array();
    for (const theory::Solution& solution : solutions) {
        out["solutions"].push_back(to_json(&solution));
    }
    for (const Option& option : options) {
        out["parameters"][option.name] = params.*option.value;
    }
    return out;
}

std::string digits(double x, int significant)
{
    std::ostringstream text;
    text << std::setprecision(significant) << x;
    return std::isfinite(x) ? text.str() : "-";
}

TableRow row(const theory::Solution& solution)
{
    const theory::Stability& stability = solution.stability;
    const std::string_view word = theory::stability_word(stability.kind);
    const std::string_view name = theory::state_name(solution.rate_Hz, solution.cv, stability);
    const auto& leading = stability.leading;
    const auto& mode = stability.mode;
    return {digits(solution.rate_Hz, 4), digits(solution.cv, 3), std::string(name),
        std::string(word.empty() ? "unknown" : word), leading ? digits(leading->f_Hz, 4) : "-",
        leading ? digits(leading->K, 3) : "-", mode ? digits(mode->f_Hz, 4) : "-",
        mode ? digits(mode->growth_per_ms, 3) : "-", digits(solution.mu, 4),
        digits(solution.sigma, 4)};
}

void print(const theory::BrunelParams& params, const std::vector<theory::Solution>& solutions)
{
    std::string line;
    for (const Option& option : options) {
        line += (line.empty() ? "" : ", ") + std::string(option.name) + " = "
            + engine::core::number_text(params.*option.value) + option.unit;
    }
    std::cout << "Brunel network, mean-field theory\n" << line << '\n';
    std::vector<TableRow> rows {{"rate Hz", "CV", "state", "stability", "leading f Hz", "K",
        "mode f Hz", "growth 1/ms", "mu mV", "sigma mV"}};
    for (const theory::Solution& solution : solutions) {
        rows.push_back(row(solution));
    }
    print_table(solutions.size() == 1 ? "The stationary state" : "Stationary states", rows);
    std::cout
        << "\nK is the loop gain of a perturbation at the leading frequency: it grows as an "
           "oscillation "
           "where K > 1.\nThe mode is the rhythm that grows or dies away, as exp(growth t).\n";
}

} // namespace

int theory_command(const theory::BrunelParams& params, bool json)
{
    engine::core::Diagnostics problems = theory::check(params);
    if (!problems.empty()) {
        throw engine::core::InputError(std::move(problems));
    }
    const std::vector<theory::Solution> solutions = theory::solve(params);
    if (json) {
        std::cout << to_json(params, solutions).dump(2) << '\n';
    } else {
        print(params, solutions);
    }
    return done;
}

} // namespace app::cli
