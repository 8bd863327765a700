#include "ui/compare/size_control.hpp"

#include "ui/compare/comparison.hpp"
#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/choice_box.hpp"
#include "ui/widgets/gesture.hpp"
#include "ui/widgets/parameter_slider.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace ui {

using engine::config::Adjustable;
using engine::config::ScaledSize;
using engine::config::SizeKept;

namespace {

constexpr double smallest = 0.1;
constexpr double largest = 2.0;
constexpr int delay_ms = 60; // a drag asks many times

/// What has to be set to get a value back: the expression where there is one.
engine::core::Value written(const std::vector<Adjustable>& rows, const std::string& path)
{
    const auto row = std::find_if(
        rows.begin(), rows.end(), [&](const Adjustable& r) { return r.path == path; });
    if (row == rows.end()) {
        return {};
    }
    return row->expression.empty() ? row->value : engine::core::Value(row->expression);
}

} // namespace

SizeControl::SizeControl(Comparison& comparison, QUndoStack& undo, QWidget* parent)
    : QWidget(parent)
    , m_comparison(comparison)
    , m_undo(undo)
    , m_slider(new ParameterSlider(this))
    , m_number(new QLabel(this))
    , m_kept(makeChoiceBox(this, tr("What is kept"), tr("What stays when the size changes")))
    , m_text(new QLabel(this))
    , m_job([this](const ScaledSize& scaled) { take(scaled); }, delay_ms)
{
    m_slider->setAccessibleName(tr("Size of A, times the size of B"));
    m_slider->setToolTip(tr("How many neurons A has, measured by B"));
    m_slider->setScale(ValueScale(smallest, largest, true, false));
    m_kept->addItem(tr("in-degree and weights kept"), static_cast<int>(SizeKept::indegree));
    m_kept->addItem(tr("mean input kept (J ~ 1/C)"), static_cast<int>(SizeKept::mean));
    m_kept->addItem(
        tr("fluctuation kept (J ~ 1/\u221aC)"), static_cast<int>(SizeKept::fluctuation));
    m_text->setWordWrap(true);
    m_text->setAccessibleName(tr("What stays and what changes"));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    auto* title = new QLabel(tr("&Size of A"), this);
    title->setBuddy(m_slider);
    grid->addWidget(title, 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_number, 0, 2);
    grid->addWidget(m_kept, 1, 0, 1, 3);
    grid->addWidget(m_text, 2, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    m_number->setMinimumWidth(
        m_number->fontMetrics().horizontalAdvance(tr("\u00d7 %1 of B").arg(0.123)));

    connect(m_slider, &ParameterSlider::dragStarted, this, [this] { m_gesture = nextGesture(); });
    connect(m_slider, &ParameterSlider::numberMoved, this, [this](double factor) {
        if (!m_slider->isDragging()) {
            m_gesture = nextGesture(); // a key or a click is a step of its own
        }
        setFactor(factor);
    });
    connect(m_slider, &ParameterSlider::resetRequested, this, [this] {
        m_gesture = nextGesture();
        m_slider->setNumber(1.0);
        setFactor(1.0);
    });
    connect(m_kept, &QComboBox::currentIndexChanged, this, [this] {
        tellKept();
        if (!m_touched.empty()) {
            m_gesture = nextGesture();
            setFactor(m_slider->number());
        }
    });
    connect(&comparison, &Comparison::begun, this, &SizeControl::forget);
    connect(&comparison, &Comparison::ended, this, &SizeControl::forget);
    forget();
    tellKept();
}

void SizeControl::forget()
{
    m_job.forget();
    m_touched.clear();
    m_slider->setNumber(1.0);
    m_number->setText(tr("\u00d7 %1 of B").arg(1));
}

void SizeControl::tellKept()
{
    switch (static_cast<SizeKept>(m_kept->currentData().toInt())) {
    case SizeKept::indegree:
        m_text->setText(tr("Every neuron keeps its number of inputs C and their weights J, and so "
                           "the mean and fluctuation of its input. Of fewer neurons N two share "
                           "more inputs: correlations grow as C/N."));
        break;
    case SizeKept::mean:
        m_text->setText(tr("The connection probability C/N stays, J goes as 1/C: the mean input "
                           "stays, its fluctuation goes as 1/\u221aC and grows as N falls."));
        break;
    case SizeKept::fluctuation:
        m_text->setText(tr("The connection probability C/N stays, J goes as 1/\u221aC: the "
                           "fluctuation of the input stays, its mean goes as \u221aC."));
        break;
    }
}

QString SizeControl::keptText() const { return m_text->text(); }

void SizeControl::showSize(double factor)
{
    if (m_slider->isDragging() || m_job.busy()) {
        return;
    }
    m_slider->setNumber(factor);
    m_number->setText(tr("\u00d7 %1 of B").arg(QString::number(factor, 'g', 3)));
}

void SizeControl::setFactor(double factor)
{
    if (!m_comparison.running()) {
        return;
    }
    m_number->setText(tr("\u00d7 %1 of B").arg(QString::number(factor, 'g', 3)));
    const auto kept = static_cast<SizeKept>(m_kept->currentData().toInt());
    m_job.ask([document = *m_comparison.other().document(), factor, kept](const std::stop_token&) {
        return engine::config::scaled_size(document, factor, kept);
    });
}

void SizeControl::take(const ScaledSize& scaled)
{
    if (!m_comparison.running() || !m_comparison.first().document()) {
        return;
    }
    if (!scaled.document) {
        QString why = scaled.errors.empty() ? QString()
                                            : QString::fromStdString(scaled.errors.front().text());
        Q_EMIT report(tr("A cannot have this size: %1").arg(why), true);
        return;
    }
    const auto rowsOfA = engine::config::adjustables(*m_comparison.first().document());
    const auto rowsOfB = engine::config::adjustables(*m_comparison.other().document());
    std::vector<SetValuesCommand::Change> changes;
    const auto add = [&](const std::string& path, const engine::core::Value& value) {
        const engine::core::Value before = written(rowsOfA, path);
        if (!(before == value)) {
            changes.push_back({path, before, value});
        }
    };
    // What it has set before and does not need now is as in B again.
    std::set<std::string> needed;
    for (const auto& value : scaled.values) {
        needed.insert(value.first);
    }
    for (const std::string& path : m_touched) {
        if (needed.count(path) == 0) {
            add(path, written(rowsOfB, path));
        }
    }
    for (const auto& [path, value] : scaled.values) {
        add(path, value);
        m_touched.insert(path);
    }
    if (!changes.empty()) {
        m_undo.push(new SetValuesCommand(
            m_comparison.first(), std::move(changes), tr("Size of the network"), m_gesture));
    }
}

} // namespace ui
