#pragma once

#include "ui/equations/equations_page.hpp"

#include <optional>
#include <set>
#include <string>

namespace ui {

/// What the symbols of a page mean and are worth, now and as numbers of the lines. Refers to the
/// content and to what the neuron is doing now; both must outlive it.
class PageValues {
public:
    /// What the left side of a line is worth now.
    struct Worth {
        double value = 0.0;
        QString unit;
    };

    PageValues(const EquationsContent& content, const EquationsNow& now)
        : m_content(content)
        , m_now(now)
    {
    }

    std::optional<engine::models::SymbolMeaning> meaning(const std::string& symbol) const;
    /// The number that stands in the place of a symbol, if all neurons share one.
    std::optional<NumberInPlace> inPlace(const std::string& symbol) const;
    bool takesNumbers(const engine::models::Equation& line) const;
    /// As it is recorded of the neuron; nothing where it is not.
    std::optional<double> recorded(const engine::models::SymbolMeaning& meaning) const;
    /// As recorded, else as all neurons share it.
    std::optional<double> present(const std::string& symbol) const;
    /// Slopes and definitions only; nothing while the slope is not followed or nothing is recorded.
    std::optional<Worth> worth(const engine::models::Equation& line) const;
    /// A slope that is not followed now, because a spike holds its state.
    bool isHeldNow(const engine::models::Equation& line) const;
    /// Parameters that some line has or depends on.
    std::set<std::string> usedParams() const;

private:
    std::optional<double> shared(const engine::models::SymbolMeaning& meaning) const;

    const EquationsContent& m_content;
    const EquationsNow& m_now;
};

} // namespace ui
