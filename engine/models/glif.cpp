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
    , V_m_(size)
    , theta_s_(size)
    , theta_v_(size)
    , asc_sum_(size, 0.0)
    , refractory_(size, 0)
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
        for (std::size_t i = 0; i < size; ++i) {
            asc_.insert(asc_.end(), start.begin(), start.end());
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
    uniform_ = columns.uniform();
    neurons_ = per_neuron(size(), uniform_, [&](std::size_t i) {
        Neuron n {};
        n.membrane = {E_L[i], g[i], C_m[i]};
        n.th_inf = V_th[i] - E_L[i];
        n.v_reset = V_reset[i] - E_L[i];
        n.refractory_steps = static_cast<std::int32_t>(grid_.steps(t_ref[i]));
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
        refractory_[i] = std::min(refractory_[i], neuron_at(i).refractory_steps);
    }

    asc_step_.clear();
    asc_mean_.clear();
    asc_kept_.clear();
    if (!after_spike_currents_) {
        return;
    }
    const std::vector<double>& k = columns.list("asc_decay");
    const std::vector<double>& r = columns.list("asc_r");
    asc_amps_ = columns.list("asc_amps");
    for (const double k_j : k) {
        asc_step_.push_back(core::exp(-k_j * h));
        asc_mean_.push_back(mean_decay(k_j * h));
    }
    for (std::size_t i = 0; i < neurons_.size(); ++i) {
        for (std::size_t j = 0; j < k.size(); ++j) {
            asc_kept_.push_back(r[j] * core::exp(-k[j] * t_ref[i]));
        }
    }
}

bool Glif::hold(std::size_t neuron)
{
    if (refractory_[neuron] == 0) {
        return false;
    }
    --refractory_[neuron];
    return true;
}

void Glif::decay(std::size_t neuron)
{
    if (spike_dependent_threshold_) {
        theta_s_[neuron] *= neuron_at(neuron).theta_s_step;
    }
    const std::size_t currents = asc_step_.size();
    double sum = 0.0;
    for (std::size_t j = 0; j < currents; ++j) {
        double& I_j = asc_[neuron * currents + j];
        sum += asc_mean_[j] * I_j;
        I_j *= asc_step_[j];
    }
    asc_sum_[neuron] = sum;
}

bool Glif::finish(std::size_t neuron, double v_new, double I)
{
    const Neuron& n = neuron_at(neuron);
    const double v_old = v(neuron);
    if (adapting_threshold_) {
        const double beta = (I + asc_sum_[neuron]) / n.membrane.g;
        theta_v_[neuron] = n.theta_v_step * theta_v_[neuron] + n.theta_v_from_v * (v_old - beta)
            + n.theta_v_from_beta * beta;
    }
    const bool fires = v_new > theta_s_[neuron] + theta_v_[neuron] + n.th_inf;
    if (fires) {
        const std::size_t currents = asc_step_.size();
        for (std::size_t j = 0; j < currents; ++j) {
            double& I_j = asc_[neuron * currents + j];
            I_j = asc_amps_[j] + asc_kept(neuron, j) * I_j;
        }
        v_new = n.v_reset;
        if (spike_dependent_threshold_) {
            v_new = n.reset_fraction * v_old + n.reset_add;
            theta_s_[neuron] = n.theta_s_refractory * theta_s_[neuron] + n.th_spike_add;
        }
        refractory_[neuron] = n.refractory_steps;
    }
    V_m_[neuron] = v_new + n.membrane.E_L;
    return fires;
}

bool Glif::finite(std::size_t neuron) const
{
    return models::finite(V_m_[neuron]) && models::finite(asc_sum_[neuron])
        && models::finite(threshold(neuron));
}

double Glif::threshold(std::size_t neuron) const
{
    const Neuron& n = neuron_at(neuron);
    return theta_s_[neuron] + theta_v_[neuron] + n.th_inf + n.membrane.E_L;
}

Neurons::State Glif::copy_state() const
{
    return {{V_m_, theta_s_, theta_v_, asc_sum_, asc_}, {refractory_}};
}

std::size_t Glif::restore(const Neurons::State& state)
{
    V_m_ = state.reals[0];
    theta_s_ = state.reals[1];
    theta_v_ = state.reals[2];
    asc_sum_ = state.reals[3];
    asc_ = state.reals[4];
    refractory_ = state.counts[0];
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
