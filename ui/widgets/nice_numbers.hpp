#pragma once

namespace ui {

/// The largest of 1, 2, 5 times a power of ten that is not above x > 0.
double niceBelow(double x);

/// The nearest multiple of the quantum, through few digits: 10.5 and not 10.500000000000002.
double toMultiple(double value, double quantum);

} // namespace ui
