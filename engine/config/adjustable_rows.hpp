#pragma once

#include "engine/config/json.hpp"
#include "engine/config/preset_document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Rows of the parameter panel under construction.

namespace engine::config {

/// Range of a slider.
struct SliderRange {
    double min = 0.0;
    double max = 1.0;
    bool log_scale = false;
};
/// Around a value: 0 to about twice the value, or a decade to each side.
SliderRange range_around(double value, bool log_scale);
/// The range widened until it contains the value; what is not positive has no place on a log track.
SliderRange containing(SliderRange range, double value);

/// What a row says about a number besides its value.
struct NumberRow {
    std::string label;
    std::string meaning;
    std::string unit;
    models::Limits limits {};
    std::optional<SliderRange> range {}; ///< missing: made from the value
    std::optional<core::Value> default_value {}; ///< missing: the present value
    bool essential = true;
    bool live = true;
    bool log_scale = false; ///< of a range made from the value
    bool integer = false;
    bool nullable = false;
};

/// Adds rows of one group after the other. Every slider's range contains the present value and
/// stays within the limits.
class AdjustableRows {
public:
    explicit AdjustableRows(const PresetDocument& document)
        : document_(document)
    {
    }

    void begin_group(std::string group) { group_ = std::move(group); }

    /// A number at `path`; `written` is what stands there in the file, missing where its default
    /// holds. A draw gives the row of its scale.
    void add_number(const std::string& path, const Json* written, const NumberRow& about);
    /// One row for each element of the list at `path`, label[1], label[2] ...
    void add_list(const std::string& path, const Json* written, const NumberRow& about);
    /// A row that is complete but for group and value.
    void add(Adjustable row);

    /// The row added last differs between neurons.
    void mark_last_as_spread() { rows_.back().spread = true; }

    std::vector<Adjustable> take() { return std::move(rows_); }
    const PresetDocument& document() const { return document_; }

private:
    const PresetDocument& document_;
    std::string group_;
    std::vector<Adjustable> rows_;
};

/// Member of an object, item of a list; nullptr where there is none.
const Json* member_of(const Json* object, std::string_view key);
const Json* item_of(const Json* list, std::size_t index);

models::Limits from_zero();
models::Limits positive();

// Sections, in order of display.
void add_variables(AdjustableRows& rows, const Json& root);
void add_populations(AdjustableRows& rows, const Json& root);
void add_projections(AdjustableRows& rows, const Json& root);
void add_stimuli(AdjustableRows& rows, const Json& root);
void add_simulation(AdjustableRows& rows, const Json& root);

} // namespace engine::config
