#pragma once

#include <QString>

class QWidget;

// The only modal things about files: each asks for one thing and returns the answer, empty =
// cancelled.

namespace ui {

QString askPresetToOpen(QWidget* window, const QString& folder);
/// `suggested` is a whole path.
QString askPresetToSave(QWidget* window, const QString& suggested, const QString& caption);
/// `pair`: the name that two files, -traces and -spikes, are made from.
QString askCsvFile(QWidget* window, const QString& suggestedStem, bool pair);

enum class CloseAnswer { save, discard, cancel };
CloseAnswer askAboutChanges(QWidget* window, const QString& title);

} // namespace ui
