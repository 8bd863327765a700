// The kernels of every model compiled for the baseline, for AVX2 and for AVX-512 give the same
// bits, whatever the parameters, the input and the number of neurons. What the processor has not
// got is replaced by the best that it has.

#include "engine/core/dispatch.hpp"
#include "engine/models/neurons.hpp"
#include "tests/support/random_choice.hpp"
#include "tests/support/repetitions.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using namespace engine;
using models::chunk_size;

namespace {

using List = std::vector<double>;

/// A population with random parameters and the scale of what acts on it.
struct Case {
    std::string model;
    std::size_t size = 1;
    double dt_ms = 0.1;
    models::ParamTable table;
    std::size_t ports = 1;
    double weight = 1.0;
    double current = 1.0;
    bool has_current = false;
};

class Maker {
public:
    Maker(const std::string& model, std::uint64_t seed)
        : random_(seed)
    {
        case_.model = model;
        case_.table.common = models::Registry::instance().find(model)->defaults();
        case_.size = random_.once_in(4) ? 1 + random_.below(40) : 1 + random_.below(1100);
        // Every fourth as most networks are: few cases have it among them too.
        plain_ = seed % 4 == 0;
        each_ = !plain_ && random_.once_in(2);
        case_.has_current = random_.once_in(2);
    }

    Case make()
    {
        if (case_.model == "iaf_psc_delta") {
            iaf();
        } else if (case_.model == "izhikevich") {
            izhikevich();
        } else {
            glif();
        }
        return case_;
    }

private:
    void put(const char* name, double low, double high)
    {
        if (each_ && random_.once_in(2)) {
            List& column = case_.table.per_neuron[name];
            for (std::size_t i = 0; i < case_.size; ++i) {
                column.push_back(random_.between(low, high));
            }
        } else {
            case_.table.common[name] = random_.between(low, high);
        }
    }
    void flag(const char* name, bool value) { case_.table.common[name] = value; }

    void iaf()
    {
        put("tau_m", 1, 30);
        put("C_m", 100, 300);
        if (random_.once_in(2)) {
            put("E_L", -75, -65);
            put("V_th", -58, -50);
            put("V_reset", -75, -65);
        } else { // as in Brunel's network
            case_.table.common["E_L"] = 0.0;
            put("V_th", 12, 20);
            put("V_reset", 0, 10);
        }
        put("t_ref", 0, 4);
        put("I_e", 0, 300);
        if (random_.once_in(3)) {
            put("V_min", -80, -76);
        }
        flag("refractory_input", !plain_ && random_.once_in(2));
        case_.weight = 3.0;
        case_.current = 100.0;
    }

    void izhikevich()
    {
        case_.table.common["integrator"]
            = random_.one_of<std::string>({"euler", "net2003", "figure1", "pymonnto", "rk4"});
        put("a", 0.02, 0.1);
        put("b", 0.15, 0.26);
        put("c", -65, -50);
        put("d", 2, 8);
        put("I_e", 0, 10);
        if (random_.once_in(2)) {
            put("V_min", -90, -70);
        }
        case_.dt_ms = random_.once_in(2) ? 0.1 : 0.5;
        case_.ports = 2;
        case_.weight = 5.0;
        case_.current = 5.0;
    }

    void glif()
    {
        const bool conductances = case_.model == "glif_cond";
        const std::size_t level = random_.below(5); // LIF, R, ASC, R + ASC, R + ASC + A
        flag("spike_dependent_threshold", level == 1 || level >= 3);
        flag("after_spike_currents", level >= 2);
        flag("adapting_threshold", level == 4);
        put("t_ref", 0.5, 4);
        put("V_th", -60, -48);
        put("C_m", 40, 70);
        put(conductances ? "g_m" : "g", 7, 11);
        put("th_spike_add", 0.1, 1);
        put("th_spike_decay", 0.005, 0.02);
        List tau_syn;
        List E_rev;
        for (std::size_t port = random_.below(3) + 1; port > 0; --port) {
            tau_syn.push_back(random_.between(0.2, 5));
            E_rev.push_back(random_.once_in(2) ? 0.0 : -85.0);
        }
        case_.ports = tau_syn.size() + 1;
        case_.table.common["tau_syn"] = tau_syn;
        if (conductances) {
            case_.table.common["E_rev"] = E_rev;
        }
        case_.weight = conductances ? 10.0 : 200.0;
        case_.current = 300.0;
    }

    test_support::RandomChoice random_;
    Case case_;
    bool plain_ = false; ///< one value for all neurons, no input while refractory
    bool each_ = false;
};

struct Outcome {
    std::vector<std::uint32_t> fired;
    std::vector<models::Neurons::State> states; ///< after every 50th step
    std::size_t faults = 0;
    std::size_t counted = 0; ///< steps of chunks whose arrivals came as counts
    friend bool operator==(const Outcome& x, const Outcome& y)
    {
        return x.fired == y.fired && x.states == y.states && x.faults == y.faults;
    }
};

constexpr int steps = 250;

/// Random counts with weights, and their sums as preset-format says: from 0, in their order.
struct Counted {
    std::vector<std::vector<std::uint8_t>> counts;
    std::vector<models::CountedArrivals> terms;
    List sums;

    Counted(test_support::RandomChoice& random, std::size_t count, double weight)
        : sums(count, 0.0)
    {
        const std::size_t wanted = 1 + random.below(4);
        const bool all_negative = random.once_in(8);
        for (std::size_t t = 0; t < wanted; ++t) {
            std::vector<std::uint8_t>& row = counts.emplace_back();
            for (std::size_t i = 0; i < count; ++i) {
                row.push_back(static_cast<std::uint8_t>(
                    random.once_in(40) ? random.below(256) : random.below(3)));
            }
            terms.push_back({nullptr,
                random.between(
                    all_negative ? -weight : -0.5 * weight, all_negative ? 0.0 : weight)});
            for (std::size_t i = 0; i < count; ++i) {
                sums[i] += terms[t].weight * row[i];
            }
        }
        for (std::size_t t = 0; t < wanted; ++t) {
            terms[t].counts = counts[t].data();
        }
    }
};

Outcome run(const Case& c, std::uint64_t seed, core::Instructions instructions)
{
    core::use_instructions(instructions);
    test_support::RandomChoice random(seed);
    const auto neurons
        = models::Registry::instance().find(c.model)->make(c.size, c.dt_ms, c.table, {});
    Outcome outcome;
    for (int step = 0; step < steps; ++step) {
        for (std::size_t first = 0; first < c.size; first += chunk_size) {
            const std::size_t count = std::min(chunk_size, c.size - first);
            List current(count);
            for (double& I : current) {
                I = random.between(-c.current, c.current);
            }
            std::vector<List> arrivals(c.ports, List(count));
            std::vector<const double*> ports;
            for (List& port : arrivals) {
                for (double& w : port) {
                    w = random.once_in(3) ? random.between(-0.5 * c.weight, c.weight) : 0.0;
                }
                ports.push_back(random.once_in(4) ? nullptr : port.data());
            }
            const Counted counted(random, count, 0.2 * c.weight);
            models::StepInput input;
            input.current = c.has_current ? current.data() : nullptr;
            if (random.once_in(2)) { // what arrives at the first port in its other form
                const bool taken = neurons->most_counted() >= counted.terms.size();
                ports[0] = taken ? nullptr : counted.sums.data();
                input.counted = taken ? std::span(counted.terms) : input.counted;
                outcome.counted += taken ? std::size_t {1} : 0;
            }
            input.arrivals = ports;
            outcome.faults
                += neurons->advance(first, count, input, outcome.fired) ? std::size_t {1} : 0;
        }
        if (step % 50 == 49) {
            outcome.states.push_back(neurons->copy_state());
        }
    }
    core::use_instructions(core::best_instructions());
    return outcome;
}

} // namespace

class TestModelTwins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void same_bits_for_any_parameters_and_input_data();
    void same_bits_for_any_parameters_and_input();
};

void TestModelTwins::same_bits_for_any_parameters_and_input_data()
{
    QTest::addColumn<QString>("model");
    for (const char* model : {"iaf_psc_delta", "izhikevich", "glif_psc", "glif_cond"}) {
        QTest::newRow(model) << QString(model);
    }
}

void TestModelTwins::same_bits_for_any_parameters_and_input()
{
    QFETCH(QString, model);
    std::size_t spikes = 0;
    std::size_t counted = 0;
    constexpr auto cases = static_cast<std::uint64_t>(test_support::repetitions(40));
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Case c = Maker(model.toStdString(), seed).make();
        const Outcome expected = run(c, seed, core::Instructions::baseline);
        for (const auto most : {core::Instructions::avx2, core::Instructions::avx512}) {
            const Outcome outcome = run(c, seed, most);
            counted += outcome.counted;
            QVERIFY2(outcome == expected,
                qPrintable(QString("seed %1, %2 neurons, %3")
                               .arg(seed)
                               .arg(c.size)
                               .arg(core::instructions_name(most))));
        }
        QCOMPARE(expected.faults, std::size_t {0});
        spikes += expected.fired.size();
    }
    QVERIFY(spikes > 1000);
    if (model == "iaf_psc_delta" && core::best_instructions() == core::Instructions::avx512) {
        QVERIFY2(counted > cases, qPrintable(QString::number(counted)));
    }
}

QTEST_APPLESS_MAIN(TestModelTwins)
#include "tst_model_twins.moc"
