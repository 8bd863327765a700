#pragma once

#include "engine/frame.hpp"
#include "ui/pictures.hpp"
#include "ui/widgets/when_seen.hpp"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <string>

class QAction;
class QComboBox;

namespace ui {

class EngineBridge;
class FollowedNeuron;
class NeuronGrid;

/// A dock with all neurons of a network and a choice of what colours them. The engine tells their
/// variables only while it can be seen.
class NeuronGridPanel : public QWidget {
    Q_OBJECT

public:
    /// `actions`: what can be done to neurons, for the menu.
    NeuronGridPanel(EngineBridge& bridge, FollowedNeuron& followed, QList<QAction*> actions,
        QWidget* parent = nullptr);

    NeuronGrid& grid() const { return *m_grid; }
    QComboBox& variables() const { return *m_variables; }
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }

Q_SIGNALS:
    void report(const QString& message, bool error);

private:
    void begin(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void choose();
    void watch(bool seen);
    void showMenu(const QPoint& globalPosition);

    EngineBridge& m_bridge;
    FollowedNeuron& m_followed;
    QList<QAction*> m_actions;
    QComboBox* m_variables;
    NeuronGrid* m_grid;
    std::function<PictureTag()> m_tag = [] { return PictureTag {}; };
    std::shared_ptr<const engine::analysis::NeuronStates> m_states;
    std::string m_watched; ///< what the engine has been asked for
    WhenSeen m_seen;
};

} // namespace ui
