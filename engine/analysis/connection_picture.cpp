#include "engine/analysis/connection_picture.hpp"

#include "engine/network/layout.hpp"
#include "engine/network/synapse_walk.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace engine::analysis {

namespace {

using network::SynapseBatch;

/// The part of a population that is in view.
struct View {
    std::uint32_t start = 0; ///< of the population
    std::uint32_t from = 0; ///< neurons of the population
    std::uint32_t to = 0;
    std::size_t first_cell = 0;
    std::size_t cells = 0;
    std::vector<std::uint32_t> cell_of; ///< of neuron `from` + i, counted from first_cell

    bool empty() const { return from >= to; }
};

View view_of(const NeuronCells& cells, std::uint32_t start, std::uint32_t end)
{
    View view;
    view.start = start;
    view.from = std::max(start, cells.first()) - start;
    view.to = std::max(std::min(end, cells.end()), start) - start;
    if (view.empty()) {
        return view;
    }
    view.first_cell = *cells.cell_of(start + view.from);
    view.cells = *cells.cell_of(start + view.to - 1) + 1 - view.first_cell;
    view.cell_of.reserve(view.to - view.from);
    for (std::uint32_t c = 0; c < view.cells; ++c) {
        const std::uint32_t width
            = cells.edges[view.first_cell + c + 1] - cells.edges[view.first_cell + c];
        view.cell_of.insert(view.cell_of.end(), width, c);
    }
    return view;
}

/// Counts the synapses of one projection.
class Counting {
public:
    Counting(std::size_t projection, const View& targets, const View& sources, bool single)
        : targets_(targets)
        , sources_(sources)
        , single_(single)
    {
        out_.projection = projection;
        out_.first_row = targets.first_cell;
        out_.rows = targets.cells;
        out_.first_column = sources.first_cell;
        out_.columns = sources.cells;
        out_.counts.assign(out_.rows * out_.columns, 0);
    }
    void take(const SynapseBatch& batch, std::uint32_t first)
    {
        if (!batch.weight.empty() && out_.weights.empty()) {
            out_.weights.assign(out_.counts.size(), 0.0);
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::uint32_t source = batch.source[i] - sources_.from; // wraps before the view
            if (source >= sources_.cell_of.size()) {
                continue;
            }
            const std::uint32_t target = first + batch.target[i] - targets_.from;
            const std::size_t cell
                = targets_.cell_of[target] * out_.columns + sources_.cell_of[source];
            ++out_.counts[cell];
            if (!batch.weight.empty()) {
                out_.weights[cell] += batch.weight[i];
            }
            if (single_) {
                add_synapse(batch, i, target, source);
            }
        }
    }
    void move_to(ConnectionPicture& picture)
    {
        picture.projections.push_back(std::move(out_));
        picture.synapses.insert(picture.synapses.end(), synapses_.begin(), synapses_.end());
    }

private:
    void add_synapse(
        const SynapseBatch& batch, std::size_t i, std::uint32_t target, std::uint32_t source)
    {
        PicturedSynapse synapse;
        synapse.target = targets_.start + targets_.from + target;
        synapse.source = sources_.start + sources_.from + source;
        synapse.projection = static_cast<std::uint32_t>(out_.projection);
        synapse.delay_steps = batch.delay.empty() ? std::uint16_t {0} : batch.delay[i];
        synapse.weight = batch.weight.empty() ? 1.0 : batch.weight[i];
        synapses_.push_back(synapse);
    }

    const View& targets_;
    const View& sources_;
    bool single_;
    ProjectionCells out_;
    std::vector<PicturedSynapse> synapses_;
};

} // namespace

std::vector<std::uint32_t> population_starts(const config::Experiment& experiment)
{
    std::vector<std::uint32_t> starts {0};
    for (const config::Population& population : experiment.populations) {
        starts.push_back(starts.back() + static_cast<std::uint32_t>(population.size));
    }
    return starts;
}

std::optional<std::size_t> NeuronCells::cell_of(std::uint32_t neuron) const
{
    if (size() == 0 || neuron < first() || neuron >= end()) {
        return std::nullopt;
    }
    const auto after = std::upper_bound(edges.begin(), edges.end(), neuron);
    return static_cast<std::size_t>(after - edges.begin()) - 1;
}

NeuronCells neuron_cells(const std::vector<std::uint32_t>& starts, std::uint32_t from,
    std::uint32_t to, std::size_t most)
{
    NeuronCells cells;
    to = std::min(to, starts.back());
    if (from >= to || most == 0) {
        return cells;
    }
    const auto width = static_cast<std::uint32_t>((std::uint64_t {to} - from + most - 1) / most);
    for (std::size_t p = 0; p + 1 < starts.size(); ++p) {
        const std::uint32_t end = std::min(to, starts[p + 1]);
        for (std::uint32_t edge = std::max(from, starts[p]); edge < end;
             edge += std::min(width, end - edge)) {
            cells.edges.push_back(edge);
        }
    }
    cells.edges.push_back(to);
    return cells;
}

ConnectionPicture connection_picture(const config::Experiment& experiment,
    const NeuronCells& targets, const NeuronCells& sources, core::Progress* progress)
{
    ConnectionPicture picture;
    picture.targets = targets;
    picture.sources = sources;
    const bool single = targets.single() && sources.single();
    const std::vector<std::uint32_t> starts = population_starts(experiment);
    for (const network::ProjectionSite& site : network::sites_of(experiment)) {
        const auto view = [&](const NeuronCells& cells, std::size_t population) {
            return view_of(cells, starts[population], starts[population + 1]);
        };
        const View onto = view(targets, site.projection->target);
        const View from = view(sources, site.projection->source);
        if (onto.empty() || from.empty()) {
            continue;
        }
        Counting counting(site.index, onto, from, single);
        network::walk_synapses(site, {onto.from, onto.to - onto.from}, progress,
            [&](const SynapseBatch& batch, std::uint32_t first) { counting.take(batch, first); });
        counting.move_to(picture);
    }
    std::stable_sort(picture.synapses.begin(), picture.synapses.end(),
        [](const PicturedSynapse& x, const PicturedSynapse& y) {
            return std::tie(x.target, x.source, x.projection)
                < std::tie(y.target, y.source, y.projection);
        });
    return picture;
}

std::vector<double> picture_values(const ConnectionPicture& picture,
    const config::Experiment& experiment, PictureQuantity quantity, std::optional<std::size_t> only)
{
    const std::size_t columns = picture.sources.size();
    std::vector<double> values(
        picture.targets.size() * columns, std::numeric_limits<double>::quiet_NaN());
    for (const ProjectionCells& block : picture.projections) {
        if (only && block.projection != *only) {
            continue;
        }
        const bool weight = quantity == PictureQuantity::weight;
        const double factor
            = weight ? network::weight_factor(experiment.projections[block.projection]) : 1.0;
        for (std::size_t i = 0; i < block.counts.size(); ++i) {
            const std::size_t row = block.first_row + i / block.columns;
            const std::size_t column = block.first_column + i % block.columns;
            const auto width = [](const NeuronCells& cells, std::size_t cell) {
                return static_cast<double>(cells.edges[cell + 1] - cells.edges[cell]);
            };
            const double pairs = width(picture.targets, row) * width(picture.sources, column);
            const double sum = weight && !block.weights.empty()
                ? block.weights[i]
                : static_cast<double>(block.counts[i]);
            double& value = values[row * columns + column];
            value = (value == value ? value : 0.0) + factor * sum / pairs;
        }
    }
    return values;
}

} // namespace engine::analysis
