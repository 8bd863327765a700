#include "ui/widgets/gesture.hpp"

namespace ui {

quint64 nextGesture()
{
    static quint64 last = 0; // only the window's thread makes gestures
    return ++last;
}

} // namespace ui
