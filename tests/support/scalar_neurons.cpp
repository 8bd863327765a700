#include "tests/support/scalar_neurons.hpp"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace tests {

namespace {

std::vector<double> list(const QJsonObject& params, const char* name)
{
    std::vector<double> values;
    for (const QJsonValue& value : params[name].toArray()) {
        values.push_back(value.toDouble());
    }
    return values;
}

/// V_min where there is one.
double lower_bound(const QJsonObject& params)
{
    return params["V_min"].toDouble(-std::numeric_limits<double>::infinity());
}

/// Voltages relative to E_L, as in NEST.
class Iaf final : public ScalarNeuron {
public:
    Iaf(const QJsonObject& params, double h, double V_m)
        : p_(params)
        , h_(h)
        , v_(V_m - p_["E_L"].toDouble())
    {
    }

    bool step(double I, const std::vector<double>& weights) override
    {
        const double E_L = p_["E_L"].toDouble();
        const double tau = p_["tau_m"].toDouble();
        const double P = std::exp(-h_ / tau);
        const double Q = tau / p_["C_m"].toDouble() * (1.0 - P);
        if (refractory_ == 0) {
            v_ = Q * (I + p_["I_e"].toDouble()) + P * v_ + weights[0] + buffer_;
            buffer_ = 0.0;
            v_ = std::max(v_, lower_bound(p_) - E_L);
        } else {
            if (p_["refractory_input"].toBool()) {
                buffer_ += weights[0] * std::exp(-refractory_ * h_ / tau);
            }
            --refractory_;
        }
        if (v_ < p_["V_th"].toDouble() - E_L) {
            return false;
        }
        v_ = p_["V_reset"].toDouble() - E_L;
        refractory_ = static_cast<int>(std::lround(p_["t_ref"].toDouble() / h_));
        return true;
    }

    double V_m() const override { return v_ + p_["E_L"].toDouble(); }

private:
    QJsonObject p_;
    double h_;
    double v_;
    double buffer_ = 0.0;
    int refractory_ = 0;
};

class Izhikevich final : public ScalarNeuron {
public:
    Izhikevich(const QJsonObject& params, double h, double V_m)
        : p_(params)
        , h_(h)
        , v_(V_m)
        , u_(p_["b"].toDouble() * V_m)
    {
    }

    bool step(double I, const std::vector<double>& weights) override
    {
        const QString integrator = p_["integrator"].toString();
        const double current = I + weights[1]; // port 1: for the whole step
        if (integrator == "euler") {
            const double v = v_ + (h_ * dv(current) + weights[0]);
            advance_u();
            v_ = v;
        } else {
            const int parts = integrator == "net2003" ? 2 : 1;
            for (int k = 0; k < parts; ++k) {
                v_ += h_ / parts * dv(current);
            }
            advance_u();
            v_ += weights[0];
        }
        v_ = std::max(v_, lower_bound(p_));
        const double peak = p_["V_th"].toDouble();
        if (integrator == "figure1" ? v_ <= peak : v_ < peak) {
            return false;
        }
        v_ = p_["c"].toDouble();
        u_ += p_["d"].toDouble();
        return true;
    }

    double V_m() const override { return v_; }

private:
    double dv(double I) const
    {
        return 0.04 * v_ * v_ + 5.0 * v_ + 140.0 - u_ + I + p_["I_e"].toDouble();
    }
    void advance_u() { u_ += h_ * p_["a"].toDouble() * (p_["b"].toDouble() * v_ - u_); }

    QJsonObject p_;
    double h_;
    double v_;
    double u_;
};

/// What both GLIF models share. Voltages relative to E_L.
class Glif : public ScalarNeuron {
public:
    Glif(const QJsonObject& params, const char* conductance, double h, double V_m)
        : p_(params)
        , h_(h)
        , g_m_(params[conductance].toDouble())
        , C_m_(params["C_m"].toDouble())
        , v_(V_m - params["E_L"].toDouble())
        , tau_(list(params, "tau_syn"))
        , x_(tau_.size(), 0.0)
        , y_(tau_.size(), 0.0)
        , asc_(list(params, "asc_init"))
    {
    }

    bool step(double I, const std::vector<double>& weights) override
    {
        bool fires = false;
        if (refractory_ > 0) {
            --refractory_;
        } else {
            const double before = v_;
            const double v = relaxed_before_decay(I);
            decay();
            v_ = relaxed_after_decay(v, I);
            fires = finish(before, I);
        }
        for (std::size_t i = 0; i < tau_.size(); ++i) {
            const double e = std::exp(-h_ / tau_[i]);
            y_[i] = e * (y_[i] + h_ * x_[i]);
            x_[i] = e * x_[i] + weights[i + 1] * std::numbers::e / tau_[i];
        }
        return fires;
    }

    double V_m() const override { return v_ + number("E_L"); }

protected:
    double number(const char* name) const { return p_[name].toDouble(); }
    /// The new voltage where it is made before S is refreshed, or after.
    virtual double relaxed_before_decay(double) const { return v_; }
    virtual double relaxed_after_decay(double v, double) const { return v; }

    QJsonObject p_;
    double h_;
    double g_m_;
    double C_m_;
    double v_;
    double S_ = 0.0; ///< mean of the after-spike currents over a step
    std::vector<double> tau_;
    std::vector<double> x_; ///< of each port; y is the conductance or current
    std::vector<double> y_;

private:
    bool on(const char* flag) const { return p_[flag].toBool(); }

    void decay()
    {
        if (on("spike_dependent_threshold")) {
            theta_s_ *= std::exp(-number("th_spike_decay") * h_);
        }
        S_ = 0.0;
        if (on("after_spike_currents")) {
            const std::vector<double> k = list(p_, "asc_decay");
            for (std::size_t j = 0; j < k.size(); ++j) {
                const double e = std::exp(-k[j] * h_);
                S_ += (1.0 - e) / (k[j] * h_) * asc_[j];
                asc_[j] *= e;
            }
        }
    }

    bool finish(double before, double I)
    {
        if (on("adapting_threshold")) {
            const double b = number("th_voltage_decay");
            const double a = number("th_voltage_index");
            const double phi = a / (b - g_m_ / C_m_);
            const double beta = (I + S_) / g_m_;
            theta_v_ = phi * (before - beta) * std::exp(-g_m_ * h_ / C_m_)
                + std::exp(-b * h_) * (theta_v_ - phi * (before - beta) - a / b * beta)
                + a / b * beta;
        }
        if (v_ <= theta_s_ + theta_v_ + number("V_th") - number("E_L")) {
            return false;
        }
        const double t_ref = number("t_ref");
        if (on("after_spike_currents")) {
            const std::vector<double> k = list(p_, "asc_decay");
            for (std::size_t j = 0; j < k.size(); ++j) {
                asc_[j] = list(p_, "asc_amps")[j]
                    + list(p_, "asc_r")[j] * std::exp(-k[j] * t_ref) * asc_[j];
            }
        }
        if (on("spike_dependent_threshold")) {
            v_ = number("voltage_reset_fraction") * before + number("voltage_reset_add");
            theta_s_
                = std::exp(-number("th_spike_decay") * t_ref) * theta_s_ + number("th_spike_add");
        } else {
            v_ = number("V_reset") - number("E_L");
        }
        refractory_ = static_cast<int>(std::lround(t_ref / h_));
        return true;
    }

    std::vector<double> asc_;
    double theta_s_ = 0.0;
    double theta_v_ = 0.0;
    int refractory_ = 0;
};

class GlifPsc final : public Glif {
public:
    GlifPsc(const QJsonObject& params, double h, double V_m)
        : Glif(params, "g", h, V_m)
    {
    }

protected:
    double relaxed_after_decay(double v, double I) const override
    {
        const double tau = C_m_ / g_m_;
        const double P = std::exp(-h_ / tau);
        double next = P * v + (I + S_) / g_m_ * (1.0 - P);
        for (std::size_t i = 0; i < tau_.size(); ++i) {
            const double e = std::exp(-h_ / tau_[i]);
            const double beta = tau * tau_[i] / (tau - tau_[i]);
            next += beta / C_m_ * ((P - e) * y_[i] + (beta * (P - e) - h_ * e) * x_[i]);
        }
        return next;
    }
};

/// Classical Runge-Kutta in forty parts of a step instead of NEST's Fehlberg 4/5.
class GlifCond final : public Glif {
public:
    GlifCond(const QJsonObject& params, double h, double V_m)
        : Glif(params, "g_m", h, V_m)
        , E_rev_(list(params, "E_rev"))
    {
        for (double& E : E_rev_) {
            E -= number("E_L");
        }
    }

protected:
    double relaxed_before_decay(double I) const override
    {
        constexpr int parts = 40;
        const double d = h_ / parts;
        double v = v_;
        for (int k = 0; k < parts; ++k) {
            const double k1 = slope(k * d, v, I);
            const double k2 = slope((k + 0.5) * d, v + 0.5 * d * k1, I);
            const double k3 = slope((k + 0.5) * d, v + 0.5 * d * k2, I);
            const double k4 = slope((k + 1) * d, v + d * k3, I);
            v += d / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
        }
        return v;
    }

private:
    double slope(double t, double v, double I) const
    {
        double sum = I + S_ - g_m_ * v;
        for (std::size_t i = 0; i < tau_.size(); ++i) {
            const double g = std::exp(-t / tau_[i]) * (y_[i] + t * x_[i]);
            sum -= g * (v - E_rev_[i]);
        }
        return sum / C_m_;
    }

    std::vector<double> E_rev_; ///< relative to E_L
};

} // namespace

std::unique_ptr<ScalarNeuron> scalar_neuron(
    const std::string& model, const QJsonObject& params, double dt_ms, double V_m)
{
    if (model == "iaf_psc_delta") {
        return std::make_unique<Iaf>(params, dt_ms, V_m);
    }
    if (model == "izhikevich") {
        return std::make_unique<Izhikevich>(params, dt_ms, V_m);
    }
    if (model == "glif_psc") {
        return std::make_unique<GlifPsc>(params, dt_ms, V_m);
    }
    if (model == "glif_cond") {
        return std::make_unique<GlifCond>(params, dt_ms, V_m);
    }
    throw std::invalid_argument("no scalar neuron for " + model);
}

} // namespace tests
