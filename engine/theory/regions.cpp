#include "engine/theory/regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

namespace engine::theory {

namespace {

/// The points of a map whose stability is known, as a smaller map.
class Lattice {
public:
    Lattice(const MapRequest& request, const MapPicture& picture)
        : request_(request)
        , picture_(picture)
        , spacing_(picture.spacing)
        , columns_(spacing_ > 0 ? (request.g.points - 1) / spacing_ + 1 : 0)
        , rows_(spacing_ > 0 ? (request.eta.points - 1) / spacing_ + 1 : 0)
    {
        for (int row = 0; row < rows_; ++row) {
            for (int column = 0; column < columns_; ++column) {
                names_.push_back(region_name(cell(column, row)));
            }
        }
    }

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    const MapCell& cell(int column, int row) const
    {
        return picture_.cells[static_cast<std::size_t>(row * spacing_)
                * static_cast<std::size_t>(request_.g.points)
            + static_cast<std::size_t>(column * spacing_)];
    }
    std::string_view name(int column, int row) const { return names_[index(column, row)]; }
    Border::Point point(double column, double row) const
    {
        const auto at = [this](const MapRange& range, double i) {
            const double step
                = range.points > 1 ? (range.high - range.low) / (range.points - 1) : 0;
            return range.low + step * spacing_ * i;
        };
        return {at(request_.g, column), at(request_.eta, row)};
    }
    std::size_t index(int column, int row) const
    {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_)
            + static_cast<std::size_t>(column);
    }
    std::size_t size() const { return names_.size(); }

private:
    const MapRequest& request_;
    const MapPicture& picture_;
    int spacing_;
    int columns_;
    int rows_;
    std::vector<std::string_view> names_;
};

/// Part of the way from a to b where x passes the limit; nothing where it does not.
std::optional<double> passing(double a, double b, double limit)
{
    if ((a < limit) == (b < limit)) {
        return std::nullopt;
    }
    return (limit - a) / (b - a);
}

bool is_stable(const MapCell& cell)
{
    return cell.active.stability.kind == Kind::asynchronous
        || cell.active.stability.kind == Kind::quiescent;
}

/// Part of the way from a to b where the name changes.
double change(const MapCell& a, const MapCell& b)
{
    constexpr double half = 0.5;
    static constexpr double least_Hz = 1e-9;
    const auto silence
        = [](const MapCell& cell) { return std::log(std::max(cell.active.rate_Hz, least_Hz)); };
    if (const auto at = passing(silence(a), silence(b), std::log(quiescent_below_Hz))) {
        return *at;
    }
    const auto& gain_a = a.active.stability.leading;
    const auto& gain_b = b.active.stability.leading;
    if (is_stable(a) != is_stable(b) && gain_a && gain_b) {
        return passing(gain_a->K, gain_b->K, 1.0).value_or(half);
    }
    if (is_stable(a) && is_stable(b)) {
        return passing(a.active.cv, b.active.cv, regular_below_cv).value_or(half);
    }
    return half;
}

struct Corner {
    int column;
    int row;
};

/// Adds the lines within one square of the lattice.
void add_square(const Lattice& lattice, int column, int row, std::vector<Border>& out)
{
    const std::array<Corner, 4> corners {
        {{column, row}, {column + 1, row}, {column + 1, row + 1}, {column, row + 1}}};
    struct Crossing {
        double column;
        double row;
        std::string_view one;
        std::string_view other;
    };
    std::vector<Crossing> crossings;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Corner& a = corners.at(i);
        const Corner& b = corners.at((i + 1) % corners.size());
        const std::string_view one = lattice.name(a.column, a.row);
        const std::string_view other = lattice.name(b.column, b.row);
        if (one.empty() || other.empty()) {
            return;
        }
        if (one != other) {
            const double part
                = change(lattice.cell(a.column, a.row), lattice.cell(b.column, b.row));
            crossings.push_back({a.column + part * (b.column - a.column),
                a.row + part * (b.row - a.row), std::min(one, other), std::max(one, other)});
        }
    }
    const auto line = [&](const Crossing& a, double to_column, double to_row) {
        out.push_back(
            {lattice.point(a.column, a.row), lattice.point(to_column, to_row), a.one, a.other});
    };
    if (crossings.size() == 2) {
        line(crossings[0], crossings[1].column, crossings[1].row);
        return;
    }
    // More than two regions meet.
    double middle_column = 0.0;
    double middle_row = 0.0;
    for (const Crossing& crossing : crossings) {
        middle_column += crossing.column / static_cast<double>(crossings.size());
        middle_row += crossing.row / static_cast<double>(crossings.size());
    }
    for (const Crossing& crossing : crossings) {
        line(crossing, middle_column, middle_row);
    }
}

constexpr std::array<Corner, 4> neighbours {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};

/// Connected points of one name.
std::vector<Corner> connected(const Lattice& lattice, Corner start, std::vector<bool>& seen)
{
    std::vector<Corner> part {start};
    seen[lattice.index(start.column, start.row)] = true;
    for (std::size_t i = 0; i < part.size(); ++i) {
        for (const Corner& step : neighbours) {
            const Corner next {part[i].column + step.column, part[i].row + step.row};
            const bool inside = next.column >= 0 && next.row >= 0 && next.column < lattice.columns()
                && next.row < lattice.rows();
            if (inside && !seen[lattice.index(next.column, next.row)]
                && lattice.name(next.column, next.row) == lattice.name(start.column, start.row)) {
                seen[lattice.index(next.column, next.row)] = true;
                part.push_back(next);
            }
        }
    }
    return part;
}

/// The point of a part that is furthest from its borders; of several the one in the middle.
RegionPlace widest(const Lattice& lattice, const std::vector<Corner>& part)
{
    const int far = lattice.columns() + lattice.rows();
    std::map<std::pair<int, int>, int> distance;
    for (const Corner& at : part) {
        distance[{at.column, at.row}] = far;
    }
    std::vector<Corner> wave;
    for (const Corner& at : part) {
        const bool edge = std::any_of(neighbours.begin(), neighbours.end(), [&](const Corner& d) {
            return distance.count({at.column + d.column, at.row + d.row}) == 0;
        });
        if (edge) {
            distance[{at.column, at.row}] = 0;
            wave.push_back(at);
        }
    }
    int widest = 0;
    for (std::size_t i = 0; i < wave.size(); ++i) {
        const int here = distance[{wave[i].column, wave[i].row}];
        widest = std::max(widest, here);
        for (const Corner& d : neighbours) {
            const auto next = distance.find({wave[i].column + d.column, wave[i].row + d.row});
            if (next != distance.end() && next->second > here + 1) {
                next->second = here + 1;
                wave.push_back({next->first.first, next->first.second});
            }
        }
    }
    std::vector<Corner> best;
    std::copy_if(part.begin(), part.end(), std::back_inserter(best), [&](const Corner& at) {
        return distance[{at.column, at.row}] == widest;
    });
    double column = 0.0;
    double row = 0.0;
    for (const Corner& at : best) {
        column += static_cast<double>(at.column) / static_cast<double>(best.size());
        row += static_cast<double>(at.row) / static_cast<double>(best.size());
    }
    const auto from_middle
        = [&](const Corner& at) { return std::hypot(at.column - column, at.row - row); };
    const Corner middle = *std::min_element(best.begin(), best.end(),
        [&](const Corner& a, const Corner& b) { return from_middle(a) < from_middle(b); });
    const Border::Point point = lattice.point(middle.column, middle.row);
    return {lattice.name(middle.column, middle.row), point.g, point.eta,
        (widest + 0.5) / std::max(lattice.columns(), lattice.rows())};
}

} // namespace

std::string_view region_name(const MapCell& cell)
{
    if (!cell.stability_known || cell.states == 0) {
        return {};
    }
    return state_name(cell.active.rate_Hz, cell.active.cv, cell.active.stability);
}

std::vector<Border> borders(const MapRequest& request, const MapPicture& picture)
{
    const Lattice lattice(request, picture);
    std::vector<Border> out;
    for (int row = 0; row + 1 < lattice.rows(); ++row) {
        for (int column = 0; column + 1 < lattice.columns(); ++column) {
            add_square(lattice, column, row, out);
        }
    }
    return out;
}

std::vector<RegionPlace> region_places(const MapRequest& request, const MapPicture& picture)
{
    const Lattice lattice(request, picture);
    std::vector<bool> seen(lattice.size(), false);
    std::map<std::string_view, std::vector<Corner>> largest;
    for (int row = 0; row < lattice.rows(); ++row) {
        for (int column = 0; column < lattice.columns(); ++column) {
            if (seen[lattice.index(column, row)] || lattice.name(column, row).empty()) {
                continue;
            }
            std::vector<Corner> part = connected(lattice, {column, row}, seen);
            std::vector<Corner>& best = largest[lattice.name(column, row)];
            if (part.size() > best.size()) {
                best = std::move(part);
            }
        }
    }
    std::vector<RegionPlace> out;
    for (const auto& [name, part] : largest) {
        out.push_back(widest(lattice, part));
    }
    return out;
}

} // namespace engine::theory
