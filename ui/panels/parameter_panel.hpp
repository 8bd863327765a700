#pragma once

#include "engine/config/preset_document.hpp"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;
class QUndoStack;
class QVBoxLayout;

namespace ui {

class EngineBridge;
class GroupBox;
class ParameterRow;

/// Everything of the present preset that can be changed, one row each, made from the model's
/// description and the preset's variables. Every move is posted at once; the rows show what the
/// engine has accepted.
class ParameterPanel : public QWidget {
    Q_OBJECT

public:
    ParameterPanel(EngineBridge& bridge, QUndoStack& undo, QWidget* parent = nullptr);
    ~ParameterPanel() override;

    /// The preset as it was opened: what changed rows are compared with and go back to. Without a
    /// call, the first document that the engine tells.
    void setReference(const engine::config::PresetDocument& reference);
    /// All rows back to the opened preset, as one step of undo.
    void resetParameters();

    std::vector<ParameterRow*> rows() const;
    /// nullptr where there is none.
    ParameterRow* row(const std::string& path) const;
    QLineEdit* searchField() const { return m_search; }
    /// Brings a row into view and gives it the focus; does nothing where there is none.
    void reveal(const std::string& path);

Q_SIGNALS:
    /// The setting that a person points at, has the focus on or moves; empty: none.
    void attended(const std::string& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showDocument(const engine::config::PresetDocument& document);
    void rebuild(const std::vector<engine::config::Adjustable>& adjustables);
    ParameterRow* makeRow(const engine::config::Adjustable& adjustable);
    void compareWithReference();
    void filter();
    void wanted(ParameterRow& row, const engine::core::Value& value, quint64 gesture);
    void push(const ParameterRow& row, const engine::core::Value& value, quint64 gesture);
    void giveUpStale();
    void attend();

    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    QLineEdit* m_search;
    QLabel* m_nothing;
    QScrollArea* m_area;
    QTimer m_stale;
    std::vector<engine::config::Adjustable> m_shape; ///< what the rows show, in their order
    std::map<std::string, ParameterRow*> m_rows;
    std::vector<ParameterRow*> m_order;
    std::vector<GroupBox*> m_groups;
    QHash<QString, std::pair<bool, bool>> m_folds; ///< by group: expanded, more shown
    std::optional<engine::config::PresetDocument> m_reference;
    std::map<std::string, engine::config::Adjustable> m_referenceRows;
    ParameterRow* m_hovered = nullptr;
    ParameterRow* m_focused = nullptr;
    std::map<ParameterRow*, std::pair<engine::core::Value, quint64>>
        m_held; ///< until the drag ends
};

} // namespace ui
