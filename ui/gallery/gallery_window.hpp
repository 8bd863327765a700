#pragma once

#include "engine/gallery/lockstep.hpp"
#include "ui/gallery/gallery_settings.hpp"
#include "ui/gallery/loaded_gallery.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;

namespace ui {

class GalleryControls;
class GalleryExport;
class MessageBar;
class TileGrid;

/// Presets side by side, each a live simulation in a small panel, in a window of its own that
/// covers the main window until a tile is opened. Its engine thread lives while it is shown.
class GalleryWindow : public QWidget {
    Q_OBJECT

public:
    GalleryWindow(const engine::config::PresetLibrary& library, QWidget* parent);
    ~GalleryWindow() override;

    /// Shows a gallery; the one that was shown last where `id` is empty.
    void open(const QString& id);

    TileGrid& grid() { return *m_grid; }
    GalleryControls& controls() { return *m_controls; }
    QComboBox* chooser() const { return m_chooser; }
    QAction* runAction() const { return m_run; }
    /// What the engine has told last; missing while there is none.
    std::shared_ptr<const engine::gallery::Frame> frame() const { return m_frame; }

Q_SIGNALS:
    /// A person wants to have a tile in the main window: a preset as it is ...
    void presetChosen(const QString& idOrPath);
    /// ... or with the stimulus of the gallery.
    void documentChosen(const engine::config::PresetDocument& document);
    void appeared();
    void left();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Applied { ///< presets with the stimuli that were asked for
        std::vector<engine::config::PresetDocument> documents;
        engine::core::Diagnostics problems;
    };
    void makeActions();
    QHBoxLayout* makeHead();
    QAction* addAction(const QString& text, const QString& tip, const QList<QKeySequence>& keys,
        const std::function<void()>& action);
    void take(const LoadedGallery& loaded);
    void takeSettings(const GallerySettings& settings);
    void takeDocuments(const Applied& applied);
    void tick();
    void openTile(int index);
    void showDetails();
    void toggleRun();
    void stepSweep(double fraction);
    void changeSweep(int direction);

    const engine::config::PresetLibrary& m_library;
    MessageBar* m_messages;
    QComboBox* m_chooser;
    QLabel* m_summary;
    GalleryControls* m_controls;
    TileGrid* m_grid;
    QLabel* m_details;
    GalleryExport* m_export;
    QAction* m_run = nullptr;
    QTimer m_timer;

    LoadedGallery m_loaded;
    GallerySettings m_applied; ///< stimuli that the tiles have
    bool m_stale = false; ///< the settings ask for other stimuli
    QString m_toldDetails;
    std::uint64_t m_shown = 0; ///< galleries that m_lockstep has been given
    std::shared_ptr<const engine::gallery::Frame> m_frame;
    std::unique_ptr<engine::gallery::Lockstep> m_lockstep; ///< while the window is shown
    LatestResult<LoadedGallery> m_loading;
    LatestResult<Applied> m_applying;
};

} // namespace ui
