#pragma once

#include "ui/pictures.hpp"
#include "ui/regime/regime_theory.hpp"
#include "ui/regime/regime_tiles.hpp"
#include "ui/regime/regime_trail.hpp"
#include "ui/widgets/background_sweep.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>

class QBoxLayout;
class QLabel;
class QUndoStack;

namespace ui {

class EngineBridge;
class RegimeControls;
class RegimePlot;

/// The plane of two numbers of a network, Brunel's (g, eta) before all: what theory says of it,
/// what runs in the background measure, and where the running network is and has been. A click
/// sends it elsewhere, through the same path as its sliders.
class RegimePanel : public QWidget {
    Q_OBJECT

public:
    RegimePanel(EngineBridge& bridge, QUndoStack& undo, const NetworkTheory& theory,
        QWidget* parent = nullptr);
    ~RegimePanel() override;

    RegimePlot& plot() { return *m_plot; }
    RegimeControls& controls() { return *m_controls; }
    const RegimeTrail& trail() const { return m_trail; }
    const std::optional<RegimeDiagram>& diagram() const { return m_diagram; }
    /// Theory and measurement at the present place, in plain words.
    QString words() const;
    /// What the tiles are, in plain words.
    QString notes() const;
    /// Points of theory's map along each axis, from the next map on: a multiple of its coarsest
    /// spacing of 16, and the last point.
    void setMapPoints(int points) { m_mapPoints = points; }
    /// Theory or tiles are being computed.
    bool busy() const { return computesTheory() || m_sweep.isRunning(); }
    bool computesTheory() const;
    /// The tiles as the command line writes them; empty where there are none.
    std::string csv() const;
    /// What the command line is asked for the same tiles.
    QString command() const;
    /// The preset as it was opened.
    void setReference(const engine::config::PresetDocument& document);
    /// What pictures carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }

Q_SIGNALS:
    void report(const QString& message, bool error);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void beginSession(const engine::Frame& frame);
    void chooseAxes();
    void beginAxes();
    bool readChoices();
    void documentChanged();
    void takeTheory(const RegimeTheory& theory);
    void watchMap();
    void takeDiagram(const RegimeDiagram& diagram);
    void takeFrame(const engine::Frame& frame);
    void showColors();
    void showPlace();
    void beginGesture();
    void goTo(const QPointF& at);
    void startTiles();
    void stopTiles();
    void showTiles();
    QString describe(const QPointF& at) const;
    QString measuredText() const;
    QString verdict() const;
    void showMenu(const QPoint& globalPosition);

    int m_mapPoints = 129;
    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    const NetworkTheory& m_present; ///< theory at the present place
    std::function<PictureTag()> m_tag;
    RegimeControls* m_controls;
    RegimePlot* m_plot;
    QLabel* m_words;
    QLabel* m_notes;
    QBoxLayout* m_layout;

    std::string m_preset; ///< id
    std::optional<engine::config::PresetDocument> m_reference;
    bool m_namesState = false; ///< excitation and inhibition
    bool m_theoryWanted = false; ///< values have changed since it was asked
    std::optional<SweepChoice> m_x;
    std::optional<SweepChoice> m_y;
    RegimeTrail m_trail;
    QElapsedTimer m_sinceShown;
    bool m_news = false; ///< the trail has what is not shown
    quint64 m_gesture = 0;

    engine::theory::MapCache m_maps;
    std::shared_ptr<const engine::theory::Map> m_map;
    std::size_t m_results = 0; ///< of the map, taken
    std::optional<RegimeDiagram> m_diagram;
    QTimer m_watch;

    BackgroundSweep m_sweep;
    std::optional<engine::sweep::Request> m_tiles; ///< what the tiles are of
    std::string m_tileText; ///< of its document
    TileQuestion m_question; ///< of m_tiles
    bool m_tilesOld = false; ///< other values hold now

    LatestResult<RegimeTheory> m_theory;
    LatestResult<RegimeDiagram> m_drawing;
};

} // namespace ui
