#include "ui/panels/stimulus_form.hpp"

#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/value_box.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

using engine::config::PresetDocument;
using engine::config::StimulusCell;
using engine::config::StimulusField;
using engine::config::StimulusRow;
using engine::config::StimulusView;
using engine::core::Value;

constexpr std::size_t mostTimes = 200; // that are listed
constexpr int columns = 4;

Value valueOf(const StimulusCell& cell) { return cell.value ? Value(*cell.value) : Value(); }

/// Steps of the arrow keys: of times a step of the pictures, else a hundredth of the size.
ValueScale scaleFor(const StimulusRow& row, const StimulusCell& cell, double duration_ms)
{
    if (row.field.unit == engine::config::StimulusUnit::time) {
        return {0.0, duration_ms, false, false};
    }
    const double size = std::max(std::abs(cell.value.value_or(0.0)), 1e-9);
    return {cell.value.value_or(0.0) < 0.0 ? -2.0 * size : 0.0, 2.0 * size, false, false};
}

} // namespace

StimulusForm::StimulusForm(
    StimulusDesk& desk, const PresetDocument& document, const StimulusView& view, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_view(view)
    , m_shape(shapeOf(document, view))
    , m_duration_ms(document.experiment().simulation.duration_ms.value_or(1000.0))
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(4, 4, 4, 4);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    addHead(document);
    for (const StimulusRow& row : m_view.rows) {
        if (row.field.form == StimulusField::Form::flag) {
            addFlag(row);
        } else if (row.field.key == "times") {
            addTimes();
        } else if (!row.is_list) {
            addRow(row);
        }
    }
    m_problem = new QLabel(this);
    m_problem->setWordWrap(true);
    m_grid->addWidget(m_problem, m_grid->rowCount(), 0, 1, columns);
    m_problem->hide();
    m_grid->setRowStretch(m_grid->rowCount(), 1);
}

std::string StimulusForm::shapeOf(const PresetDocument& document, const StimulusView& view)
{
    std::string shape = std::to_string(view.index) + view.path + view.type->name + view.label + "|"
        + view.target + (view.from_file ? "f" : "");
    for (const StimulusRow& row : view.rows) {
        shape += "|" + row.path + (row.is_list ? "[" : "=") + std::to_string(row.cells.size());
    }
    for (const auto& population : document.experiment().populations) {
        shape += "|" + population.name;
    }
    return shape;
}

bool StimulusForm::follow(const PresetDocument& document, const StimulusView& view)
{
    if (shapeOf(document, view) != m_shape) {
        return false;
    }
    m_view = view;
    for (const StimulusRow& row : m_view.rows) {
        const auto flag = m_flags.find(row.path);
        if (flag != m_flags.end()) {
            const QSignalBlocker quiet(flag->second);
            flag->second->setChecked(row.flag);
        }
        for (const StimulusCell& cell : row.cells) {
            const auto field = m_fields.find(cell.path);
            if (field != m_fields.end()) {
                field->second.wrong = field->second.wrong && field->second.cell.value == cell.value;
                field->second.cell = cell;
                show(field->second);
            }
        }
    }
    return true;
}

ValueBox* StimulusForm::box(const std::string& path) const
{
    const auto found = m_fields.find(path);
    return found == m_fields.end() ? nullptr : found->second.box;
}

QString StimulusForm::problem(const std::string& path) const
{
    const auto found = m_fields.find(path);
    return found != m_fields.end() && found->second.wrong ? found->second.note->text() : QString();
}

void StimulusForm::addHead(const PresetDocument& document)
{
    const auto line = [this](const QString& name, QWidget* field) {
        auto* label = new QLabel(name, this);
        label->setBuddy(field);
        field->setAccessibleName(name);
        const int row = m_grid->rowCount();
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(field, row, 1, 1, columns - 1);
    };
    m_label = new QLineEdit(QString::fromStdString(m_view.label), this);
    m_label->setPlaceholderText(tr("none"));
    line(tr("Label"), m_label);
    connect(m_label, &QLineEdit::editingFinished, this, [this] {
        const std::string wanted = m_label->text().trimmed().toStdString();
        if (wanted != m_view.label) {
            tell(m_desk.apply(
                [&](const PresetDocument& d) {
                    return engine::config::set_label(d, m_view.index, wanted);
                },
                tr("Label of a stimulus")));
        }
    });

    m_type = new QComboBox(this);
    for (const auto& type : engine::config::stimulus_types()) {
        m_type->addItem(tr(type.title.c_str()), QString::fromStdString(type.name));
        m_type->setItemData(m_type->count() - 1, tr(type.meaning.c_str()), Qt::ToolTipRole);
    }
    m_type->setCurrentIndex(m_type->findData(QString::fromStdString(m_view.type->name)));
    guardWheel(m_type);
    line(tr("Type"), m_type);
    connect(m_type, &QComboBox::activated, this, [this] {
        const std::string type = m_type->currentData().toString().toStdString();
        tell(m_desk.apply(
            [&](const PresetDocument& d) {
                return engine::config::change_type(d, m_view.index, type, m_duration_ms);
            },
            tr("Type of %1").arg(QString::fromStdString(m_view.name()))));
    });

    m_target = new QComboBox(this);
    const auto& populations = document.experiment().populations;
    int present = -1;
    for (const auto& population : populations) {
        if (population.name == m_view.target) {
            present = m_target->count();
        }
        m_target->addItem(QString::fromStdString(population.name));
    }
    if (present < 0) {
        // Some neurons, or several populations: written in the preset's text.
        present = m_target->count();
        m_target->addItem(QString::fromStdString(m_view.target));
    }
    m_target->setCurrentIndex(present);
    m_target->setEnabled(m_target->count() > 1);
    guardWheel(m_target);
    line(tr("Target"), m_target);
    connect(m_target, &QComboBox::activated, this, [this, count = populations.size()](int index) {
        const auto population = static_cast<std::size_t>(index);
        if (population < count) {
            tell(m_desk.apply(
                [&](const PresetDocument& d) {
                    return engine::config::set_target(d, m_view.index, population);
                },
                tr("Target of %1").arg(QString::fromStdString(m_view.name()))));
        }
    });
}

ValueBox* StimulusForm::addBox(
    const StimulusRow& row, const StimulusCell& cell, const QString& label)
{
    auto* box = new ValueBox(this);
    box->setUnit(QString::fromStdString(row.unit));
    box->setNullable(row.field.nullable);
    box->setScale(scaleFor(row, cell, m_duration_ms));
    box->setAccessibleName(label);
    box->setToolTip(QString::fromStdString(row.field.meaning));
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* note = new QLabel(this);
    note->setWordWrap(true);
    Field& field = m_fields[cell.path];
    field = {box, note, cell, false};
    show(field);
    const std::string path = cell.path;
    connect(box, &ValueBox::committed, this,
        [this, path](const Value& value) { want(path, value, 0); });
    connect(box, &ValueBox::stepped, this,
        [this, path](double value) { want(path, value, m_desk.newGesture()); });
    return box;
}

void StimulusForm::addRow(const StimulusRow& row)
{
    const QString name = QString::fromStdString(row.field.key);
    auto* label = new QLabel(name, this);
    ValueBox* box = addBox(row, row.cells.front(), name);
    label->setBuddy(box);
    label->setToolTip(box->toolTip());
    const int line = m_grid->rowCount();
    m_grid->addWidget(label, line, 0);
    m_grid->addWidget(box, line, 1, 1, 2);
    m_grid->addWidget(m_fields[row.cells.front().path].note, line + 1, 1, 1, columns - 1);
}

void StimulusForm::addFlag(const StimulusRow& row)
{
    auto* flag = new QCheckBox(QString::fromStdString(row.field.meaning), this);
    flag->setChecked(row.flag);
    m_flags[row.path] = flag;
    m_grid->addWidget(flag, m_grid->rowCount(), 1, 1, columns - 1);
    connect(flag, &QCheckBox::toggled, this, [this, path = row.path](bool on) {
        tell(m_desk.apply(
            [&](const PresetDocument& d) { return engine::config::set_value(d, path, on); },
            tr("shared")));
    });
}

/// The times with what belongs to each: a line each, with a button that takes it away.
void StimulusForm::addTimes()
{
    const StimulusRow& times = *m_view.row("times");
    const StimulusRow* values = nullptr;
    for (const StimulusRow& row : m_view.rows) {
        if (row.field.form == StimulusField::Form::one_for_each
            || row.field.form == StimulusField::Form::number_or_list) {
            values = &row;
        }
    }
    const bool each = values != nullptr && values->is_list;
    const int head = m_grid->rowCount();
    m_grid->addWidget(new QLabel(tr("times"), this), head, 1);
    if (each) {
        m_grid->addWidget(new QLabel(QString::fromStdString(values->field.key), this), head, 2);
    }
    for (std::size_t i = 0; i < std::min(times.cells.size(), mostTimes); ++i) {
        const int line = m_grid->rowCount();
        const QString number = QString::number(i + 1);
        m_grid->addWidget(new QLabel(number, this), line, 0, Qt::AlignRight);
        m_grid->addWidget(addBox(times, times.cells[i], tr("time %1").arg(number)), line, 1);
        m_grid->addWidget(m_fields[times.cells[i].path].note, line + 1, 1);
        if (each && i < values->cells.size()) {
            const QString name
                = QStringLiteral("%1 %2").arg(QString::fromStdString(values->field.key), number);
            m_grid->addWidget(addBox(*values, values->cells[i], name), line, 2);
            m_grid->addWidget(m_fields[values->cells[i].path].note, line + 1, 2);
        }
        auto* remove = new QToolButton(this);
        remove->setText(QStringLiteral("×"));
        remove->setToolTip(tr("Remove time %1").arg(number));
        remove->setAccessibleName(remove->toolTip());
        m_grid->addWidget(remove, line, 3);
        connect(remove, &QToolButton::clicked, this, [this, i] {
            tell(m_desk.apply(
                [&](const PresetDocument& d) {
                    return engine::config::remove_time(d, m_view.index, i);
                },
                tr("Remove a time of %1").arg(QString::fromStdString(m_view.name()))));
        });
    }
    const int line = m_grid->rowCount();
    if (times.cells.size() > mostTimes) {
        m_grid->addWidget(
            new QLabel(tr("and %1 more").arg(times.cells.size() - mostTimes), this), line, 1);
    }
    auto* add = new QPushButton(tr("Add a time"), this);
    m_grid->addWidget(add, line + 1, 1);
    connect(add, &QPushButton::clicked, this, [this] {
        // After the last one, as far as the two before it lie apart.
        const auto& cells = m_view.row("times")->cells;
        constexpr double share = 0.1; // of the run, where there is no such distance
        double gap = share * m_duration_ms;
        if (cells.size() > 1) {
            gap = cells.back().value.value_or(0.0) - cells[cells.size() - 2].value.value_or(0.0);
        }
        const double last = cells.empty() ? 0.0 : cells.back().value.value_or(0.0);
        tell(m_desk.apply(
            [&](const PresetDocument& d) {
                return engine::config::insert_time(
                    d, m_view.index, last + (gap > 0.0 ? gap : share * m_duration_ms));
            },
            tr("Add a time to %1").arg(QString::fromStdString(m_view.name()))));
    });
    if (values != nullptr && values->field.form == StimulusField::Form::number_or_list) {
        auto* own = new QCheckBox(
            tr("each its own %1").arg(QString::fromStdString(values->field.key)), this);
        own->setChecked(each);
        m_grid->addWidget(own, line + 2, 1, 1, columns - 1);
        connect(own, &QCheckBox::toggled, this, [this, key = values->field.key](bool on) {
            tell(m_desk.apply(
                [&](const PresetDocument& d) {
                    return engine::config::set_one_for_each(d, m_view.index, key, on);
                },
                QString::fromStdString(key)));
        });
    }
}

void StimulusForm::want(const std::string& path, const Value& value, quint64 gesture)
{
    const auto edit = [&](const PresetDocument& d) {
        const double* number = std::get_if<double>(&value);
        return number != nullptr ? engine::config::set_numbers(d, {{path, *number}})
                                 : engine::config::set_value(d, path, value);
    };
    const std::string key = path.substr(path.find('/', path.find('/') + 1) + 1);
    const QString text = QStringLiteral("%1: %2").arg(
        QString::fromStdString(m_view.name()), QString::fromStdString(key));
    const QString refused = m_desk.apply(edit, text, gesture);
    const auto found = m_fields.find(path);
    if (found == m_fields.end()) {
        return; // the form has been taken away by the change
    }
    Field& field = found->second;
    field.wrong = !refused.isEmpty();
    if (field.wrong) {
        field.note->setText(refused);
    }
    show(field);
}

void StimulusForm::show(Field& field)
{
    field.box->setValue(valueOf(field.cell));
    if (!field.wrong) {
        field.note->setText(field.cell.expression.empty()
                ? QString()
                : QStringLiteral("= %1").arg(QString::fromStdString(field.cell.expression)));
    }
    field.note->setForegroundRole(QPalette::WindowText);
    QFont font = field.note->font();
    font.setBold(field.wrong);
    field.note->setFont(font);
    field.note->setVisible(!field.note->text().isEmpty());
}

void StimulusForm::tell(const QString& refused)
{
    m_problem->setText(refused);
    m_problem->setVisible(!refused.isEmpty());
    if (!refused.isEmpty()) {
        const QSignalBlocker quiet(m_type);
        m_type->setCurrentIndex(m_type->findData(QString::fromStdString(m_view.type->name)));
    }
}

} // namespace ui
