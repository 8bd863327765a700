#include "ui/stimuli/stimulus_desk.hpp"

#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/widgets/parameter_text.hpp"

#include <QUndoStack>

#include <utility>

namespace ui {

namespace {

using engine::config::PresetDocument;
using engine::config::StimulusEdit;

// The engine answers within a frame or two; until then its document is older than the one here.
constexpr int answerMs = 150;

} // namespace

StimulusDesk::StimulusDesk(EngineBridge& bridge, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_undo(undo)
    , m_document(bridge.document())
{
    m_answer.setSingleShot(true);
    m_answer.setInterval(answerMs);
    connect(&m_answer, &QTimer::timeout, this, &StimulusDesk::follow);
    connect(&bridge, &EngineBridge::sessionChanged, this, [this] {
        m_answer.stop();
        m_base.reset();
        m_baseOf = 0;
    });
    connect(&bridge, &EngineBridge::documentChanged, this, [this] {
        if (!m_answer.isActive()) {
            follow();
        }
    });
}

void StimulusDesk::follow()
{
    const auto& document = m_bridge.document();
    if (document
        && (!m_document || m_document->shared_experiment() != document->shared_experiment())) {
        m_document = document;
        Q_EMIT changed(*m_document);
    }
}

QString StimulusDesk::apply(const std::function<StimulusEdit(const PresetDocument&)>& edit,
    const QString& text, quint64 gesture)
{
    if (!m_document) {
        return tr("Nothing is open");
    }
    if (gesture == 0 || gesture != m_baseOf) {
        m_base = m_document;
        m_baseOf = gesture;
        m_last.clear();
    }
    StimulusEdit made = edit(*m_base);
    if (!made.document) {
        return refusalText(made.errors);
    }
    if (made.changes.empty()) {
        return {};
    }
    m_last = made.changes;
    m_document = made.document;
    push(std::move(made.changes), text, gesture);
    for (const std::string& note : made.notes) {
        Q_EMIT noted(QString::fromStdString(note));
    }
    Q_EMIT changed(*m_document);
    return {};
}

void StimulusDesk::push(
    std::vector<engine::config::ValueChange> changes, const QString& text, quint64 gesture)
{
    std::vector<SetValuesCommand::Change> out;
    for (engine::config::ValueChange& change : changes) {
        out.push_back({std::move(change.path), std::move(change.before), std::move(change.after)});
    }
    m_answer.start();
    m_undo.push(new SetValuesCommand(m_bridge, std::move(out), text, gesture));
}

void StimulusDesk::giveUp(quint64 gesture)
{
    if (gesture == 0 || gesture != m_baseOf || m_last.empty() || !m_base) {
        return;
    }
    // A change to where it came from merges with the first one into nothing.
    std::vector<engine::config::ValueChange> changes = std::exchange(m_last, {});
    for (engine::config::ValueChange& change : changes) {
        change.after = change.before;
    }
    m_document = m_base;
    push(std::move(changes), {}, gesture);
    m_baseOf = 0;
    Q_EMIT changed(*m_document);
}

QString StimulusDesk::setNumbers(const Numbers& numbers, const QString& text, quint64 gesture)
{
    return apply(
        [&](const PresetDocument& document) {
            return engine::config::set_numbers(document, numbers);
        },
        text, gesture);
}

} // namespace ui
