#include "ui/panels/verdict_label.hpp"

#include "engine/checks/network_regime.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/statistics_texts.hpp"

namespace ui {
namespace {

using engine::analysis::NetworkStatistics;

bool sameWindow(const NetworkStatistics* x, const NetworkStatistics* y)
{
    return x != nullptr && y != nullptr && x->from_ms == y->from_ms && x->to_ms == y->to_ms;
}

} // namespace

VerdictLabel::VerdictLabel(EngineBridge& bridge, QWidget* parent)
    : QLabel(parent)
{
    setAccessibleName(tr("State of the network or firing pattern"));
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
    connect(&bridge, &EngineBridge::sessionChanged, this, &VerdictLabel::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, [this] { m_regime.reset(); });
    connect(&bridge, &EngineBridge::frameReady, this, &VerdictLabel::take);
}

void VerdictLabel::beginSession(const engine::Frame& frame)
{
    m_namesRegime = engine::checks::has_excitation_and_inhibition(frame.document.experiment());
    m_regime.reset();
    m_statistics.reset();
    m_checks.reset();
    clear();
    hide();
}

void VerdictLabel::take(const engine::Frame& frame)
{
    if (frame.checks) {
        m_checks = frame.checks;
    }
    if (m_namesRegime && frame.statistics && frame.statistics != m_statistics) {
        // Only another window is another opinion.
        if (!sameWindow(frame.statistics.get(), m_statistics.get())) {
            m_regime.update(engine::checks::regime_of(frame.statistics->network));
        }
        m_statistics = frame.statistics;
    }
    if (m_namesRegime && m_statistics) {
        // A run that has ended will have no second window to agree with its last one.
        QString verdict = regimeText(frame.status.state == engine::RunState::ended
                ? engine::checks::regime_of(m_statistics->network)
                : m_regime.shown());
        if (const QString promised = m_checks ? promisedStateText(*m_checks) : QString();
            !promised.isEmpty()) {
            verdict += QStringLiteral("; ") + promised;
        }
        tell(verdict);
    } else if (!m_namesRegime && frame.checks && frame.checks->pattern) {
        tell(patternText(*frame.checks->pattern)
            + (frame.checks->mixed
                    ? QStringLiteral("<br><i>%1</i>").arg(tr("Values were changed meanwhile."))
                    : QString()));
    }
}

void VerdictLabel::tell(const QString& verdict)
{
    if (!verdict.isEmpty() && verdict != text()) {
        setText(verdict);
        show();
    }
}

} // namespace ui
