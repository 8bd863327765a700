#pragma once

#include "engine/theory/map.hpp"

#include <string_view>
#include <vector>

// A phase diagram as a person reads it: regions with names, and the lines between them.

namespace engine::theory {

/// A piece of the line between two regions, straight from one end to the other.
struct Border {
    struct Point {
        double g = 0.0;
        double eta = 0.0;
    };
    Point from;
    Point to;
    std::string_view one; ///< names as of state_name(), in the order of the alphabet
    std::string_view other;
};

/// Where a region has most room for its name.
struct RegionPlace {
    std::string_view name;
    double g = 0.0;
    double eta = 0.0;
    /// From there to the next border or end of the map, in parts of the map's width and height.
    double room = 0.0;
};

/// state_name() of the active state; empty where its stability is not known yet or there is none.
std::string_view region_name(const MapCell& cell);

/// Lines between the regions of what is known of a map: between two points of its lattice
/// (MapPicture::spacing) a line runs where the number that decides about the names is expected to
/// pass its limit. Nothing before a first picture. Pure; any thread.
std::vector<Border> borders(const MapRequest& request, const MapPicture& picture);

/// The largest connected part of every region. Pure; any thread.
std::vector<RegionPlace> region_places(const MapRequest& request, const MapPicture& picture);

} // namespace engine::theory
