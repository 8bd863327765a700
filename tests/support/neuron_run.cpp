#include "tests/support/neuron_run.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tests {

using namespace engine::models;

namespace {

const ModelDescription& model_named(std::string_view name)
{
    const ModelDescription* model = Registry::instance().find(name);
    if (model == nullptr) {
        throw std::invalid_argument("no model " + std::string(name));
    }
    return *model;
}

} // namespace

ParamTable NeuronRun::table(std::string_view model, const Changes& changes)
{
    ParamTable table;
    table.common = model_named(model).defaults();
    for (const auto& [name, value] : changes) {
        table.common.at(name) = value;
    }
    return table;
}

NeuronRun::NeuronRun(std::string_view model, double dt_ms, const Changes& changes,
    const InitTable& init, std::size_t size)
    : NeuronRun(model, dt_ms, table(model, changes), init, size)
{
}

NeuronRun::NeuronRun(
    std::string_view model, double dt_ms, ParamTable table, const InitTable& init, std::size_t size)
    : model_(model_named(model))
    , table_(std::move(table))
    , neurons_(model_.make(size, dt_ms, table_, init))
    , spikes_(size)
{
}

void NeuronRun::step(double current, const std::map<int, double>& weights)
{
    std::size_t ports = 0;
    for (const auto& [port, weight] : weights) {
        ports = std::max(ports, static_cast<std::size_t>(port) + 1);
    }
    std::vector<std::vector<double>> columns(ports);
    std::vector<const double*> arrivals(ports, nullptr);
    for (const auto& [port, weight] : weights) {
        auto& column = columns[static_cast<std::size_t>(port)];
        column.assign(chunk_size, weight);
        arrivals[static_cast<std::size_t>(port)] = column.data();
    }
    const std::vector<double> currents(chunk_size, current);
    StepInput input;
    input.current = current == 0.0 ? nullptr : currents.data();
    input.arrivals = arrivals;
    std::vector<std::uint32_t> fired;
    for (std::size_t first = 0; first < neurons_->size(); first += chunk_size) {
        const std::size_t count = std::min(chunk_size, neurons_->size() - first);
        if (const auto fault = neurons_->advance(first, count, input, fired)) {
            fault_ = std::to_string(fault->neuron) + ": " + fault->reason;
        }
    }
    for (const std::uint32_t neuron : fired) {
        spikes_[neuron].push_back(done_);
    }
    ++done_;
}

void NeuronRun::steps(int n, double current)
{
    for (int k = 0; k < n; ++k) {
        step(current);
    }
}

void NeuronRun::set(const std::string& param, const engine::core::Value& value)
{
    table_.common.at(param) = value;
    neurons_->set_params(table_);
}

double NeuronRun::value(std::string_view recordable, std::size_t neuron) const
{
    const auto list = model_.recordables(table_.common);
    const auto found = std::find_if(
        list.begin(), list.end(), [&](const RecordableSpec& r) { return r.name == recordable; });
    if (found == list.end()) {
        throw std::invalid_argument("no recordable " + std::string(recordable));
    }
    return neurons_->value(static_cast<std::size_t>(found - list.begin()), neuron);
}

} // namespace tests
