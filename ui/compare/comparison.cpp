#include "ui/compare/comparison.hpp"

#include "engine/analysis/divergence.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/network_theory.hpp"

#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace ui {

using engine::config::PresetDocument;
using engine::core::Step;

namespace {

// B keeps less than A: somebody looks at it beside A, and does not go back in it far.
constexpr std::size_t history_bytes = std::size_t {256} << 20;
constexpr std::size_t checkpoint_bytes = std::size_t {32} << 20;

engine::LiveOptions besideOptions()
{
    engine::LiveOptions options;
    options.history_bytes = history_bytes;
    options.checkpoint_bytes = checkpoint_bytes;
    options.beside = true;
    return options;
}

ShownRun runOf(const engine::Frame& frame)
{
    return {.history = frame.history,
        .experiment = frame.document.shared_experiment(),
        .grid = engine::core::TimeGrid(frame.document.experiment().simulation.dt_ms),
        .now = frame.to};
}

/// Both networks change their places.
class SwapNetworks : public QUndoCommand {
public:
    SwapNetworks(Comparison& comparison, PresetDocument first, PresetDocument other)
        : QUndoCommand(Comparison::tr("Swap A and B"))
        , m_comparison(&comparison)
        , m_first(std::move(first))
        , m_other(std::move(other))
    {
    }

    void redo() override { put(m_other, m_first); }
    void undo() override { put(m_first, m_other); }

private:
    void put(const PresetDocument& first, const PresetDocument& other)
    {
        if (m_comparison == nullptr) {
            return;
        }
        engine::SetValues values;
        for (const engine::Difference& difference : engine::differences(other, first)) {
            values.values.emplace_back(difference.path, difference.preset);
        }
        if (m_comparison->active()) {
            m_comparison->hold(other);
        }
        if (!values.values.empty()) {
            m_comparison->first().post(std::move(values));
        }
    }

    QPointer<Comparison> m_comparison;
    PresetDocument m_first;
    PresetDocument m_other;
};

} // namespace

Comparison::Comparison(EngineBridge& bridge, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_undo(undo)
{
    connect(&bridge, &EngineBridge::sessionChanged, this, &Comparison::takeSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, &Comparison::takeSweep);
    connect(&bridge, &EngineBridge::frameReady, this, &Comparison::takeFrame);
}

Comparison::~Comparison()
{
    if (m_other != nullptr) {
        m_other->stop(); // no frame reaches what is being taken down
    }
}

void Comparison::begin()
{
    if (!m_bridge.document()) {
        Q_EMIT report(tr("Nothing has been run yet that could be compared with."), false);
        return;
    }
    if (active()) {
        takeValues();
        return;
    }
    m_other = new EngineBridge(besideOptions(), this);
    m_theory = new NetworkTheory(*m_other, m_other);
    connect(m_other, &EngineBridge::sessionChanged, this,
        [this](const engine::Frame& frame) { takeOther(frame, true); });
    connect(m_other, &EngineBridge::sweepChanged, this,
        [this](const engine::Frame& frame) { takeOther(frame, false); });
    connect(m_other, &EngineBridge::frameReady, this, [this](const engine::Frame& frame) {
        if (m_run && frame.history == m_run->history) {
            m_run->now = frame.to;
            compare();
            Q_EMIT progressed();
        }
    });
    connect(m_other, &EngineBridge::notice, this, [this](const engine::Notice& notice) {
        const bool error = notice.severity == engine::core::Severity::error;
        if (error) {
            QString text = QString::fromStdString(notice.text);
            if (!notice.details.empty()) {
                text
                    += QStringLiteral(": ") + QString::fromStdString(notice.details.front().text());
            }
            Q_EMIT report(tr("Network B: %1").arg(text), true);
        }
        if (error && !running()) {
            QMetaObject::invokeMethod(this, &Comparison::end, Qt::QueuedConnection);
        }
    });
    m_other->start();
    Q_EMIT begun();
    hold(*m_bridge.document());
}

void Comparison::end()
{
    if (!active()) {
        return;
    }
    EngineBridge* other = std::exchange(m_other, nullptr);
    m_run.reset();
    m_first.reset();
    m_awaits = false;
    m_theory = nullptr;
    Q_EMIT ended();
    other->stop();
    other->deleteLater(); // one of its signals may have led here
}

void Comparison::hold(const PresetDocument& document)
{
    // As fast as it can up to where A is; its own pace says nothing here.
    m_bound_ms = 0.0;
    m_other->post(engine::Bound {0.0});
    m_other->post(engine::Open {document, true});
    m_other->post(engine::SetSpeed {std::nullopt});
}

void Comparison::swap()
{
    if (running()) {
        m_undo.push(new SwapNetworks(*this, *m_bridge.document(), *m_other->document()));
    }
}

void Comparison::takeValues()
{
    if (active()) {
        hold(*m_bridge.document());
    }
}

void Comparison::setView(View view)
{
    if (view != m_view) {
        m_view = view;
        Q_EMIT viewChanged();
    }
}

double Comparison::behindMs() const
{
    return running() ? std::max(0.0, m_bridge.status().t_ms - m_other->status().t_ms) : 0.0;
}

double Comparison::equalUntilMs() const { return m_run ? m_run->grid.time_ms(m_compared) : 0.0; }

std::vector<engine::Difference> Comparison::differences() const
{
    return running() && m_bridge.document()
        ? engine::differences(*m_bridge.document(), *m_other->document())
        : std::vector<engine::Difference> {};
}

void Comparison::restartOther()
{
    m_bound_ms = 0.0;
    m_other->post(engine::Bound {0.0});
    m_other->post(engine::ResetState {});
}

void Comparison::takeSession(const engine::Frame& frame)
{
    m_firstRun = runOf(frame);
    if (!active()) {
        return;
    }
    m_awaits = false;
    m_compared = 0;
    m_first.reset();
    const auto& held = m_other->document();
    if (!held) {
        return; // it is being built: both begin anew when it is there
    }
    if (frame.document.info().id != held->info().id) {
        end();
        Q_EMIT report(tr("The comparison has ended: another preset is open."), false);
        return;
    }
    const std::uint64_t seed = frame.document.experiment().simulation.seed;
    if (seed != held->experiment().simulation.seed) {
        m_bound_ms = 0.0;
        m_other->post(engine::Bound {0.0});
        m_other->post(engine::NewSeed {seed});
    } else {
        restartOther();
    }
}

void Comparison::takeSweep(const engine::Frame& frame)
{
    m_firstRun = runOf(frame);
    if (!active()) {
        return;
    }
    const bool awaited = std::exchange(m_awaits, false);
    if (awaited || !running()) {
        m_compared = 0;
        m_first.reset();
        return;
    }
    if (!frame.branch) {
        restartOther();
        return;
    }
    // B goes back as well; where it has not come so far yet it simply goes on.
    const double at_ms = m_firstRun->grid.time_ms(frame.branch->at);
    const Step at = m_run->grid.steps(at_ms);
    if (m_run->now >= at) {
        m_bound_ms = at_ms;
        m_other->post(engine::Bound {at_ms});
        m_other->post(engine::ContinueFrom {at, std::nullopt, true});
    }
    if (m_first && m_first->step > at) {
        m_first.reset();
    }
    m_compared = std::min(m_compared, at);
}

void Comparison::takeFrame(const engine::Frame& frame)
{
    if (m_firstRun && frame.history == m_firstRun->history) {
        m_firstRun->now = frame.to;
    }
    if (!active() || m_awaits || !running()) {
        return;
    }
    if (frame.status.t_ms > m_bound_ms) {
        m_bound_ms = frame.status.t_ms;
        m_other->post(engine::Bound {m_bound_ms});
    }
}

void Comparison::takeOther(const engine::Frame& frame, bool anew)
{
    const bool begins = !frame.branch;
    m_run = runOf(frame);
    if (begins) {
        m_compared = 0;
        m_first.reset();
    }
    if (anew) {
        // Both from t = 0: with the same values they are equal until one is changed.
        m_awaits = true;
        m_bridge.post(engine::ResetState {});
    }
    Q_EMIT restarted();
}

void Comparison::compare()
{
    if (!m_run || !m_firstRun || m_first || m_awaits
        || m_run->grid.dt_ms() != m_firstRun->grid.dt_ms()) {
        return;
    }
    constexpr Step most = 2000; // of one frame
    const Step to = std::min({m_run->now, m_firstRun->now, m_compared + most});
    if (to <= m_compared) {
        return;
    }
    const auto found = engine::analysis::differences(
        m_firstRun->history->spikes(m_compared, to), m_run->history->spikes(m_compared, to));
    m_compared = to;
    for (const auto& spikes : {found.missing, found.added}) {
        if (!spikes.empty() && (!m_first || spikes.front().step < m_first->step)) {
            m_first = spikes.front();
        }
    }
    if (m_first) {
        m_compared = m_first->step - 1;
    }
}

} // namespace ui
