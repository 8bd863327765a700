#include "engine/models/description.hpp"
#include "engine/models/glif_cond.hpp"
#include "engine/models/glif_psc.hpp"
#include "engine/models/iaf_psc_delta.hpp"
#include "engine/models/izhikevich.hpp"
#include "engine/models/model_text.hpp"

#include <utility>

namespace engine::models {

Registry& Registry::instance()
{
    static Registry registry;
    return registry;
}

Registry::Registry()
{
    for (const auto describe : {izhikevich_description, iaf_psc_delta_description,
             glif_cond_description, glif_psc_description}) {
        ModelDescription model = describe();
        model.text = section(models_page, model.name);
        add(std::move(model));
    }
}

void Registry::add(ModelDescription model)
{
    models_.push_back(std::make_unique<const ModelDescription>(std::move(model)));
}

const ModelDescription* Registry::find(std::string_view name) const
{
    for (const auto& model : models_) {
        if (model->name == name) {
            return model.get();
        }
    }
    return nullptr;
}

std::vector<const ModelDescription*> Registry::all() const
{
    std::vector<const ModelDescription*> list;
    list.reserve(models_.size());
    for (const auto& model : models_) {
        list.push_back(model.get());
    }
    return list;
}

} // namespace engine::models
