#pragma once

#include "ui/pictures.hpp"

#include <functional>
#include <string>

class QMenu;
class QPoint;
class QWidget;

namespace ui {

/// What a plot needs to leave the window.
struct PlotSource {
    QWidget* plot = nullptr;
    PaintPicture paint; ///< with the white palette, whatever the theme of the window
    std::function<std::string()> csv; ///< what is in view
};

/// Tells a person what came of something, without a dialog.
using ReportTo = std::function<void(const QString& message, bool error)>;

/// Copy image, save image, save visible data. `tag` gives what pictures carry.
void addPictureActions(QMenu& menu, const PlotSource& source,
    const std::function<PictureTag()>& tag, const ReportTo& report);

/// The menu of a plot that has these actions alone.
void showPictureMenu(const PlotSource& source, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag, const ReportTo& report);

} // namespace ui
