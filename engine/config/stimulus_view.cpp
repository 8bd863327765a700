#include "engine/config/stimulus_view.hpp"

#include "engine/config/adjustable_rows.hpp"

#include <utility>

namespace engine::config {

namespace {

StimulusCell cell_of(const PresetDocument& document, std::string path, const Json* written)
{
    StimulusCell cell;
    cell.path = std::move(path);
    const auto value = document.value(cell.path);
    if (const double* number = value ? std::get_if<double>(&*value) : nullptr) {
        cell.value = *number;
    }
    if (written != nullptr && written->is_string()) {
        cell.expression = written->as_string();
    }
    return cell;
}

StimulusRow row_of(const PresetDocument& document, const StimulusView& stimulus,
    const StimulusField& field, const Json* written)
{
    StimulusRow row;
    row.field = field;
    row.path = stimulus.path + "/" + field.key;
    if (field.form == StimulusField::Form::flag) {
        const auto value = document.value(row.path);
        const bool* flag = value ? std::get_if<bool>(&*value) : nullptr;
        row.flag = flag != nullptr && *flag;
        return row;
    }
    row.is_list = written != nullptr && written->is_array();
    if (!row.is_list) {
        row.cells.push_back(cell_of(document, row.path, written));
        return row;
    }
    for (std::size_t i = 0; i < written->size(); ++i) {
        row.cells.push_back(cell_of(document, row.path + "/" + std::to_string(i), &written->at(i)));
    }
    return row;
}

std::string target_text(const Stimulus& stimulus, const Experiment& experiment)
{
    std::string text;
    for (const Target& target : stimulus.targets) {
        text += (text.empty() ? "" : ", ") + experiment.populations[target.population].name;
        if (!target.all) {
            text += target.neurons.size() == 1
                ? " (neuron " + std::to_string(target.neurons.front()) + ")"
                : " (" + std::to_string(target.neurons.size()) + " neurons)";
        }
    }
    return text;
}

} // namespace

const StimulusRow* StimulusView::row(std::string_view key) const
{
    for (const StimulusRow& candidate : rows) {
        if (candidate.field.key == key) {
            return &candidate;
        }
    }
    return nullptr;
}

std::vector<StimulusView> stimulus_views(const PresetDocument& document)
{
    const Experiment& experiment = document.experiment();
    const Json* list = document.tree().find("stimuli");
    std::vector<StimulusView> views;
    for (std::size_t i = 0; i < experiment.stimuli.size(); ++i) {
        const Stimulus& stimulus = experiment.stimuli[i];
        const Json* written = item_of(list, i);
        StimulusView view;
        view.index = i;
        view.path = "stimuli/" + stimulus.key;
        view.label = stimulus.label;
        view.type = &type_of(stimulus.source);
        view.target = target_text(stimulus, experiment);
        view.from_file = member_of(written, "file") != nullptr;
        std::vector<StimulusField> fields = fields_of(stimulus.source);
        if (view.from_file) {
            fields.clear(); // the file brings them
        }
        fields.insert(
            fields.end(), common_stimulus_fields().begin(), common_stimulus_fields().end());
        const Population& target = experiment.populations[stimulus.targets.front().population];
        for (const StimulusField& field : fields) {
            StimulusRow row = row_of(document, view, field, member_of(written, field.key));
            row.unit = unit_text(field.unit, target, port_of(stimulus, experiment));
            view.rows.push_back(std::move(row));
        }
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace engine::config
