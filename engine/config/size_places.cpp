#include "engine/config/size_places.hpp"

#include "engine/config/preset_path.hpp"

#include <algorithm>
#include <cmath>

namespace engine::config {

namespace {

using What = SizePlace::What;

/// The number of a rule: none of rules that follow the sizes by themselves.
struct NumberOf {
    const char* key = nullptr; ///< in the file
    double value = 0.0;
    bool whole = true;
};

NumberOf number_of(const Rule& rule)
{
    if (const auto* indegree = std::get_if<FixedIndegree>(&rule)) {
        return {"indegree", static_cast<double>(indegree->indegree)};
    }
    if (const auto* outdegree = std::get_if<FixedOutdegree>(&rule)) {
        return {"outdegree", static_cast<double>(outdegree->outdegree)};
    }
    if (const auto* total = std::get_if<FixedTotalNumber>(&rule)) {
        return {"N", static_cast<double>(total->N)};
    }
    if (const auto* pairs = std::get_if<PairwiseBernoulli>(&rule)) {
        return {"p", pairs->p, false};
    }
    return {};
}

void set_number(Rule& rule, double value)
{
    const auto whole = static_cast<std::uint64_t>(std::max(0.0, std::round(value)));
    if (auto* indegree = std::get_if<FixedIndegree>(&rule)) {
        indegree->indegree = whole;
    } else if (auto* outdegree = std::get_if<FixedOutdegree>(&rule)) {
        outdegree->outdegree = whole;
    } else if (auto* total = std::get_if<FixedTotalNumber>(&rule)) {
        total->N = whole;
    } else if (auto* pairs = std::get_if<PairwiseBernoulli>(&rule)) {
        pairs->p = value;
    }
}

double weight_factor(double inputs, SizeKept kept)
{
    switch (kept) {
    case SizeKept::indegree:
        return 1.0;
    case SizeKept::mean:
        return 1.0 / inputs;
    case SizeKept::fluctuation:
        return 1.0 / std::sqrt(inputs);
    }
    return 1.0;
}

class Places {
public:
    Places(const Experiment& experiment, double factor, SizeKept kept, core::Diagnostics& errors)
        : experiment_(experiment)
        , factor_(factor)
        , kept_(kept)
        , errors_(errors)
    {
    }

    std::vector<SizePlace> all()
    {
        for (std::size_t i = 0; i < experiment_.populations.size(); ++i) {
            const Population& population = experiment_.populations[i];
            const double size = std::max(1.0, std::round(factor_ * number(population.size)));
            out_.push_back({What::size, i, "populations/" + population.name + "/size", size, true});
        }
        for (std::size_t i = 0; i < experiment_.projections.size(); ++i) {
            add_projection(i);
        }
        for (std::size_t i = 0; i < experiment_.stimuli.size(); ++i) {
            add_stimulus(i);
        }
        return std::move(out_);
    }

private:
    static double number(std::size_t size) { return static_cast<double>(size); }

    void add_projection(std::size_t index)
    {
        const Projection& projection = experiment_.projections[index];
        const std::string path = "projections/" + projection.key;
        if (std::holds_alternative<Explicit>(projection.rule)) {
            errors_.push_back(path_problem(path + "/rule", "is a list of connections",
                "a network with such a list has the size of the list"));
            return;
        }
        if (std::holds_alternative<OneToOne>(projection.rule)) {
            return;
        }
        const NumberOf written = number_of(projection.rule);
        const bool in_degrees = kept_ == SizeKept::indegree;
        if (written.key == nullptr && in_degrees) {
            errors_.push_back(path_problem(path + "/rule",
                "is all_to_all: every neuron has as many inputs as there are neurons",
                "expected another rule, or the connection probability to be kept"));
            return;
        }
        if (written.key != nullptr) {
            add_number(index, path + "/rule/" + written.key, written);
        }
        add_weight(index, path + "/weight", in_degrees ? 1.0 : factor_);
    }

    void add_number(std::size_t index, const std::string& path, const NumberOf& written)
    {
        const bool total
            = std::holds_alternative<FixedTotalNumber>(experiment_.projections[index].rule);
        const bool in_degrees = kept_ == SizeKept::indegree;
        const double change = !written.whole
            ? (in_degrees ? 1.0 / factor_ : 1.0)
            : (in_degrees ? 1.0 : factor_) * (total ? factor_ : 1.0);
        const double wanted = change * written.value;
        if (!written.whole && wanted > 1.0) {
            errors_.push_back(path_problem(path, "would be " + core::number_text(wanted),
                "a probability is at most 1: the network is too small for as many inputs"));
            return;
        }
        out_.push_back({What::connections, index, path, written.whole ? std::round(wanted) : wanted,
            written.whole});
    }

    void add_weight(std::size_t index, const std::string& path, double inputs)
    {
        const Projection& projection = experiment_.projections[index];
        if (!projection.weight) {
            return;
        }
        const bool drawn = std::holds_alternative<Draw>(*projection.weight);
        SizePlace place {What::weight, index, drawn ? path + "/scale" : path, 0.0, false};
        place.wanted = weight_factor(inputs, kept_) * place.of(experiment_);
        out_.push_back(std::move(place));
    }

    void add_stimulus(std::size_t index)
    {
        const auto* poisson = std::get_if<Poisson>(&experiment_.stimuli[index].source);
        if (poisson == nullptr) {
            return;
        }
        const std::string path = "stimuli/" + experiment_.stimuli[index].key;
        const double inputs = kept_ == SizeKept::indegree ? 1.0 : factor_;
        out_.push_back(
            {What::poisson_rate, index, path + "/rate", inputs * poisson->rate_hz, false});
        out_.push_back({What::poisson_weight, index, path + "/weight",
            weight_factor(inputs, kept_) * poisson->weight, false});
    }

    const Experiment& experiment_;
    double factor_;
    SizeKept kept_;
    core::Diagnostics& errors_;
    std::vector<SizePlace> out_;
};

} // namespace

double SizePlace::of(const Experiment& experiment) const
{
    switch (what) {
    case What::size:
        return static_cast<double>(experiment.populations[index].size);
    case What::connections:
        return number_of(experiment.projections[index].rule).value;
    case What::weight: {
        const Distributed& weight = *experiment.projections[index].weight;
        const auto* draw = std::get_if<Draw>(&weight);
        return draw != nullptr ? draw->scale : std::get<double>(weight);
    }
    case What::poisson_rate:
        return std::get<Poisson>(experiment.stimuli[index].source).rate_hz;
    case What::poisson_weight:
        return std::get<Poisson>(experiment.stimuli[index].source).weight;
    }
    return 0.0;
}

void SizePlace::put(Experiment& experiment, double value) const
{
    switch (what) {
    case What::size:
        experiment.populations[index].size = static_cast<std::size_t>(value);
        return;
    case What::connections:
        set_number(experiment.projections[index].rule, value);
        return;
    case What::weight: {
        Distributed& weight = *experiment.projections[index].weight;
        if (auto* draw = std::get_if<Draw>(&weight)) {
            draw->scale = value;
        } else {
            weight = value;
        }
        return;
    }
    case What::poisson_rate:
        std::get<Poisson>(experiment.stimuli[index].source).rate_hz = value;
        return;
    case What::poisson_weight:
        std::get<Poisson>(experiment.stimuli[index].source).weight = value;
        return;
    }
}

bool SizePlace::reached(const Experiment& experiment) const
{
    constexpr double rounding = 1e-9;
    // A size that is made of a rounded one may be off by a neuron; of few neurons each one counts.
    constexpr double few = 0.02;
    const double tolerance
        = whole ? std::clamp(few * std::abs(wanted), 0.5, 1.0) : rounding * std::abs(wanted);
    return std::abs(of(experiment) - wanted) <= tolerance;
}

std::vector<SizePlace> size_places(
    const Experiment& experiment, double factor, SizeKept kept, core::Diagnostics& errors)
{
    return Places(experiment, factor, kept, errors).all();
}

} // namespace engine::config
