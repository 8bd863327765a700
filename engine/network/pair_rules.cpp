#include "engine/network/pair_rules.hpp"

#include "engine/network/distinct.hpp"
#include "engine/network/rule_stream.hpp"
#include "engine/network/synapse_draws.hpp"
#include "engine/network/synapse_pieces.hpp"
#include "engine/network/synapse_tile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace engine::network {

namespace {

constexpr std::size_t lanes = LaneRandom::lanes;
/// Of the work on a synapse, what is done before the ranges are built.
constexpr double preparation = 0.4;

/// Hands pieces on and frees them with itself.
class PiecesStream final : public RuleStream {
public:
    PiecesStream(const ProjectionSite& site, const TargetRange& range, BuildProgress& progress,
        std::vector<SynapsePiece> pieces)
        : RuleStream(site, range, progress, 1.0 - preparation)
        , pieces_(std::move(pieces))
    {
    }

private:
    void generate(Columns columns, const Take& take) override
    {
        const bool all = columns == Columns::all;
        std::array<double, tile_size> weight;
        for (const SynapsePiece& piece : pieces_) {
            for (std::size_t first = 0; first < piece.size(); first += tile_size) {
                const std::size_t n = std::min(tile_size, piece.size() - first);
                SynapseBatch batch;
                batch.source = piece.source().subspan(first, n);
                batch.target = piece.target().subspan(first, n);
                if (all && !piece.weight().empty()) {
                    std::copy_n(&piece.weight()[first], n, weight.begin());
                    batch.weight = {weight.data(), n};
                }
                if (all && !piece.delay().empty()) {
                    batch.delay = piece.delay().subspan(first, n);
                }
                take(batch);
            }
        }
    }
    std::vector<SynapsePiece> pieces_;
};

/// Rows of a rule, made once, in stretches that threads share, and sorted into the ranges.
class Pieces final : public Connectivity {
public:
    Pieces(
        const ProjectionSite& site, const std::vector<TargetRange>& ranges, BuildProgress& progress)
        : site_(site)
        , ranges_(ranges)
        , range_of_(ranges)
        , progress_(progress)
        , draws_(site)
        , key_(site.seed, core::Purpose::connectivity, site.target_name, site.projection->key)
        , pieces_(ranges.size())
    {
    }
    std::unique_ptr<SynapseStream> stream(std::size_t range) override
    {
        return std::make_unique<PiecesStream>(
            site_, ranges_[range], progress_, std::move(pieces_[range]));
    }

    void make(const config::FixedOutdegree& rule, WorkerPool& pool)
    {
        const std::uint64_t length = rule.outdegree;
        in_stretches(site_.sources, length, lanes, pool,
            [&](std::uint64_t begin, std::uint64_t end, std::vector<SynapsePiece>& to) {
                const std::uint32_t bound = site_.targets - (site_.without_autapses() ? 1U : 0U);
                RowNumbers numbers(key_, bound, length, !site_.projection->allow_multapses);
                PassProgress done(progress_, preparation);
                for (std::uint64_t row = begin; row < end; row += lanes) {
                    add_sources(
                        row, std::min<std::uint64_t>(lanes, end - row), length, numbers, to);
                    done.add(lanes * length);
                }
                done.tell();
            });
    }

    void make(const config::FixedTotalNumber& rule, WorkerPool& pool)
    {
        // All pairs are numbered; a row is this many draws of one stream.
        constexpr std::uint64_t row_length = 4096;
        const std::uint64_t pairs = available_pairs(site_);
        std::vector<std::uint64_t> distinct;
        if (!site_.projection->allow_multapses && rule.N > 0) {
            core::Random random(key_.member(0));
            DistinctDraw().draw(random, pairs, rule.N, distinct);
        }
        in_stretches((rule.N + row_length - 1) / row_length, row_length, 1, pool,
            [&](std::uint64_t begin, std::uint64_t end, std::vector<SynapsePiece>& to) {
                PassProgress done(progress_, preparation);
                for (std::uint64_t row = begin; row < end; ++row) {
                    const std::uint64_t first = row * row_length;
                    const std::uint64_t length = std::min(row_length, rule.N - first);
                    core::Random random(key_.member(row));
                    add_pairs(row, length, to, [&](std::uint64_t i) {
                        return distinct.empty() ? random.below(pairs) : distinct[first + i];
                    });
                    done.add(length);
                }
                done.tell();
            });
    }

private:
    /// Calls work(begin, end, pieces), pieces by range, for stretches of the rows, each of a
    /// multiple of `step` rows.
    template <class Work>
    void in_stretches(std::uint64_t rows, std::uint64_t length, std::uint64_t step,
        WorkerPool& pool, const Work& work)
    {
        constexpr std::uint64_t wanted = std::uint64_t {1} << 20; // synapses of a stretch
        const std::uint64_t synapses = rows * length;
        const std::uint64_t per_stretch
            = (std::max<std::uint64_t>(wanted / std::max<std::uint64_t>(length, 1), 1) + step - 1)
            / step * step;
        const std::uint64_t stretches = synapses == 0 ? 0 : (rows + per_stretch - 1) / per_stretch;
        std::vector<std::vector<SynapsePiece>> made(stretches);
        pool.run(stretches, [&](std::size_t s, int) {
            const std::uint64_t begin = s * per_stretch;
            const std::uint64_t end = std::min(rows, begin + per_stretch);
            for (const TargetRange& range : ranges_) {
                const double part = static_cast<double>(range.count) / site_.targets;
                const double expected = part * static_cast<double>((end - begin) * length);
                made[s].emplace_back(draws_.weights(), draws_.delays(),
                    static_cast<std::size_t>(expected + 5.0 * std::sqrt(expected)));
            }
            work(begin, end, made[s]);
        });
        for (std::vector<SynapsePiece>& pieces : made) {
            for (std::size_t r = 0; r < pieces.size(); ++r) {
                pieces_[r].push_back(std::move(pieces[r]));
            }
        }
    }

    /// The rows of `wide` sources from `row` on.
    void add_sources(std::uint64_t row, std::size_t wide, std::uint64_t length, RowNumbers& numbers,
        std::vector<SynapsePiece>& to)
    {
        std::array<std::uint32_t, tile_size> target;
        std::array<double, tile_size> weight;
        std::array<std::uint16_t, tile_size> delay;
        numbers.begin(row);
        SynapseDraws::Rows drawn(draws_, row);
        for (std::uint64_t column = 0; column < length; column += tile_columns) {
            const std::size_t columns = std::min<std::uint64_t>(length - column, tile_columns);
            numbers.next(columns, target.data());
            if (draws_.weights()) {
                drawn.weights(columns, weight.data());
            }
            if (draws_.delays()) {
                drawn.delays(columns, delay.data());
            }
            reserve_tile(to);
            for (std::size_t j = 0; j < columns; ++j) {
                for (std::size_t i = j * lanes; i < j * lanes + wide; ++i) {
                    const auto source = static_cast<std::uint32_t>(row + i % lanes);
                    add(source, step_over(source, target[i]), &weight[i], &delay[i], to);
                }
            }
        }
    }

    /// `length` pairs with the numbers that `next(i)` gives.
    template <class Next>
    void add_pairs(
        std::uint64_t row, std::uint64_t length, std::vector<SynapsePiece>& to, const Next& next)
    {
        const std::uint64_t per_source = site_.targets - (site_.without_autapses() ? 1U : 0U);
        std::array<double, tile_size> weight;
        std::array<std::uint16_t, tile_size> delay;
        SynapseDraws::Row drawn(draws_, row);
        for (std::uint64_t first = 0; first < length; first += tile_size) {
            const std::size_t n = std::min<std::uint64_t>(length - first, tile_size);
            if (draws_.weights()) {
                drawn.weights(n, weight.data());
            }
            if (draws_.delays()) {
                drawn.delays(n, delay.data());
            }
            reserve_tile(to);
            for (std::size_t i = 0; i < n; ++i) {
                const std::uint64_t pair = next(first + i);
                const auto source = static_cast<std::uint32_t>(pair / per_source);
                const auto target = static_cast<std::uint32_t>(pair % per_source);
                add(source, step_over(source, target), &weight[i], &delay[i], to);
            }
        }
    }

    /// Without autapses the numbers from the source's own on stand for the next neuron.
    std::uint32_t step_over(std::uint32_t source, std::uint32_t target) const
    {
        return target + (site_.without_autapses() && target >= source ? 1U : 0U);
    }
    static void reserve_tile(std::vector<SynapsePiece>& to)
    {
        for (SynapsePiece& piece : to) {
            piece.reserve_tile();
        }
    }
    void add(std::uint32_t source, std::uint32_t target, const double* weight,
        const std::uint16_t* delay, std::vector<SynapsePiece>& to) const
    {
        const std::size_t range = range_of_[target];
        to[range].add(
            source, static_cast<std::uint16_t>(target - ranges_[range].first), weight, delay);
    }

    ProjectionSite site_;
    std::vector<TargetRange> ranges_;
    RangeLookup range_of_;
    BuildProgress& progress_;
    SynapseDraws draws_;
    core::StreamKey key_;
    std::vector<std::vector<SynapsePiece>> pieces_; ///< by range
};

/// What of a list goes to a range; the list stays where it is.
class ListStream final : public RuleStream {
public:
    using RuleStream::RuleStream;

private:
    void generate(Columns columns, const Take& take) override
    {
        const auto& list = std::get<config::Explicit>(site_.projection->rule).list;
        const std::size_t size = list ? list->source.size() : 0;
        const bool all = columns == Columns::all;
        SynapseTile tile;
        std::size_t n = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t target = list->target[i] - range_.first; // wraps below the range
            if (target >= range_.count) {
                continue;
            }
            tile.source[n] = list->source[i];
            tile.target[n] = static_cast<std::uint16_t>(target);
            if (all) {
                tile.weight[n] = list->weight[i];
                tile.delay[n]
                    = static_cast<std::uint16_t>(delay_steps(list->delay_ms[i], site_.grid));
            }
            if (++n == tile_size) {
                take(tile.batch(std::exchange(n, 0), all, all));
            }
        }
        take(tile.batch(n, all, all));
    }
};

class List final : public Connectivity {
public:
    List(
        const ProjectionSite& site, const std::vector<TargetRange>& ranges, BuildProgress& progress)
        : site_(site)
        , ranges_(ranges)
        , progress_(progress)
    {
    }
    std::unique_ptr<SynapseStream> stream(std::size_t range) override
    {
        return std::make_unique<ListStream>(site_, ranges_[range], progress_);
    }

private:
    ProjectionSite site_;
    std::vector<TargetRange> ranges_;
    BuildProgress& progress_;
};

} // namespace

std::uint64_t available_pairs(const ProjectionSite& site)
{
    return std::uint64_t {site.sources} * site.targets
        - (site.without_autapses() ? std::uint64_t {site.targets} : 0U);
}

std::unique_ptr<Connectivity> make_pair_rule(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, WorkerPool& pool, BuildProgress& progress)
{
    const config::Rule& rule = site.projection->rule;
    if (std::holds_alternative<config::Explicit>(rule)) {
        return std::make_unique<List>(site, ranges, progress);
    }
    auto pieces = std::make_unique<Pieces>(site, ranges, progress);
    if (const auto* outdegree = std::get_if<config::FixedOutdegree>(&rule)) {
        pieces->make(*outdegree, pool);
        return pieces;
    }
    if (const auto* total = std::get_if<config::FixedTotalNumber>(&rule)) {
        pieces->make(*total, pool);
        return pieces;
    }
    return nullptr;
}

} // namespace engine::network
