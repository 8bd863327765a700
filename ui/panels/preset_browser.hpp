#pragma once

#include "engine/config/preset_library.hpp"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

/// All presets by family, searched by title, id, tags and summary; below them what the selected one
/// shows and where it is from.
class PresetBrowser : public QWidget {
    Q_OBJECT

public:
    explicit PresetBrowser(const engine::config::PresetLibrary& library, QWidget* parent = nullptr);

    /// Marks the preset that is open; an id that is not in the list marks none.
    void setCurrent(const QString& idOrPath);
    /// Reads the folders again.
    void refresh();

    QTreeWidget* tree() const { return m_tree; }
    QLineEdit* searchField() const { return m_search; }
    /// Titles that the search leaves, in order.
    QStringList shownTitles() const;

Q_SIGNALS:
    /// A person wants to open a preset: a shipped id, or the path of one of their own.
    void presetActivated(const QString& idOrPath);
    /// A person wants to see all shipped presets of a family side by side, or all of their own.
    void galleryWanted(const QString& family);
    void ownGalleryWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTreeWidgetItem* family(const QString& name);
    void filter();
    void describe();
    void activate(QTreeWidgetItem* item);
    void showMenu(const QPoint& position);
    const engine::config::LibraryEntry* entryOf(const QTreeWidgetItem* item) const;
    QTreeWidgetItem* itemOf(const QString& idOrPath) const;
    template <typename Visit> void forEachPreset(Visit visit) const;

    const engine::config::PresetLibrary& m_library;
    std::vector<engine::config::LibraryEntry> m_entries;
    QLineEdit* m_search;
    QTreeWidget* m_tree;
    QLabel* m_nothing;
    QLabel* m_description;
    QString m_current;
};

} // namespace ui
