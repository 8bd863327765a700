// Spikes around triggers, their histogram over trials, and where triggers come from.

#include "engine/analysis/psth.hpp"
#include "engine/analysis/stimulus_onsets.hpp"
#include "engine/analysis/triggers.hpp"
#include "engine/config/neuron_stimulus.hpp"
#include "engine/core/random.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace engine;
using analysis::Psth;
using analysis::Trial;
using analysis::TrialWindow;
using core::Step;

namespace {

constexpr double dt_ms = 0.1;
constexpr TrialWindow window {500, 1000};

/// Trials of independent Poisson neurons whose rate steps at the trigger.
std::vector<Trial> poisson_trials(
    int count, std::uint32_t neurons, double before_Hz, double after_Hz, std::uint64_t seed)
{
    core::Random random(seed);
    std::vector<Trial> out;
    for (int n = 0; n < count; ++n) {
        std::vector<recording::Spike> spikes;
        const Step trigger = 10000 + 5000 * n;
        for (Step k = -window.before + 1; k <= window.after; ++k) {
            const double p = 1e-3 * dt_ms * (k <= 0 ? before_Hz : after_Hz);
            for (std::uint32_t neuron = 0; neuron < neurons; ++neuron) {
                if (random.uniform() < p) {
                    spikes.push_back({trigger + k, 0, neuron});
                }
            }
        }
        out.push_back(analysis::trial_of(spikes, trigger, window, {{0, {}, true}}));
    }
    return out;
}

/// One neuron that gets these stimuli.
config::Experiment stimulated(const std::string& stimuli)
{
    return support::preset(R"({"dt": 0.1, "duration": 1000})",
        R"("populations": [{"name": "n", "size": 3, "model": "iaf_psc_delta"}], "stimuli": [)"
            + stimuli + "]")
        .experiment();
}

std::vector<Step> onsets(const std::string& stimulus, Step from = 0, Step to = 10000)
{
    return analysis::stimulus_onsets(
        stimulated(stimulus).stimuli.front(), core::TimeGrid(dt_ms), from, to);
}

} // namespace

class TestPsth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_trial_counts_the_chosen_neurons_in_its_window();
    void bins_end_at_the_trigger();
    void a_deterministic_response_has_exact_bins_and_no_error();
    void a_poisson_step_has_its_rates_within_errors();
    void errors_are_those_of_poisson_counts();
    void pooled_trials_have_the_weighted_mean();
    void order_of_trials_and_bins_of_other_widths_agree();
    void few_or_no_trials_say_so();
    void onsets_of_all_types();
    void triggers_are_named_and_found();
    void conditions_are_told_apart();
    void repeated_pulses_are_listed();
};

void TestPsth::a_trial_counts_the_chosen_neurons_in_its_window()
{
    const std::vector<recording::Spike> spikes {{90, 0, 1}, {91, 0, 1}, {100, 0, 2}, {101, 0, 1},
        {101, 0, 2}, {101, 0, 3}, {101, 1, 7}, {120, 0, 1}, {121, 0, 1}};
    const Trial trial
        = analysis::trial_of(spikes, 100, {10, 20}, {{0, {1, 2}, false}, {1, {}, true}});
    const std::vector<analysis::SpikesAt> expected {{-9, 1}, {0, 1}, {1, 3}, {20, 1}};
    QVERIFY(trial.spikes == expected);
    QCOMPARE(trial.trigger, Step {100});
}

void TestPsth::bins_end_at_the_trigger()
{
    // A window that no whole number of bins fills: what is left over at its ends is left out.
    const Trial trial {0, {{-24, 1}, {-20, 1}, {-19, 1}, {0, 1}, {1, 1}, {30, 1}, {31, 1}}};
    const Psth psth = analysis::psth({&trial, 1}, {25, 35}, 10, 1, dt_ms);
    QCOMPARE(psth.bins.size(), std::size_t {5});
    QCOMPARE(psth.bins.front().from, Step {-20});
    const std::vector<double> counts {1, 1, 1, 0, 1};
    for (std::size_t b = 0; b < counts.size(); ++b) {
        QCOMPARE(psth.bins[b].rate_Hz.value, 1000.0 * counts[b]); // bins of 1 ms
    }
    QCOMPARE(psth.middle_ms(psth.bins[2]), 0.5);
}

void TestPsth::a_deterministic_response_has_exact_bins_and_no_error()
{
    // Two neurons, every 10 ms one spike of each; 3.2 ms after the trigger one more of both.
    std::vector<Trial> trials(7);
    for (Trial& trial : trials) {
        for (Step k = -450; k <= 1000; k += 100) {
            trial.spikes.push_back({k, 2});
        }
        trial.spikes.push_back({32, 2});
        std::sort(trial.spikes.begin(), trial.spikes.end(),
            [](const auto& x, const auto& y) { return x.offset < y.offset; });
    }
    const Psth psth = analysis::psth(trials, window, 10, 2, dt_ms);
    QCOMPARE(psth.bins.size(), std::size_t {150});
    QCOMPARE(psth.baseline_Hz->value, 100.0);
    QCOMPARE(psth.baseline_Hz->error, 0.0);
    QCOMPARE(psth.extra_spikes->value, 1.0);
    QCOMPARE(psth.extra_spikes->error, 0.0);
    QCOMPARE(psth.peak->from, Step {30}); // the first of equal ones
    QCOMPARE(psth.peak->rate_Hz.value, 1000.0);
    for (const auto& bin : psth.bins) {
        QCOMPARE(bin.rate_Hz.error, 0.0);
    }
}

void TestPsth::a_poisson_step_has_its_rates_within_errors()
{
    const Psth psth = analysis::psth(poisson_trials(400, 5, 20.0, 60.0, 11), window, 50, 5, dt_ms);
    QCOMPARE(psth.bins.size(), std::size_t {30});
    QVERIFY(std::abs(psth.baseline_Hz->value - 20.0) < 4.0 * psth.baseline_Hz->error);
    // 40 Hz more for 100 ms.
    QVERIFY(std::abs(psth.extra_spikes->value - 4.0) < 4.0 * psth.extra_spikes->error);
    int outside = 0;
    for (const auto& bin : psth.bins) {
        const double rate = bin.from < 0 ? 20.0 : 60.0;
        outside += std::abs(bin.rate_Hz.value - rate) > 2.0 * bin.rate_Hz.error ? 1 : 0;
    }
    QVERIFY2(outside <= 6, qPrintable(QString::number(outside))); // 1.4 are expected of 30
}

void TestPsth::errors_are_those_of_poisson_counts()
{
    // var(count) = mean(count): SE of a rate r in bins of w over n trials of m neurons is
    // sqrt(r / (w n m)).
    constexpr int n = 800;
    const Psth psth = analysis::psth(poisson_trials(n, 4, 30.0, 30.0, 5), window, 100, 4, dt_ms);
    double mean = 0.0;
    for (const auto& bin : psth.bins) {
        mean += bin.rate_Hz.error / static_cast<double>(psth.bins.size());
    }
    const double expected = std::sqrt(30.0 / (0.01 * n * 4));
    // Relative deviation of s is 1 / sqrt(2 n), of the mean over 15 bins less.
    QVERIFY2(std::abs(mean / expected - 1.0) < 0.03, qPrintable(QString::number(mean / expected)));
    // Of the extra spikes: N_after + N_before (T_after / T_before)^2, for one neuron.
    const double extra = std::sqrt(4.0 * (3.0 + 1.5 * 4.0) / n) / 4.0;
    QVERIFY(std::abs(psth.extra_spikes->error / extra - 1.0) < 0.12);
}

void TestPsth::pooled_trials_have_the_weighted_mean()
{
    const auto some = poisson_trials(30, 2, 20.0, 80.0, 3);
    const auto others = poisson_trials(50, 2, 20.0, 80.0, 4);
    auto all = some;
    all.insert(all.end(), others.begin(), others.end());
    const Psth a = analysis::psth(some, window, 20, 2, dt_ms);
    const Psth b = analysis::psth(others, window, 20, 2, dt_ms);
    const Psth both = analysis::psth(all, window, 20, 2, dt_ms);
    QCOMPARE(both.trials, std::size_t {80});
    for (std::size_t i = 0; i < both.bins.size(); ++i) {
        const double mean
            = (30.0 * a.bins[i].rate_Hz.value + 50.0 * b.bins[i].rate_Hz.value) / 80.0;
        QVERIFY(std::abs(both.bins[i].rate_Hz.value - mean) < 1e-9);
    }
}

void TestPsth::order_of_trials_and_bins_of_other_widths_agree()
{
    auto trials = poisson_trials(40, 3, 30.0, 90.0, 8);
    const Psth fine = analysis::psth(trials, window, 10, 3, dt_ms);
    std::reverse(trials.begin(), trials.end());
    const Psth coarse = analysis::psth(trials, window, 50, 3, dt_ms);
    QCOMPARE(coarse.baseline_Hz->value, fine.baseline_Hz->value);
    QVERIFY(std::abs(coarse.extra_spikes->value - fine.extra_spikes->value) < 1e-12);
    QVERIFY(std::abs(coarse.extra_spikes->error - fine.extra_spikes->error) < 1e-12);
    for (std::size_t b = 0; b < coarse.bins.size(); ++b) {
        double mean = 0.0;
        for (std::size_t i = 0; i < 5; ++i) {
            mean += fine.bins[5 * b + i].rate_Hz.value / 5.0;
        }
        QVERIFY(std::abs(coarse.bins[b].rate_Hz.value - mean) < 1e-9);
    }
}

void TestPsth::few_or_no_trials_say_so()
{
    const Psth none = analysis::psth({}, window, 10, 1, dt_ms);
    QVERIFY(none.bins.empty() && !none.baseline_Hz && !none.peak && !none.extra_spikes);
    const Trial silent;
    const Psth one = analysis::psth({&silent, 1}, window, 10, 1, dt_ms);
    QCOMPARE(one.bins.size(), std::size_t {150});
    QVERIFY(std::isnan(one.bins.front().rate_Hz.error));
    QVERIFY(!one.peak);
    const Psth after = analysis::psth({&silent, 1}, {0, 100}, 10, 1, dt_ms);
    QVERIFY(!after.baseline_Hz && !after.extra_spikes);
}

void TestPsth::onsets_of_all_types()
{
    using Steps = std::vector<Step>;
    QVERIFY(onsets(R"({"type": "dc", "target": "n", "amplitude": 1, "start": 20, "stop": 30,
        "delay": 5})")
        == (Steps {250}));
    QVERIFY(onsets(R"({"type": "pulses", "target": "n", "amplitude": 1, "times": [10, 50, 90],
        "width": 5, "start": 30, "delay": 1})")
        == (Steps {510, 910}));
    QVERIFY(onsets(R"({"type": "pulses", "target": "n", "amplitude": 1, "times": [10, 50, 90],
        "width": 5})",
                101, 900)
        == (Steps {500}));
    // To another current than 0; where the stimulus begins later, what holds then.
    QVERIFY(onsets(R"({"type": "step_current", "target": "n", "times": [10, 20, 30, 40, 50],
        "amplitudes": [5, 0, 5, 5, 8]})")
        == (Steps {100, 300, 500}));
    QVERIFY(onsets(R"({"type": "step_current", "target": "n", "times": [10, 20, 30],
        "amplitudes": [5, 0, 5], "start": 25})")
        == (Steps {300}));
    QVERIFY(onsets(R"({"type": "step_current", "target": "n", "times": [10], "amplitudes": [5],
        "start": 25})")
        == (Steps {250}));
    QVERIFY(onsets(R"({"type": "spike_train", "target": "n", "times": [10, 12.5], "weights": 1,
        "delay": 1})")
        == (Steps {109, 134}));
    QVERIFY(onsets(R"({"type": "poisson", "target": "n", "rate": 10, "weight": 1, "start": 40})")
        == (Steps {400}));
}

void TestPsth::triggers_are_named_and_found()
{
    const auto experiment = stimulated(R"(
        {"type": "poisson", "target": "n", "rate": 10, "weight": 1},
        {"type": "dc", "label": "pulse", "target": "n", "amplitude": 1, "start": 20, "stop": 30},
        {"type": "pulses", "target": "n", "amplitude": 1, "times": [10, 50], "width": 5},
        {"type": "dc", "label": "pulse 2", "target": "n", "amplitude": 1, "start": 70, "stop": 80})");
    const std::vector<std::string> names {"pulse", "2"};
    QVERIFY(analysis::trigger_names(experiment) == names); // what acts from the start has none
    QVERIFY(
        analysis::trigger_onsets(experiment, "pulse", 0, 10000) == (std::vector<Step> {200, 700}));
    QVERIFY(analysis::trigger_onsets(experiment, "2", 101, 10000) == (std::vector<Step> {500}));
}

void TestPsth::conditions_are_told_apart()
{
    const auto with = [](const std::string& pulse, const std::string& rate = "10") {
        return stimulated(
            R"({"type": "poisson", "label": "p", "target": "n", "weight": 1, "rate": )" + rate + "}"
            + (pulse.empty() ? "" : ", " + pulse));
    };
    const auto dc = [](const std::string& size, const std::string& start, const std::string& stop) {
        return R"({"type": "dc", "label": "pulse", "target": "n", "amplitude": )" + size
            + R"(, "start": )" + start + R"(, "stop": )" + stop + "}";
    };
    const auto first = with(dc("5", "10", "15"));
    const auto same = [&](const config::Experiment& other) {
        return analysis::same_conditions(first, other, "pulse");
    };
    QVERIFY(same(with(dc("5", "200", "205"))));
    QVERIFY(same(with("")));
    QVERIFY(same(with(R"({"type": "pulses", "label": "pulse", "target": "n", "amplitude": 5,
        "times": [300, 400], "width": 5, "start": 300, "stop": 405})")));
    QVERIFY(!same(with(dc("6", "10", "15"))));
    QVERIFY(!same(with(dc("5", "10", "16"))));
    QVERIFY(!same(with(dc("5", "10", "15"), "11")));
}

void TestPsth::repeated_pulses_are_listed()
{
    const auto document = support::preset(R"({"dt": 0.1, "duration": 1000})",
        R"("populations": [{"name": "n", "size": 3, "model": "iaf_psc_delta"}])");
    const auto edit = config::add_currents(
        document, {{config::pulse_label, 0, {0, 2}, 500.0, 100.3, 105.3, {{33.3, 4}}}}, 50.0);
    QVERIFY2(edit.errors.empty(), core::text(edit.errors).c_str());
    const auto& experiment = edit.document->experiment();
    QVERIFY(analysis::trigger_onsets(experiment, "pulse", 0, 100000)
        == (std::vector<Step> {1003, 1336, 1669, 2002}));
    const auto& stimulus = experiment.stimuli.front();
    QCOMPARE(std::get<config::Pulses>(stimulus.source).width_ms, 5.0);
    QCOMPARE(*stimulus.stop_ms, 205.2);
    // When all are over, the next pulse takes their place; before, it comes beside them.
    const std::vector<config::NeuronCurrent> next {
        {config::pulse_label, 0, {1}, 500.0, 300.0, 305.0, {}}};
    const auto later = config::add_currents(*edit.document, next, 206.0);
    QCOMPARE(later.document->experiment().stimuli.size(), std::size_t {1});
    const auto between = config::add_currents(*edit.document, next, 150.0);
    QCOMPARE(between.document->experiment().stimuli.size(), std::size_t {2});
}

QTEST_APPLESS_MAIN(TestPsth)
#include "tst_psth.moc"
