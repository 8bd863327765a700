#pragma once

#include "engine/analysis/numerics_check.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QToolButton>

namespace ui {

class EngineBridge;

/// "Numerics: agrees within 0.45 ms"; empty where nothing can be compared.
QString numericsText(const engine::analysis::NumericsOutcome& outcome);
/// All variants with their spikes, as rich text.
QString numericsDetails(const engine::analysis::NumericsCheck& check);

/// Whether what a single neuron shows is a matter of its numerics: compared off the window's thread
/// after every change. Hidden where there is nothing to compare; a click shows the details.
class NumericsBadge : public QToolButton {
    Q_OBJECT

public:
    explicit NumericsBadge(EngineBridge& bridge, QWidget* parent = nullptr);

    void showOutcome(const engine::analysis::NumericsOutcome& outcome);
    /// Something is being computed that will be shown.
    bool busy() const { return m_check.busy(); }
    /// Rich text of the details; empty while there are none.
    const QString& details() const { return m_details; }

Q_SIGNALS:
    /// Another width is needed.
    void resized();

private:
    void showDetails();
    void ask(const engine::config::PresetDocument& document);

    QString m_details;
    LatestResult<engine::analysis::NumericsOutcome> m_check;
};

} // namespace ui
