#pragma once

#include "engine/frame.hpp"
#include "ui/equations/equations_page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// What is recorded of one neuron, as it is now: the newest sample of each of its traces.
class PresentValues {
public:
    /// Of the first neuron of the population that is recorded in these groups.
    void choose(const std::vector<engine::recording::TraceGroup>& groups, std::size_t population);
    /// Takes what a frame brings; whether anything is new.
    bool take(const engine::Frame& frame);
    void beginSweep() { m_lastSpike.reset(); }

    /// Missing: no trace of this population is recorded.
    std::optional<std::uint32_t> neuron() const { return m_neuron; }
    /// `hold_ms`: how long a spike holds the state; 0 where it does not.
    EquationsNow now(double hold_ms) const;

private:
    struct Column {
        std::size_t group = 0;
        std::size_t column = 0;
        std::string variable;
    };
    std::size_t m_population = 0;
    std::optional<std::uint32_t> m_neuron;
    std::vector<Column> m_columns;
    std::map<std::string, double> m_values;
    std::optional<double> m_lastSpike; ///< [ms]
    double m_t = 0.0;
};

} // namespace ui
