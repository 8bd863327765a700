#pragma once

#include <QStringList>

// The presets that were opened or saved last, newest first, kept in the settings.

namespace ui {

QStringList recentFiles();
/// Puts the file first; at most ten stay.
void addRecentFile(const QString& file);
void removeRecentFile(const QString& file);
void clearRecentFiles();

} // namespace ui
