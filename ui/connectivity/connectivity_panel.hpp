#pragma once

#include "ui/connectivity/connection_data.hpp"
#include "ui/connectivity/connection_pictures.hpp"
#include "ui/pictures.hpp"
#include "ui/widgets/when_seen.hpp"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>

class QBoxLayout;
class QComboBox;
class QGridLayout;
class QLabel;
class QTabBar;

namespace ui {

class ConnectionHistograms;
class ConnectionMap;
class EngineBridge;
class NeuronSelection;
class ProjectionEditor;
class ProjectionGraph;
class StimulusDesk;

/// Who is connected to whom in the running network: its graph, histograms of degrees, weights and
/// delays, and a picture of all synapses. Everything is made again from rules and seed in a pool,
/// while the panel can be seen; the run knows nothing of it.
class ConnectivityPanel : public QWidget {
    Q_OBJECT

public:
    ConnectivityPanel(EngineBridge& bridge, StimulusDesk& desk, NeuronSelection& selection,
        QWidget* parent = nullptr);

    /// What pictures of its plots carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }
    void choose(std::optional<std::size_t> projection);
    std::optional<std::size_t> chosen() const;
    bool busy() const { return m_data->busy() || m_pictures->busy(); }

    ProjectionEditor& editor() const { return *m_editor; }
    ProjectionGraph& graph() const { return *m_graph; }
    ConnectionHistograms& histograms() const { return *m_histograms; }
    ConnectionMap& map() const { return *m_map; }
    QComboBox& projections() const { return *m_projections; }
    QComboBox& quantities() const { return *m_quantities; }
    QTabBar& tabs() const { return *m_tabs; }
    const ConnectionData& data() const { return *m_data; }
    const ConnectionPictures& pictures() const { return *m_pictures; }
    QString words() const;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Something for the person to read.
    void report(const QString& message, bool error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void begin();
    void fillChoices();
    void showChosen();
    void renew();
    void showCounts();
    void look();
    QString summary() const;
    void addMenu(QWidget& plot, const std::function<void(QPainter&, QSize)>& paint,
        const std::function<std::string()>& csv, const QPoint& position);
    void connectMenus();
    void arrange();

    EngineBridge& m_bridge;
    NeuronSelection& m_selection;
    ConnectionData* m_data;
    ConnectionPictures* m_pictures;
    QComboBox* m_projections;
    QComboBox* m_quantities;
    QTabBar* m_tabs; ///< chooses a page where there is no room for all
    QLabel* m_words;
    ProjectionGraph* m_graph;
    ProjectionEditor* m_editor;
    QWidget* m_editorArea;
    QBoxLayout* m_graphRow = nullptr; ///< graph and editor
    ConnectionHistograms* m_histograms;
    ConnectionMap* m_map;
    QList<QWidget*> m_pages;
    QGridLayout* m_grid;
    ConnectionData::Experiment m_experiment;
    QString m_building; ///< why a network is being built; empty: none is
    std::function<PictureTag()> m_tag = [] { return PictureTag {}; };
    WhenSeen m_seen;
};

} // namespace ui
