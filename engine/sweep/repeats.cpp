#include "engine/sweep/repeats.hpp"

#include "engine/analysis/triggers.hpp"
#include "engine/config/stimulus_edit.hpp"
#include "engine/stimuli/current_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace engine::sweep {

using config::PresetDocument;
using config::Stimulus;
using core::Step;

namespace {

constexpr double longest_wait_ms = 1000.0; // for a trigger, before it is moved

[[noreturn]] void refuse(const std::string& name, std::string found, std::string expected)
{
    core::Diagnostic problem;
    problem.pointer = "trigger " + name;
    problem.found = std::move(found);
    problem.expected = std::move(expected);
    throw core::InputError({problem});
}

PresetDocument changed(
    const PresetDocument& document, const std::string& path, const core::Value& value)
{
    config::SetResult result = document.set(path, value);
    if (!result.document) {
        throw core::InputError(result.diagnostics);
    }
    return *std::move(result.document);
}

/// Else it has a list of beginnings.
bool begins_once(const Stimulus& stimulus)
{
    return !std::holds_alternative<config::Pulses>(stimulus.source)
        && !std::holds_alternative<config::StepCurrent>(stimulus.source)
        && !std::holds_alternative<config::SpikeTrain>(stimulus.source);
}

/// Of pulses that a person gave one after the other the last alone: the others are repeats too.
PresetDocument last_alone(PresetDocument document, const std::string& name)
{
    double last_ms = 0.0;
    for (const Stimulus& stimulus : document.experiment().stimuli) {
        if (analysis::trigger_name(stimulus) == name) {
            last_ms = std::max(last_ms, stimulus.start_ms);
        }
    }
    for (std::size_t i = document.experiment().stimuli.size(); i-- > 0;) {
        const Stimulus& stimulus = document.experiment().stimuli[i];
        if (analysis::trigger_name(stimulus) == name && stimulus.start_ms < last_ms) {
            document = *config::remove_stimulus(document, i).document;
        }
    }
    return document;
}

/// All beginnings of the trigger at this time, its length and its order kept; of listed pulses one.
PresetDocument moved(PresetDocument document, const std::string& name, double to_ms)
{
    const std::vector<Stimulus> stimuli = document.experiment().stimuli;
    for (std::size_t i = 0; i < stimuli.size(); ++i) {
        const Stimulus& stimulus = stimuli[i];
        if (analysis::trigger_name(stimulus) != name) {
            continue;
        }
        const std::string path = "stimuli/" + std::to_string(i);
        const double start_ms = to_ms - stimulus.delay_ms;
        const auto* pulses = std::get_if<config::Pulses>(&stimulus.source);
        if (pulses != nullptr) {
            if (pulses->amplitudes.size() > 1) {
                document = changed(document, path + "/amplitude", pulses->amplitudes.front());
            }
            document = changed(document, path + "/times", std::vector<double> {start_ms});
            document = changed(document, path + "/start", 0.0);
            document = changed(document, path + "/stop", std::monostate());
        } else {
            // An end before the beginning would be refused in between.
            document = changed(document, path + "/stop", std::monostate());
            document = changed(document, path + "/start", start_ms);
            if (stimulus.stop_ms) {
                document = changed(
                    document, path + "/stop", start_ms + *stimulus.stop_ms - stimulus.start_ms);
            }
        }
    }
    return document;
}

bool can_move(const PresetDocument& document, const std::string& name)
{
    const auto& stimuli = document.experiment().stimuli;
    return std::all_of(stimuli.begin(), stimuli.end(), [&](const Stimulus& stimulus) {
        return analysis::trigger_name(stimulus) != name || begins_once(stimulus)
            || std::holds_alternative<config::Pulses>(stimulus.source);
    });
}

} // namespace

Request repeats(const RepeatsQuestion& question)
{
    const std::string& name = question.trigger;
    PresetDocument document = last_alone(question.document, name);
    const core::TimeGrid grid(document.experiment().simulation.dt_ms);
    const Step lead
        = std::max(question.window.before, grid.steps(document.experiment().record.warmup_ms));
    const auto onsets = analysis::trigger_onsets(
        document.experiment(), name, question.window.before, stimuli::no_step);
    const auto all = analysis::trigger_onsets(document.experiment(), name, 0, stimuli::no_step);
    if (all.empty()) {
        refuse(name, "has no onset", "expected a stimulus of the preset that begins");
    }
    const auto settled
        = std::find_if(onsets.begin(), onsets.end(), [&](Step onset) { return onset >= lead; });
    const Step soon = lead + grid.steps(longest_wait_ms);
    Step trigger = 0;
    if (settled != onsets.end() && *settled <= soon) {
        trigger = *settled; // the protocol as it is
    } else if (can_move(document, name)) {
        trigger = lead;
        document = moved(document, name, grid.time_ms(trigger));
    } else if (!onsets.empty()) {
        trigger = settled != onsets.end() ? *settled : onsets.back();
    } else {
        refuse(name,
            "begins " + core::number_text(grid.time_ms(all.back())) + " ms after the start",
            "expected at least " + core::number_text(grid.time_ms(question.window.before))
                + " ms, the time before the trigger");
    }
    document
        = changed(document, "simulation/duration", grid.time_ms(trigger + question.window.after));
    Request request {std::move(document), {{"simulation/seed", {}}}, {}};
    for (int i = 0; i < question.runs; ++i) {
        request.axes[0].values.push_back(
            static_cast<double>(question.document.experiment().simulation.seed) + i);
    }
    request.trial = TrialRequest {trigger, question.window, question.neurons};
    return request;
}

} // namespace engine::sweep
