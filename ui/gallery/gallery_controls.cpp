#include "ui/gallery/gallery_controls.hpp"

#include "engine/gallery/tile.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/parameter_row.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace ui {
namespace {

using engine::config::Adjustable;

constexpr int mostColumns = 6;
constexpr int rowsAcross = 4;

Adjustable number(const char* name, const QString& label, const QString& meaning,
    const QString& unit, double least, double most)
{
    Adjustable out;
    out.path = name;
    out.label = label.toStdString();
    out.meaning = meaning.toStdString();
    out.unit = unit.toStdString();
    out.group = "Gallery";
    out.slider_min = least;
    out.slider_max = most;
    return out;
}

engine::models::Limits limits(std::optional<double> least, std::optional<double> most)
{
    using engine::models::Bound;
    engine::models::Limits out;
    if (least) {
        out.min = Bound {*least, true};
    }
    if (most) {
        out.max = Bound {*most, true};
    }
    return out;
}

} // namespace

GalleryControls::GalleryControls(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_same(new QCheckBox(tr("Same &stimulus for all"), this))
    , m_looks(new QWidget(this))
    , m_axis(new QCheckBox(tr("One &voltage axis"), m_looks))
    , m_columns(new QComboBox(m_looks))
{
    m_grid->setContentsMargins(4, 0, 4, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(0);
    m_same->setToolTip(tr("Every neuron gets one current step instead of its own stimuli"));
    m_axis->setToolTip(
        tr("All tiles have the same voltage axis, as in the published figures; else each its own"));
    m_columns->addItem(tr("Columns: as fits"), 0);
    for (int i = 1; i <= mostColumns; ++i) {
        m_columns->addItem(tr("Columns: %1").arg(i), i);
    }
    m_columns->setAccessibleName(tr("Columns of tiles"));
    m_columns->setToolTip(tr("Columns of tiles, fewer where they would become too small"));
    guardWheel(m_columns);
    auto* looks = new QHBoxLayout(m_looks);
    looks->setContentsMargins(0, 0, 0, 0);
    looks->addWidget(m_axis);
    looks->addStretch(1);
    looks->addWidget(m_columns);
    for (QCheckBox* box : {m_same, m_axis}) {
        pressWithReturn(box);
        connect(box, &QCheckBox::clicked, this, [this] {
            m_settings.sameStimulus = m_same->isChecked();
            m_settings.commonAxis = m_axis->isChecked();
            arrange();
            Q_EMIT changed(m_settings);
        });
    }
    connect(m_columns, &QComboBox::activated, this, [this] {
        m_settings.columns = m_columns->currentData().toInt();
        Q_EMIT changed(m_settings);
    });
}

void GalleryControls::show(
    const GallerySettings& settings, const GallerySettings& begins, const QString& currentUnit)
{
    m_settings = settings;
    m_same->setChecked(settings.sameStimulus);
    m_axis->setChecked(settings.commonAxis);
    m_columns->setCurrentIndex(std::max(0, m_columns->findData(settings.columns)));
    makeRows(begins, currentUnit);
    arrange();
}

void GalleryControls::makeRows(const GallerySettings& begins, const QString& currentUnit)
{
    for (const Row& row : m_rows) {
        delete row.widget;
    }
    m_rows.clear();
    Adjustable sweep = number("sweep", tr("Sweep"),
        tr("Wall time from the beginning of a sweep to its end ([ and ])"), tr("s"), 0.5, 60.0);
    sweep.log_scale = true;
    sweep.limits = limits(0.1, 3600.0);
    addRow(sweep, begins.sweep_s, m_settings.sweep_s, false, true);

    Adjustable currents = number("currents", tr("Currents"),
        tr("Factor of the input currents of all tiles"), QStringLiteral("\u00d7"), 0.0, 3.0);
    currents.limits = limits(0.0, 1000.0);
    addRow(currents, begins.currents, m_settings.currents, false, false);

    engine::config::CurrentStep& step = m_settings.step;
    const double size = std::max(1.0, 2.0 * std::abs(begins.step.amplitude));
    addRow(number("amplitude", tr("Amplitude"), tr("Of the current step"), currentUnit, -0.5 * size,
               size),
        begins.step.amplitude, step.amplitude, true, false);
    const double longest = 2.0 * begins.step.duration_ms;
    Adjustable onset
        = number("onset", tr("Onset"), tr("Of the current step"), tr("ms"), 0.0, longest);
    onset.limits = limits(0.0, {});
    addRow(onset, begins.step.onset_ms, step.onset_ms, true, false);
    Adjustable width
        = number("width", tr("Width"), tr("Duration of the current step"), tr("ms"), 1.0, longest);
    width.limits = limits(1.0, {});
    addRow(width, begins.step.width_ms, step.width_ms, true, false);
    Adjustable duration
        = number("duration", tr("Run for"), tr("Model time of a sweep"), tr("ms"), 10.0, longest);
    duration.limits = limits(10.0, engine::gallery::longest_sweep_ms);
    addRow(duration, begins.step.duration_ms, step.duration_ms, true, false);
}

void GalleryControls::addRow(
    const Adjustable& adjustable, double begins, double& value, bool ofStep, bool always)
{
    Adjustable shown = adjustable;
    shown.value = value;
    shown.default_value = begins;
    Adjustable reference = shown;
    reference.value = begins;
    auto* row = new ParameterRow(shown, this);
    row->setReference(reference);
    m_rows.push_back({row, &value, ofStep, always});
    connect(row, &ParameterRow::wanted, this,
        [this, row, shown, &value](const engine::core::Value& wanted) mutable {
            if (const auto* asked = std::get_if<double>(&wanted)) {
                value = *asked;
                shown.value = wanted;
                row->follow(shown);
                Q_EMIT changed(m_settings);
            }
        });
}

void GalleryControls::arrange()
{
    for (QWidget* widget : {static_cast<QWidget*>(m_same), m_looks}) {
        m_grid->removeWidget(widget);
    }
    int column = 0;
    int line = 0;
    const auto place = [&](QWidget* widget) {
        m_grid->addWidget(widget, line, column);
        column = (column + 1) % rowsAcross;
        line += column == 0 ? 1 : 0;
    };
    for (const Row& row : m_rows) {
        const bool shown = row.always || row.ofStep == m_settings.sameStimulus;
        m_grid->removeWidget(row.widget);
        row.widget->setVisible(shown);
        if (shown) {
            place(row.widget);
        }
    }
    place(m_same);
    place(m_looks);
    for (int i = 0; i < rowsAcross; ++i) {
        m_grid->setColumnStretch(i, 1);
    }
}

void GalleryControls::setSweep_s(double seconds) { Q_EMIT row("sweep")->wanted(seconds, 0); }

ParameterRow* GalleryControls::row(const char* name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
        [name](const Row& row) { return row.widget->path() == name; });
    return found == m_rows.end() ? nullptr : found->widget;
}

} // namespace ui
