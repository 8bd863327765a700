#include "engine/stimuli/current_source.hpp"
#include "engine/stimuli/spike_source.hpp"

#include "engine/core/random.hpp"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace engine;

namespace {

const core::TimeGrid grid(0.1);

config::Stimulus stimulus(
    config::Source source, double start = 0.0, std::optional<double> stop = {}, double delay = 0.0)
{
    config::Stimulus s;
    s.key = "s";
    s.source = std::move(source);
    s.start_ms = start;
    s.stop_ms = stop;
    s.delay_ms = delay;
    return s;
}

std::vector<double> values(const config::Stimulus& s, core::Step steps)
{
    const auto source = stimuli::make_current_source(s, grid, 1);
    std::vector<double> out;
    for (core::Step k = 0; k < steps; ++k) {
        out.push_back(source->value(k));
    }
    return out;
}

/// Counts of a Poisson source in steps 0 ... steps - 1, by neuron.
std::vector<double> counts(const config::Stimulus& s, core::Step step, std::size_t neurons)
{
    const auto source = stimuli::make_spike_source(s, grid, 1);
    std::vector<double> out(neurons);
    source->fill(step, "P", 0, neurons, out.data());
    return out;
}

} // namespace

class TestStimuli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_current_acts_from_start_to_stop_each_later_by_the_delay()
    {
        const auto v = values(stimulus(config::Dc {2.0}, 1.0, 2.0, 0.3), 40);
        for (core::Step k = 0; k < 40; ++k) {
            QCOMPARE(v[static_cast<std::size_t>(k)], k >= 13 && k < 23 ? 2.0 : 0.0);
        }
    }

    void step_currents_hold_from_their_time_to_the_next()
    {
        const auto v
            = values(stimulus(config::StepCurrent {{1.0, 2.0}, {5.0, -3.0}}, 1.5, 2.5), 30);
        QCOMPARE(v[14], 0.0); // before start
        QCOMPARE(v[15], 5.0);
        QCOMPARE(v[20], -3.0);
        QCOMPARE(v[24], -3.0);
        QCOMPARE(v[25], 0.0);
        QCOMPARE(values(stimulus(config::StepCurrent {{1.0}, {5.0}}), 12)[9], 0.0);
    }

    void ramps_are_linear()
    {
        config::Ramp to;
        to.from = 1.0;
        to.to = 5.0;
        const auto v = values(stimulus(to, 1.0, 2.0, 0.1), 30);
        QCOMPARE(v[10], 0.0);
        QCOMPARE(v[11], 1.0);
        QCOMPARE(v[16], 3.0);
        QCOMPARE(v[21], 0.0);
        config::Ramp slope;
        slope.slope = 2.0;
        QVERIFY(std::abs(values(stimulus(slope, 1.0), 31)[30] - 4.0) < 1e-12);
    }

    void pulses_stand_on_their_baseline()
    {
        const config::Pulses pulses {{1.0, 1.5, 3.0}, 0.5, {4.0, 6.0, 8.0}, 1.0};
        const auto v = values(stimulus(pulses, 0.5, 4.0), 45);
        QCOMPARE(v[4], 0.0);
        QCOMPARE(v[5], 1.0);
        QCOMPARE(v[10], 4.0);
        QCOMPARE(v[14], 4.0);
        QCOMPARE(v[15], 6.0); // touches the one before
        QCOMPARE(v[20], 1.0);
        QCOMPARE(v[34], 8.0);
        QCOMPARE(v[40], 0.0);
    }

    void an_alternating_current_counts_time_from_the_beginning()
    {
        const auto v = values(stimulus(config::Ac {1.0, 2.0, 100.0, 30.0}, 5.0, {}, 0.2), 100);
        for (const std::size_t k : {52U, 77U, 99U}) {
            const double t = (static_cast<double>(k) - 2.0) * 0.1;
            const double expected
                = 1.0 + 2.0 * std::sin(2.0 * M_PI * 0.1 * t + 30.0 * M_PI / 180.0);
            QVERIFY(std::abs(v[k] - expected) < 1e-12);
        }
        QCOMPARE(v[51], 0.0);
    }

    void values_are_constant_as_long_as_promised()
    {
        const std::vector<config::Stimulus> all {stimulus(config::Dc {2.0}, 1.0, 2.0, 0.3),
            stimulus(config::StepCurrent {{0.0, 2.0}, {5.0, -3.0}}, 0.5, 3.0),
            stimulus(config::Pulses {{1.0, 1.5}, 0.5, {4.0, 6.0}, 1.0}, 0.2, 4.0, 0.1),
            stimulus(config::Noise {false, 0.0, 1.0, 0.7, true}, 0.5, 4.0, 0.2)};
        for (const auto& s : all) {
            const auto source = stimuli::make_current_source(s, grid, 1);
            for (core::Step k = 0; k < 60; ++k) {
                const core::Step until = std::min<core::Step>(source->constant_until(k), 60);
                QVERIFY(until > k);
                for (core::Step j = k; j < until; ++j) {
                    QCOMPARE(source->value(j), source->value(k));
                }
            }
        }
    }

    void noise_has_its_mean_and_spread_and_each_target_its_own()
    {
        const auto source = stimuli::make_current_source(
            stimulus(config::Noise {false, 3.0, 2.0, 0.1, false}), grid, 1);
        QVERIFY(source->individual());
        double sum = 0.0;
        double squares = 0.0;
        double product = 0.0; // of the numbers of two neurons
        constexpr int steps = 20000;
        for (core::Step k = 0; k < steps; ++k) {
            double v[2] = {};
            source->fill(k, "P", 0, 2, v);
            sum += v[0];
            squares += (v[0] - 3.0) * (v[0] - 3.0);
            product += (v[0] - 3.0) * (v[1] - 3.0);
        }
        const double error = 1.0 / std::sqrt(double(steps));
        QVERIFY(std::abs(sum / steps - 3.0) < 5 * 2.0 * error);
        QVERIFY(std::abs(squares / steps - 4.0) < 5 * 4.0 * std::sqrt(2.0) * error);
        QVERIFY(std::abs(product / steps) < 5 * 4.0 * error);
    }

    void poisson_counts_follow_the_law_data()
    {
        QTest::addColumn<double>("mean");
        for (const double mean : {0.01, 0.7, 2.0, 3.99, 4.01, 23.0}) {
            QTest::addRow("mean %g", mean) << mean;
        }
    }
    void poisson_counts_follow_the_law()
    {
        QFETCH(double, mean);
        const auto s = stimulus(config::Poisson {mean * 10000.0, 1.0, false});
        std::vector<double> seen(80, 0.0);
        double n = 0.0;
        for (core::Step k = 0; k < 400; ++k) {
            for (const double c : counts(s, k, 512)) {
                seen[static_cast<std::size_t>(std::min(c, 79.0))] += 1.0;
                n += 1.0;
            }
        }
        // Chi-squared of the counts that are expected at least ten times; 6 sd above its mean.
        double p = std::exp(-mean);
        double chi = 0.0;
        int bins = 0;
        for (std::size_t c = 0; c < seen.size(); ++c) {
            if (n * p >= 10.0) {
                chi += (seen[c] - n * p) * (seen[c] - n * p) / (n * p);
                ++bins;
            }
            p *= mean / static_cast<double>(c + 1);
        }
        QVERIFY2(chi < bins + 6.0 * std::sqrt(2.0 * bins), std::to_string(chi).c_str());
    }

    void another_rate_does_not_shift_later_counts()
    {
        // The same words: more rate, never fewer spikes in any step, whatever came before.
        const auto low = stimulus(config::Poisson {10000.0, 1.0, false});
        const auto high = stimulus(config::Poisson {12000.0, 1.0, false});
        bool differ = false;
        for (core::Step k = 0; k < 200; ++k) {
            const auto x = counts(low, k, 300);
            const auto y = counts(high, k, 300);
            for (std::size_t i = 0; i < x.size(); ++i) {
                QVERIFY(y[i] >= x[i]);
                differ = differ || y[i] > x[i];
            }
        }
        QVERIFY(differ);
    }

    void a_shared_train_is_the_same_for_all()
    {
        const auto s = stimulus(config::Poisson {20000.0, 1.0, true});
        for (core::Step k = 0; k < 50; ++k) {
            const auto c = counts(s, k, 100);
            QCOMPARE(c, std::vector<double>(100, c[0]));
        }
        const auto own = counts(stimulus(config::Poisson {20000.0, 1.0, false}), 3, 100);
        QVERIFY(own != std::vector<double>(100, own[0]));
    }

    void counts_times_weight_are_the_sums()
    {
        for (const bool shared : {false, true}) {
            for (const double rate_hz : {1.0, 300.0, 20000.0, 500000.0}) {
                const auto source = stimuli::make_spike_source(
                    stimulus(config::Poisson {rate_hz, -0.3, shared}, 0.5, 3.0), grid, 1);
                const stimuli::CountedSource* counted = source->counted();
                QVERIFY(counted != nullptr);
                QCOMPARE(counted->weight(), -0.3);
                for (core::Step k = 0; k < 40; ++k) {
                    std::array<double, 512> sums;
                    std::array<std::uint8_t, 512> counts;
                    source->fill(k, "P", 512, 512, sums.data());
                    counted->counts(k, "P", 512, 512, counts.data());
                    for (std::size_t i = 0; i < 512; ++i) {
                        QCOMPARE(counts[i] * counted->weight(), sums[i]);
                        QVERIFY(source->acts(k) || counts[i] == 0);
                    }
                }
            }
        }
    }

    void what_does_not_fit_a_byte_is_not_counted()
    {
        const auto many
            = stimuli::make_spike_source(stimulus(config::Poisson {1e7, 1.0, false}), grid, 1);
        QVERIFY(many->counted() == nullptr);
        config::SpikeTrain train;
        QVERIFY(stimuli::make_spike_source(stimulus(train), grid, 1)->counted() == nullptr);
    }

    void poisson_spikes_have_stamps_after_start_up_to_stop()
    {
        const auto source = stimuli::make_spike_source(
            stimulus(config::Poisson {1e6, 1.0, false}, 1.0, 2.0, 0.3), grid, 1);
        for (core::Step k = 0; k < 40; ++k) {
            const core::Step stamp = k + 1 - 3;
            QCOMPARE(source->acts(k), stamp > 10 && stamp <= 20);
        }
    }

    void trains_arrive_at_their_times_and_equal_times_add_up()
    {
        auto train = std::make_shared<config::Train>();
        train->times_ms = {1.0, 2.0, 2.0, 3.0};
        train->weights = {1.0, 2.0, 3.0, 4.0};
        config::SpikeTrain spikes;
        spikes.common = train;
        const auto source = stimuli::make_spike_source(stimulus(spikes, 1.0, 2.5, 0.2), grid, 1);
        for (core::Step k = 0; k < 40; ++k) {
            // The spike at start and that after stop are left out; 2.0 + 0.2 is the end of step 21.
            QCOMPARE(source->acts(k), k == 21);
            double weight[3] = {};
            source->fill(k, "P", 0, 3, weight);
            QCOMPARE(weight[2], k == 21 ? 5.0 : 0.0);
        }
    }

    void each_neuron_has_its_own_train()
    {
        auto trains = std::make_shared<std::map<std::uint32_t, config::Train>>();
        (*trains)[1] = {{0.5}, {2.0}};
        (*trains)[600] = {{0.5, 0.5}, {3.0, 4.0}};
        config::SpikeTrain spikes;
        spikes.per_neuron = trains;
        const auto source = stimuli::make_spike_source(stimulus(spikes), grid, 1);
        QVERIFY(source->acts(4) && !source->acts(5));
        std::vector<double> weights(512);
        source->fill(4, "P", 0, 512, weights.data());
        QCOMPARE(weights[1], 2.0);
        QCOMPARE(weights[88], 0.0);
        source->fill(4, "P", 512, 100, weights.data());
        QCOMPARE(weights[88], 7.0);
        QCOMPARE(weights[1], 0.0);
    }
};

QTEST_APPLESS_MAIN(TestStimuli)
#include "tst_stimuli.moc"
