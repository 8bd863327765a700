#pragma once

#include <QObject>
#include <QString>

class QAction;
class QMenu;
class QWidget;

namespace engine::config {
class PresetLibrary;
}

namespace ui {

class EngineBridge;
class FileActions;
class GalleryWindow;

/// View > Gallery: opens galleries over the main window, pauses the live run meanwhile, and opens
/// the tile that a person chose.
class GalleryActions : public QObject {
    Q_OBJECT

public:
    GalleryActions(const engine::config::PresetLibrary& library, EngineBridge& bridge,
        FileActions& files, QWidget* window);

    QMenu* menu() const { return m_menu; }
    /// The gallery that was shown last.
    QAction* lastAction() const { return m_last; }
    /// The last one where `id` is empty.
    void open(const QString& id);
    /// All presets of a heading of the list of presets.
    void openFamily(const QString& family);
    /// Made when it is opened first.
    GalleryWindow* window() const { return m_gallery; }

private:
    void fillMenu();
    void pause();
    void goOn();

    const engine::config::PresetLibrary& m_library;
    EngineBridge& m_bridge;
    FileActions& m_files;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_last;
    GalleryWindow* m_gallery = nullptr;
    bool m_paused = false; ///< the live run was paused for the gallery
};

} // namespace ui
