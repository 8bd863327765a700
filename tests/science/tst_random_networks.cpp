#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/random_choice.hpp"
#include "tests/support/scalar_neurons.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include <map>

// Networks with random parameters, ports, delays, weights and inputs, as presets, against a plain
// implementation of NEST's update rules: the recorded runs of NEST cover a few parameters, this
// any.

namespace {

constexpr std::size_t neurons = 8;
constexpr double longest_delay_ms = 5.0;

using test_support::RandomChoice;

/// Rounded, so that files hold it exactly and sums do not depend on their order.
double grid_value(RandomChoice& random, double low, double high)
{
    return std::round(random.between(low, high) * 1024.0) / 1024.0;
}

QJsonArray list(RandomChoice& random, std::size_t n, double low, double high)
{
    QJsonArray values;
    for (std::size_t i = 0; i < n; ++i) {
        values.append(grid_value(random, low, high));
    }
    return values;
}

/// What a network of one model is drawn from.
struct Setting {
    QJsonObject params;
    std::size_t first_port = 0;
    std::size_t ports = 1;
    double rest = 0.0; ///< initial potentials lie above [mV]
    double current = 0.0; ///< that makes the neuron fire
    double weight = 1.0; ///< largest
};

Setting iaf(RandomChoice& random)
{
    Setting s;
    s.rest = grid_value(random, -75, 0);
    s.params = {{"tau_m", grid_value(random, 8, 25)}, {"C_m", grid_value(random, 1, 250)},
        {"E_L", s.rest}, {"V_th", s.rest + grid_value(random, 10, 20)},
        {"V_reset", s.rest + grid_value(random, -5, 8)}, {"I_e", 0.0},
        {"t_ref", 0.1 * static_cast<double>(random.below(50))},
        {"refractory_input", !random.once_in(4)}};
    if (random.once_in(2)) {
        s.params["V_min"] = s.rest - grid_value(random, 1, 6);
    }
    s.current = 25.0 * s.params["C_m"].toDouble() / s.params["tau_m"].toDouble();
    s.weight = 4.0;
    return s;
}

Setting izhikevich(RandomChoice& random)
{
    Setting s;
    s.rest = -70.0;
    s.params = {{"a", grid_value(random, 0.02, 0.1)}, {"b", grid_value(random, 0.2, 0.25)},
        {"c", grid_value(random, -65, -50)}, {"d", grid_value(random, 2, 8)}, {"V_th", 30.0},
        {"I_e", grid_value(random, 0, 3)},
        {"integrator", random.one_of<QString>({"euler", "net2003", "figure1"})}};
    if (random.once_in(2)) {
        s.params["V_min"] = -75.0;
    }
    s.ports = 2;
    s.current = 15.0;
    s.weight = 10.0;
    return s;
}

Setting glif(RandomChoice& random, const char* conductance)
{
    Setting s;
    const std::size_t level = random.below(5);
    const double g = grid_value(random, 5, 20);
    const double threshold = grid_value(random, 12, 30);
    s.rest = grid_value(random, -85, -65);
    s.params = {{conductance, g}, {"C_m", grid_value(random, 40, 150)}, {"E_L", s.rest},
        {"V_th", s.rest + threshold}, {"V_reset", s.rest + grid_value(random, -5, 8)},
        {"t_ref", 0.1 * static_cast<double>(1 + random.below(50))},
        {"spike_dependent_threshold", level == 1 || level >= 3},
        {"after_spike_currents", level >= 2}, {"adapting_threshold", level == 4},
        {"th_spike_add", grid_value(random, 0, 3)},
        {"th_spike_decay", grid_value(random, 0.003, 0.1)},
        {"voltage_reset_fraction", grid_value(random, 0, 0.5)},
        {"voltage_reset_add", grid_value(random, -5, 8)},
        {"th_voltage_index", grid_value(random, 0.001, 0.02)},
        {"th_voltage_decay", grid_value(random, 0.01, 0.03)}, // below any g / C_m
        {"asc_init", list(random, 3, -50, 20)}, {"asc_decay", list(random, 3, 0.002, 0.3)},
        {"asc_amps", list(random, 3, -100, 20)}, {"asc_r", list(random, 3, 0, 1)},
        {"tau_syn", list(random, 3, 0.3, 3)}};
    s.first_port = 1;
    s.ports = 3;
    s.current = 2.0 * g * threshold;
    s.weight = 100.0;
    return s;
}

Setting glif_cond(RandomChoice& random)
{
    Setting s = glif(random, "g_m");
    s.params["E_rev"]
        = QJsonArray {0.0, grid_value(random, -95, -70), grid_value(random, -60, -20)};
    s.weight = 6.0;
    return s;
}

Setting draw(const std::string& model, RandomChoice& random)
{
    return model == "iaf_psc_delta" ? iaf(random)
        : model == "izhikevich"     ? izhikevich(random)
        : model == "glif_psc"       ? glif(random, "g")
                                    : glif_cond(random);
}

struct Connection {
    std::size_t target;
    std::size_t port;
    double weight;
    long long delay; ///< steps
};

/// A network as a preset and as scalar neurons.
class RandomNetwork {
public:
    RandomNetwork(const std::string& model, std::uint64_t seed)
        : random_(seed)
        , dt_ms_(random_.one_of<double>({0.05, 0.1}))
        , setting_(draw(model, random_))
    {
        for (std::size_t i = 0; i < neurons; ++i) {
            V_m_.append(setting_.rest + grid_value(random_, 0, 8));
            scalar_.push_back(tests::scalar_neuron(
                model, setting_.params, dt_ms_, V_m_[static_cast<int>(i)].toDouble()));
        }
        connect();
        stimulate();
        preset_ = {{"format", "spikescope-preset"}, {"version", 1}, {"id", "random"},
            {"title", "random"},
            {"simulation", QJsonObject {{"dt", dt_ms_}, {"duration", duration_ms}}},
            {"populations",
                QJsonArray {QJsonObject {{"name", "n"}, {"size", static_cast<int>(neurons)},
                    {"model", QString::fromStdString(model)}, {"params", setting_.params},
                    {"init", QJsonObject {{"V_m", QJsonObject {{"values", V_m_}}}}}}}},
            {"projections", projections_}, {"stimuli", stimuli_},
            {"record",
                QJsonObject {{"traces",
                    QJsonArray {QJsonObject {{"population", "n"}, {"neurons", "all"},
                        {"variables", QJsonArray {"V_m"}}}}}}}};
    }

    std::string preset() const { return QJsonDocument(preset_).toJson().toStdString(); }
    long long steps() const { return std::llround(duration_ms / dt_ms_); }

    /// Advances the scalar neurons by a step; those that fire.
    std::vector<std::uint32_t> step()
    {
        auto& arriving = arrivals_[now_ + 1]; // what has its stamp at the end of this step
        arriving.resize(neurons, std::vector<double>(4, 0.0));
        std::vector<std::uint32_t> fired;
        for (std::size_t i = 0; i < neurons; ++i) {
            const double I = now_ >= on_ && now_ < off_ ? current_ : 0.0;
            if (scalar_[i]->step(I, arriving[i])) {
                fired.push_back(static_cast<std::uint32_t>(i));
            }
        }
        ++now_;
        arrivals_.erase(now_);
        for (const std::uint32_t i : fired) {
            for (const Connection& c : outgoing_[i]) {
                arrive(now_ + c.delay, c.target, c.port, c.weight);
            }
        }
        return fired;
    }

    double V_m(std::size_t neuron) const { return scalar_[neuron]->V_m(); }

private:
    static constexpr double duration_ms = 200.0;

    double time(long long step) const
    {
        return std::round(static_cast<double>(step) * dt_ms_ * 100.0) / 100.0;
    }
    long long some_delay()
    {
        return 1
            + static_cast<long long>(
                random_.below(static_cast<std::size_t>(longest_delay_ms / dt_ms_)));
    }
    double some_weight()
    {
        return grid_value(random_, random_.once_in(3) ? -setting_.weight : 0.0, setting_.weight);
    }

    void arrive(long long step, std::size_t neuron, std::size_t port, double weight)
    {
        auto& arriving = arrivals_[step];
        arriving.resize(neurons, std::vector<double>(4, 0.0));
        arriving[neuron][port] += weight;
    }

    /// One projection for each port; pairs may repeat, autapses occur.
    void connect()
    {
        outgoing_.resize(neurons);
        for (std::size_t port = setting_.first_port; port < setting_.first_port + setting_.ports;
             ++port) {
            QJsonArray connections;
            for (int k = 0; k < 20; ++k) {
                const std::size_t source = random_.below(neurons);
                const Connection c {random_.below(neurons), port, some_weight(), some_delay()};
                outgoing_[source].push_back(c);
                connections.append(QJsonArray {
                    static_cast<int>(source), static_cast<int>(c.target), c.weight, time(c.delay)});
            }
            projections_.append(
                QJsonObject {{"source", "n"}, {"target", "n"}, {"port", static_cast<int>(port)},
                    {"rule", QJsonObject {{"rule", "explicit"}, {"connections", connections}}}});
        }
    }

    /// A train to some neurons for each port, and a current step to all.
    void stimulate()
    {
        for (std::size_t port = setting_.first_port; port < setting_.first_port + setting_.ports;
             ++port) {
            const std::size_t first = 1 + random_.below(neurons);
            const long long delay = some_delay();
            QJsonArray times;
            QJsonArray weights;
            for (long long k = 1; k < steps();
                 k += 1 + static_cast<long long>(random_.below(100))) {
                const double weight = some_weight();
                times.append(time(k));
                weights.append(weight);
                for (std::size_t i = 0; i < first; ++i) {
                    arrive(k + delay, i, port, weight);
                }
            }
            stimuli_.append(QJsonObject {{"type", "spike_train"}, {"port", static_cast<int>(port)},
                {"target", QJsonObject {{"population", "n"}, {"first", static_cast<int>(first)}}},
                {"times", times}, {"weights", weights}, {"delay", time(delay)}});
        }
        on_ = static_cast<long long>(random_.below(500));
        off_ = steps() - static_cast<long long>(random_.below(500));
        current_ = grid_value(random_, 0.5, 1.0) * setting_.current;
        stimuli_.append(QJsonObject {{"type", "dc"}, {"target", "n"}, {"amplitude", current_},
            {"start", time(on_)}, {"stop", time(off_)}});
    }

    RandomChoice random_;
    double dt_ms_;
    Setting setting_;
    QJsonArray V_m_;
    QJsonArray projections_;
    QJsonArray stimuli_;
    QJsonObject preset_;
    std::vector<std::unique_ptr<tests::ScalarNeuron>> scalar_;
    std::vector<std::vector<Connection>> outgoing_;
    std::map<long long, std::vector<std::vector<double>>> arrivals_; ///< [step][neuron][port]
    long long now_ = 0;
    long long on_ = 0;
    long long off_ = 0;
    double current_ = 0.0;
};

} // namespace

class TestRandomNetworks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spikes_are_equal_and_voltages_agree_data();
    void spikes_are_equal_and_voltages_agree();
};

void TestRandomNetworks::spikes_are_equal_and_voltages_agree_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("seed");
    QTest::addColumn<double>("tolerance_mV");
    // Exact propagators; the same operations in the same order; Runge-Kutta with other steps, whose
    // difference negative conductances let grow.
    const std::vector<std::pair<const char*, double>> models {
        {"iaf_psc_delta", 1e-9}, {"izhikevich", 1e-6}, {"glif_psc", 1e-9}, {"glif_cond", 1e-3}};
    for (const auto& [model, tolerance_mV] : models) {
        for (int seed = 1; seed <= 8; ++seed) {
            QTest::addRow("%s %d", model, seed) << model << seed << tolerance_mV;
        }
    }
}

void TestRandomNetworks::spikes_are_equal_and_voltages_agree()
{
    QFETCH(QString, model);
    QFETCH(int, seed);
    QFETCH(double, tolerance_mV);
    RandomNetwork network(model.toStdString(), static_cast<std::uint64_t>(seed));
    engine::Simulation simulation(support::preset(network.preset()), {});
    simulation.advance(network.steps());
    const auto rows = simulation.history()->rows(0, 0, network.steps());
    QCOMPARE(rows.values.size(), neurons * static_cast<std::size_t>(network.steps()));

    std::vector<engine::recording::Spike> expected;
    double largest_mV = 0.0;
    for (long long k = 0; k < network.steps(); ++k) {
        for (const std::uint32_t neuron : network.step()) {
            expected.push_back({k + 1, 0, neuron});
        }
        for (std::size_t i = 0; i < neurons; ++i) {
            const double V_m = rows.values[static_cast<std::size_t>(k) * neurons + i];
            largest_mV = std::max(largest_mV, std::abs(V_m - network.V_m(i)));
        }
    }
    const auto spikes = simulation.history()->spikes(0, network.steps());
    qInfo("%zu spikes, V_m within %.2g mV", spikes.size(), largest_mV);
    QVERIFY(spikes == expected);
    QVERIFY(!spikes.empty());
    QVERIFY2(largest_mV <= tolerance_mV, qPrintable(QString::number(largest_mV)));
}

QTEST_APPLESS_MAIN(TestRandomNetworks)
#include "tst_random_networks.moc"
