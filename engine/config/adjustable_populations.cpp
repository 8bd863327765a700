#include "engine/config/adjustable_rows.hpp"

#include <utility>
#include <variant>

namespace engine::config {

namespace {

std::string meaning_of(const models::ParamSpec& spec)
{
    return spec.source.empty() ? spec.meaning : spec.meaning + "\n" + spec.source;
}

class PopulationRows {
public:
    PopulationRows(AdjustableRows& rows, const Population& population, const Json* written)
        : rows_(rows)
        , population_(population)
        , written_(written)
        , path_("populations/" + population.name + "/")
        , title_(population.label == population.name ? "Population " + population.name
                                                     : population.label)
    {
    }

    void add()
    {
        for (const models::ParamSpec& spec : population_.model->params) {
            rows_.begin_group(title_ + (spec.group.empty() ? "" : ": " + spec.group));
            add_param(spec);
        }
        rows_.begin_group(title_ + ": Size");
        NumberRow size;
        size.label = "size";
        size.meaning = "Number of neurons";
        size.limits.min = models::Bound {1.0, true};
        size.log_scale = true;
        size.integer = true;
        size.essential = population_.size > 1;
        size.live = false;
        rows_.add_number(path_ + "size", member_of(written_, "size"), size);
    }

private:
    void add_param(const models::ParamSpec& spec)
    {
        const std::string path = path_ + "params/" + spec.name;
        const Json* written = member_of(member_of(written_, "params"), spec.name);
        switch (spec.kind) {
        case models::ParamKind::flag:
        case models::ParamKind::choice:
            add_choice(spec, path);
            return;
        case models::ParamKind::list:
            rows_.add_list(path, written, about(spec));
            return;
        case models::ParamKind::number:
            break;
        }
        const auto drawn = population_.drawn.find(spec.name);
        const auto* per_neuron
            = drawn != population_.drawn.end() ? std::get_if<PerNeuron>(&drawn->second) : nullptr;
        if (per_neuron == nullptr) {
            rows_.add_number(path, written, about(spec));
            return;
        }
        // An expression over random numbers has no scale of its own: the row states it, and setting
        // it gives all neurons one value.
        NumberRow row = about(spec);
        row.meaning += "\nDiffers from neuron to neuron: " + per_neuron->text;
        rows_.add_number(path, written, row);
        rows_.mark_last_as_spread();
    }

    void add_choice(const models::ParamSpec& spec, const std::string& path)
    {
        Adjustable row;
        row.path = path;
        row.label = spec.name;
        row.meaning = meaning_of(spec);
        row.kind = spec.kind == models::ParamKind::flag ? Adjustable::Kind::flag
                                                        : Adjustable::Kind::choice;
        row.default_value = spec.default_value;
        row.choices = spec.choices;
        row.essential = spec.essential;
        row.live = spec.live;
        rows_.add(std::move(row));
    }

    static NumberRow about(const models::ParamSpec& spec)
    {
        NumberRow row;
        row.label = spec.name;
        row.meaning = meaning_of(spec);
        row.unit = spec.unit;
        row.limits = spec.limits;
        row.range = SliderRange {spec.slider_min, spec.slider_max, spec.log_scale};
        row.default_value = spec.default_value;
        row.essential = spec.essential;
        row.live = spec.live;
        row.nullable = spec.nullable;
        return row;
    }

    AdjustableRows& rows_;
    const Population& population_;
    const Json* written_;
    std::string path_;
    std::string title_;
};

} // namespace

void add_populations(AdjustableRows& rows, const Json& root)
{
    const std::vector<Population>& populations = rows.document().experiment().populations;
    for (std::size_t i = 0; i < populations.size(); ++i) {
        PopulationRows(rows, populations[i], item_of(root.find("populations"), i)).add();
    }
}

} // namespace engine::config
