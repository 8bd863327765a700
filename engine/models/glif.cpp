#include "engine/models/glif.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>

namespace engine::models {

double mean_decay(double x) { return x == 0.0 ? 1.0 : -core::expm1(-x) / x; }

Glif::Glif(std::size_t size, double dt_ms, std::string_view conductance, const ParamTable& params,
    const InitTable& init)
    : grid_(dt_ms)
    , conductance_(conductance)
    , clock_(size)
    , V_m_(size)
    , theta_s_(size)
    , theta_v_(size)
    , asc_sum_(size, 0.0)
    , held_until_(size, 0.0)
{
    set_params(params);
    ParamColumns columns(params);
    const Column V_m = init_column(init, "V_m", columns.number("E_L"));
    const Column theta_s = init_column(init, "threshold_spike", Column(0.0));
    const Column theta_v = init_column(init, "threshold_voltage", Column(0.0));
    for (std::size_t i = 0; i < size; ++i) {
        V_m_[i] = V_m[i];
        theta_s_[i] = theta_s[i];
        theta_v_[i] = theta_v[i];
    }
    if (after_spike_currents_) {
        const auto currents = init.lists.find("ASCurrents");
        const std::vector<double>& start
            = currents == init.lists.end() ? columns.list("asc_init") : currents->second;
        for (const double I_j : start) {
            asc_.insert(asc_.end(), size, I_j);
        }
    }
}

void Glif::set_params(const ParamTable& params)
{
    ParamColumns columns(params);
    const double h = grid_.dt_ms();
    spike_dependent_threshold_ = columns.flag("spike_dependent_threshold");
    after_spike_currents_ = columns.flag("after_spike_currents");
    adapting_threshold_ = columns.flag("adapting_threshold");
    const Column E_L = columns.number("E_L");
    const Column g = columns.number(conductance_);
    const Column C_m = columns.number("C_m");
    const Column V_th = columns.number("V_th");
    const Column V_reset = columns.number("V_reset");
    const Column t_ref = columns.number("t_ref");
    const Column b_s = columns.number("th_spike_decay");
    const Column th_spike_add = columns.number("th_spike_add");
    const Column reset_fraction = columns.number("voltage_reset_fraction");
    const Column reset_add = columns.number("voltage_reset_add");
    const Column a_v = columns.number("th_voltage_index");
    const Column b_v = columns.number("th_voltage_decay");
    constants_.fill(size(), columns.uniform(), [&](std::size_t i) {
        GlifConstants<double> n {};
        n.E_L = E_L[i];
        n.g = g[i];
        n.C_m = C_m[i];
        n.th_inf = V_th[i] - E_L[i];
        n.v_reset = V_reset[i] - E_L[i];
        n.refractory_steps = static_cast<double>(grid_.steps(t_ref[i]));
        n.theta_s_step = core::exp(-b_s[i] * h);
        n.theta_s_refractory = core::exp(-b_s[i] * t_ref[i]);
        n.th_spike_add = th_spike_add[i];
        n.reset_fraction = reset_fraction[i];
        n.reset_add = reset_add[i];
        // Without synapses v(t) = beta + (v_0 - beta) exp(-m t) with m = g / C_m; both integrals of
        // v against exp(-b_v (h - t)) in a form that has no gap at b_v = m.
        const double m = g[i] / C_m[i];
        n.theta_v_step = core::exp(-b_v[i] * h);
        n.theta_v_from_v = a_v[i] * h * core::exp(-m * h) * mean_decay((b_v[i] - m) * h);
        n.theta_v_from_beta = a_v[i] * h * mean_decay(b_v[i] * h);
        return n;
    });
    for (std::size_t i = 0; i < size(); ++i) {
        held_until_[i] = std::min(held_until_[i], clock_.now(i) + constants_[i].refractory_steps);
    }

    currents_ = {};
    asc_kept_.clear();
    if (!after_spike_currents_) {
        return;
    }
    const std::vector<double>& k = columns.list("asc_decay");
    const std::vector<double>& r = columns.list("asc_r");
    currents_.amps = columns.list("asc_amps");
    for (const double k_j : k) {
        currents_.step.push_back(core::exp(-k_j * h));
        currents_.mean.push_back(mean_decay(k_j * h));
    }
    for (std::size_t i = 0; i < (columns.uniform() ? 1 : size()); ++i) {
        for (std::size_t j = 0; j < k.size(); ++j) {
            asc_kept_.push_back(r[j] * core::exp(-k[j] * t_ref[i]));
        }
    }
}

GlifChunk Glif::begin_step(std::size_t first, std::size_t count)
{
    GlifChunk chunk {};
    chunk.first = first;
    chunk.step = clock_.begin_step(first);
    chunk.V_m = V_m_.data() + first;
    chunk.theta_s = theta_s_.data() + first;
    chunk.theta_v = theta_v_.data() + first;
    chunk.asc_sum = asc_sum_.data() + first;
    chunk.held_until = held_until_.data() + first;
    chunk.asc = asc_.empty() ? nullptr : asc_.data() + first;
    chunk.asc_stride = size();
    chunk.asc_kept_stride = constants_.uniform() ? 0 : currents_.step.size();
    chunk.asc_kept = asc_kept_.empty() ? nullptr : asc_kept_.data() + first * chunk.asc_kept_stride;
    chunk.currents = &currents_;
    chunk.spike_dependent_threshold = spike_dependent_threshold_;
    chunk.adapting_threshold = adapting_threshold_;
    if (ChunkClock::flushes(chunk.step)) {
        flush(chunk.V_m, count);
        flush(chunk.theta_s, count);
        flush(chunk.theta_v, count);
        for (std::size_t j = 0; j < currents_.step.size(); ++j) {
            flush(chunk.asc + j * chunk.asc_stride, count);
        }
    }
    return chunk;
}

double Glif::threshold(std::size_t neuron) const
{
    const GlifConstants<double> n = constants_[neuron];
    return theta_s_[neuron] + theta_v_[neuron] + n.th_inf + n.E_L;
}

double* Glif::state(std::string_view name, std::size_t neuron)
{
    if (name == "V_m") {
        return &V_m_[neuron];
    }
    if (name == "threshold_spike" && spike_dependent_threshold_) {
        return &theta_s_[neuron];
    }
    return name == "threshold_voltage" && adapting_threshold_ ? &theta_v_[neuron] : nullptr;
}

Neurons::State Glif::copy_state() const
{
    return {{V_m_, theta_s_, theta_v_, asc_sum_, asc_},
        {clock_.steps_left(held_until_), clock_.places()}};
}

std::size_t Glif::restore(const Neurons::State& state)
{
    V_m_ = state.reals[0];
    theta_s_ = state.reals[1];
    theta_v_ = state.reals[2];
    asc_sum_ = state.reals[3];
    asc_ = state.reals[4];
    clock_.restore(state.counts[1]);
    held_until_ = clock_.until(state.counts[0]);
    return 5;
}

double glif_threshold_value(const Glif& glif, std::size_t index, std::size_t neuron)
{
    switch (index) {
    case 0:
        return glif.threshold(neuron);
    case 1:
        return glif.threshold_spike(neuron);
    case 2:
        return glif.threshold_voltage(neuron);
    default:
        return glif.asc_sum(neuron);
    }
}

} // namespace engine::models
