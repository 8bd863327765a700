#include "engine/config/connection_list.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <map>

namespace engine::config {

namespace {

/// More synapses in one projection than any machine holds; products below it fit 64 bits.
constexpr double most_synapses = 1e12;

const std::map<std::string, std::vector<std::string>>& rule_keys()
{
    static const std::map<std::string, std::vector<std::string>> keys {
        {"all_to_all", {}},
        {"one_to_one", {}},
        {"fixed_indegree", {"indegree"}},
        {"fixed_outdegree", {"outdegree"}},
        {"fixed_total_number", {"N"}},
        {"pairwise_bernoulli", {"p"}},
        {"explicit", {"connections", "file"}},
    };
    return keys;
}

const std::vector<std::string>& rule_names()
{
    static const std::vector<std::string> names {"all_to_all", "one_to_one", "fixed_indegree",
        "fixed_outdegree", "fixed_total_number", "pairwise_bernoulli", "explicit"};
    return names;
}

class RuleReader {
public:
    RuleReader(Resolution& r, const Place& at, const Projection& projection)
        : r_(r)
        , reader_(r.reader)
        , at_(at)
        , projection_(projection)
        , sources_(static_cast<double>(r.experiment.populations[projection.source].size))
        , targets_(static_cast<double>(r.experiment.populations[projection.target].size))
        , sizes_known_(r.known[projection.source].size && r.known[projection.target].size)
        , autapses_(flag("allow_autapses"))
        , multapses_(flag("allow_multapses"))
    {
    }

    std::optional<Rule> read(const std::string& name)
    {
        std::vector<std::string> keys {"rule"};
        const std::vector<std::string>& own = rule_keys().at(name);
        keys.insert(keys.end(), own.begin(), own.end());
        keys.insert(keys.end(), {"allow_autapses", "allow_multapses"});
        reader_.check_keys(at_, keys);
        if (name == "all_to_all") {
            check_total(at_, sources_ * targets_);
            return AllToAll {};
        }
        if (name == "one_to_one") {
            if (sizes_known_ && sources_ != targets_) {
                reader_.error(at_,
                    "the populations have " + core::number_text(sources_) + " and "
                        + core::number_text(targets_) + " neurons",
                    "one_to_one needs populations of equal size");
            }
            return OneToOne {};
        }
        if (name == "fixed_indegree") {
            const auto n = degree("indegree", sources_, targets_, "sources");
            return n ? std::optional<Rule>(FixedIndegree {*n}) : std::nullopt;
        }
        if (name == "fixed_outdegree") {
            const auto n = degree("outdegree", targets_, sources_, "targets");
            return n ? std::optional<Rule>(FixedOutdegree {*n}) : std::nullopt;
        }
        if (name == "fixed_total_number") {
            return total_number();
        }
        if (name == "pairwise_bernoulli") {
            const auto p = reader_.required_number(at_, "p", between(0.0, 1.0));
            check_total(at_, p.value_or(0.0) * sources_ * targets_);
            return p ? std::optional<Rule>(PairwiseBernoulli {*p}) : std::nullopt;
        }
        auto list = read_connections(r_, at_, projection_, autapses_, multapses_);
        return list ? std::optional<Rule>(Explicit {std::move(list)}) : std::nullopt;
    }

private:
    /// Wrong flags are reported where they are read for the projection.
    bool flag(std::string_view key) const
    {
        const Place place = Reader::member(at_, key);
        return !place || !place.json->is_boolean() || place.json->as_boolean();
    }

    bool recurrent() const { return projection_.source == projection_.target; }

    bool check_total(const Place& place, double total)
    {
        if (!sizes_known_ || total <= most_synapses) {
            return true;
        }
        reader_.error(place, "gives " + core::number_text(total) + " synapses",
            "a projection has at most 1e12");
        return false;
    }

    std::optional<std::uint64_t> degree(
        std::string_view key, double partners, double neurons, const std::string& partner_name)
    {
        const Place place = Reader::member(at_, key);
        if (!place) {
            reader_.missing(at_, key, "expected a whole number");
            return std::nullopt;
        }
        const auto n = reader_.whole(place, 0, largest_size);
        if (!n || !sizes_known_) {
            return n;
        }
        const double count = static_cast<double>(*n);
        const double possible = partners - (recurrent() && !autapses_ ? 1.0 : 0.0);
        if ((!multapses_ && count > possible) || (count > 0.0 && possible < 1.0)) {
            reader_.error(place, "is " + core::number_text(count),
                "there are only " + core::number_text(possible) + " possible " + partner_name);
            return std::nullopt;
        }
        return check_total(place, count * neurons) ? n : std::nullopt;
    }

    std::optional<Rule> total_number()
    {
        const Place place = Reader::member(at_, "N");
        if (!place) {
            reader_.missing(at_, "N", "expected a whole number");
            return std::nullopt;
        }
        const auto n = reader_.whole(place, 0, largest_whole);
        if (!n) {
            return std::nullopt;
        }
        const double count = static_cast<double>(*n);
        const double possible = sources_ * targets_ - (recurrent() && !autapses_ ? sources_ : 0.0);
        if (sizes_known_
            && ((!multapses_ && count > possible) || (count > 0.0 && possible < 1.0))) {
            reader_.error(place, "is " + core::number_text(count),
                "there are only " + core::number_text(possible) + " possible pairs");
            return std::nullopt;
        }
        return check_total(place, count) ? std::optional<Rule>(FixedTotalNumber {*n})
                                         : std::nullopt;
    }

    Resolution& r_;
    Reader& reader_;
    const Place& at_;
    const Projection& projection_;
    double sources_;
    double targets_;
    bool sizes_known_;
    bool autapses_;
    bool multapses_;
};

} // namespace

std::optional<Rule> read_rule(Resolution& r, const Place& at, const Projection& projection)
{
    if (!r.reader.is_object(at, "an object such as {\"rule\": \"all_to_all\"}")) {
        return std::nullopt;
    }
    const Place name_place = Reader::member(at, "rule");
    if (!name_place) {
        r.reader.missing(at, "rule", "expected one of " + joined(rule_names()));
        return std::nullopt;
    }
    const auto name = r.reader.choice(name_place, rule_names(), "rule");
    return name ? RuleReader(r, at, projection).read(*name) : std::nullopt;
}

} // namespace engine::config
