#include "ui/gallery/gallery_actions.hpp"

#include "engine/config/gallery.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/gallery/gallery_window.hpp"

#include <QAction>
#include <QMenu>
#include <QScreen>
#include <QWidget>

namespace ui {

GalleryActions::GalleryActions(const engine::config::PresetLibrary& library, EngineBridge& bridge,
    FileActions& files, QWidget* window)
    : QObject(window)
    , m_library(library)
    , m_bridge(bridge)
    , m_files(files)
    , m_window(window)
    , m_menu(new QMenu(tr("&Gallery"), window))
    , m_last(new QAction(tr("&As last time"), window))
{
    m_last->setShortcut(QKeySequence(QStringLiteral("Ctrl+G")));
    m_last->setStatusTip(tr("Gallery: many presets side by side"));
    connect(m_last, &QAction::triggered, this, [this] { open({}); });
    m_window->addAction(m_last);
    m_menu->addAction(m_last);
    connect(m_menu, &QMenu::aboutToShow, this, &GalleryActions::fillMenu);
}

void GalleryActions::fillMenu()
{
    m_menu->clear(); // m_last is the window's
    engine::core::Diagnostics problems; // told where the gallery is opened
    QString kind;
    for (const auto& gallery : engine::config::galleries(m_library, problems)) {
        const QString id = QString::fromStdString(gallery.id);
        const QString next = id.contains(':') || id == QLatin1String(engine::config::own_gallery_id)
            ? id.section(':', 0, 0)
            : QString();
        if (next != kind) {
            m_menu->addSeparator();
            kind = next;
        }
        QAction* action = m_menu->addAction(
            QString::fromStdString(gallery.title).replace('&', QStringLiteral("&&")), this,
            [this, id] { open(id); });
        action->setStatusTip(QString::fromStdString(gallery.summary));
    }
    m_menu->addSeparator();
    m_menu->addAction(m_last);
}

void GalleryActions::open(const QString& id)
{
    if (m_gallery == nullptr) {
        m_gallery = new GalleryWindow(m_library, m_window);
        connect(m_gallery, &GalleryWindow::appeared, this, &GalleryActions::pause);
        connect(m_gallery, &GalleryWindow::left, this, &GalleryActions::goOn);
        connect(m_gallery, &GalleryWindow::presetChosen, this, [this](const QString& key) {
            m_paused = false; // another run begins
            m_files.openPreset(key);
        });
        connect(m_gallery, &GalleryWindow::documentChosen, this,
            [this](const engine::config::PresetDocument& document) {
                m_paused = false;
                m_files.openDocument(document, {}, true);
            });
    }
    if (!m_gallery->isVisible()) {
        // A main window with many docks may be larger than the screen.
        m_gallery->setGeometry(m_window->geometry() & m_window->screen()->availableGeometry());
        m_gallery->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    }
    m_gallery->open(id);
}

void GalleryActions::openFamily(const QString& family)
{
    open(QString::fromStdString(engine::config::family_gallery_id(family.toStdString())));
}

void GalleryActions::pause()
{
    m_paused = m_bridge.status().state == engine::RunState::running;
    if (m_paused) {
        m_bridge.post(engine::Pause {});
    }
}

void GalleryActions::goOn()
{
    if (m_paused) {
        m_bridge.post(engine::Run {});
        m_paused = false;
    }
    m_window->activateWindow();
}

} // namespace ui
