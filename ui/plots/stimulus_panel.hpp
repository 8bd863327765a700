#pragma once

#include "engine/config/stimulus_edit.hpp"
#include "engine/config/stimulus_view.hpp"
#include "ui/plots/time_plot.hpp"
#include "ui/stimuli/stimulus_drawing.hpp"
#include "ui/stimuli/stimulus_handles.hpp"

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QLabel;

namespace ui {

class DragHandle;
class LegendStrip;
class StimulusDesk;

/// The stimuli of the run over time, the future included, with handles to change them. What they
/// do is computed by the engine's own functions.
class StimulusPanel : public TimePlot {
    Q_OBJECT

public:
    StimulusPanel(StimulusDesk& desk, TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const ShownRun& run) override;
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void applyTheme(const PlotColors& colors) override;
    std::string visibleCsv() const override;
    QString name() const override { return tr("Stimuli"); }
    QString spoken() const override;
    void fillMenu(QMenu& menu) override;

    /// By their ids, see StimulusHandle.
    DragHandle* handle(const QString& id) const;
    const StimulusHandle* handleData(const QString& id) const;
    QStringList handleIds() const;
    const StimulusDrawing& drawing() const { return *m_drawing; }
    /// What is said beside the handle that is being moved; empty else.
    QString moveText() const;

Q_SIGNALS:
    /// Exact values are wanted; the index of the stimulus, -1 for none.
    void editAsked(int stimulus);

protected:
    engine::core::Step resolution() const override { return 1; }
    void clearData() override { }
    void append(const Slice& slice) override { Q_UNUSED(slice) }
    void trim(double beforeMs) override { Q_UNUSED(beforeMs) }
    void refresh(double elapsed_s) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    struct Handle {
        DragHandle* widget = nullptr;
        StimulusHandle data;
    };
    struct Drag {
        StimulusHandle data; ///< as it was when it was grabbed
        quint64 gesture = 0;
        double x = 0.0; ///< pixel of what is moved
        double perPixel = 1.0; ///< of the value axis
        std::optional<bool> inTime; ///< of a handle that moves in both, once it is clear
    };

    void takeDocument(const engine::config::PresetDocument& document);
    void claimHeight(bool currents);
    void computeShapes();
    void fitValues(double elapsed_s);
    void updateHandles();
    void updateLegend();
    DragHandle* makeHandle(const QString& id);
    void grab(const QString& id);
    void drag(const QString& id, const QPoint& way, bool fine);
    void step(const QString& id, int right, int up, bool fine);
    void remove(const QString& id);
    void moveHandle(const StimulusHandle& held, const HandleMove& wanted, quint64 gesture);
    void say(const QString& text, const QString& id);
    QRect areaOf(const StimulusHandle& held) const;
    double quantum() const;
    static double laneQuantum(double value);
    engine::analysis::StimulusSite siteOf(std::size_t stimulus) const;
    void addMenu(QMenu& menu, double at_ms);
    void itemMenu(QMenu& menu, int stimulus);
    using Edit = std::function<engine::config::StimulusEdit(const engine::config::PresetDocument&)>;
    void offer(QMenu& menu, const QString& text, const Edit& edit);
    int stimulusAt(const QPoint& position) const;

    StimulusDesk& m_desk;
    StimulusDrawing* m_drawing;
    LegendStrip* m_legend;
    QLabel* m_said;
    std::optional<engine::config::PresetDocument> m_document;
    std::vector<engine::config::StimulusView> m_views;
    std::map<QString, Handle> m_handles;
    std::optional<Drag> m_drag;
    quint64 m_stepGesture = 0;
    QString m_stepped; ///< handle that m_stepGesture moves
    QElapsedTimer m_steppedAt;
    std::optional<QPoint> m_menuAt;
    // What the shapes were computed for.
    std::shared_ptr<const engine::config::Experiment> m_shapesOf;
    engine::core::Step m_shapesFrom = 0;
    engine::core::Step m_shapesTo = 0;
    engine::core::Step m_shapesBucket = 0;
    bool m_fit = true; ///< the value axis jumps to what there is
};

} // namespace ui
