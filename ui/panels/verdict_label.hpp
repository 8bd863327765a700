#pragma once

#include "engine/analysis/regime.hpp"
#include "engine/frame.hpp"

#include <QLabel>

#include <memory>

namespace ui {

class EngineBridge;

/// The name of what runs, live, with the numbers that decided: the regime of a network with
/// excitation and inhibition beside what its source promises, the firing pattern of a single
/// neuron. Empty and hidden where there is no name.
class VerdictLabel : public QLabel {
    Q_OBJECT

public:
    explicit VerdictLabel(EngineBridge& bridge, QWidget* parent = nullptr);

    bool namesRegime() const { return m_namesRegime; }

private:
    void beginSession(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void tell(const QString& verdict);

    bool m_namesRegime = false; ///< excitation and inhibition: else the pattern of a neuron
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics;
    std::shared_ptr<const engine::LiveReport> m_checks;
    engine::analysis::RegimeTracker m_regime;
};

} // namespace ui
