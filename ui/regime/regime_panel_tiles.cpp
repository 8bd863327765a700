#include "engine/sweep/table.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/regime/regime_controls.hpp"
#include "ui/regime/regime_panel.hpp"
#include "ui/regime/regime_plot.hpp"
#include "ui/theme.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>

#include <algorithm>
#include <cmath>
#include <exception>

// The tiles of the regime map, and what leaves it: tool tips, pictures, CSV.

namespace ui {

namespace {

QString number(double x) { return QString::number(x, 'g', 4); }

} // namespace

void RegimePanel::startTiles()
{
    if (!m_x || !m_y) {
        return;
    }
    readChoices();
    m_question = m_controls->question();
    m_tiles = tileRequest(*m_bridge.document(), *m_x, *m_y, m_question);
    m_tileText = m_tiles->document.text();
    m_tilesOld = false;
    try {
        m_sweep.start(*m_tiles);
    } catch (const std::exception& problem) {
        m_tiles.reset();
        Q_EMIT report(QString::fromUtf8(problem.what()), true);
        return;
    }
    m_controls->setProgress(0.0);
    showTiles();
}

void RegimePanel::stopTiles()
{
    m_sweep.letGo();
    m_controls->setProgress(std::nullopt);
    showTiles();
}

void RegimePanel::showTiles()
{
    if (!m_tiles) {
        return;
    }
    const auto& cells = m_sweep.cells();
    m_plot->setTiles({m_tiles->axes[0].values, m_tiles->axes[1].values,
                         tileValues(*m_tiles, cells, m_controls->quantity())},
        m_tilesOld);
    const auto done
        = std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return cell.done; });
    const auto failed = std::count_if(
        cells.begin(), cells.end(), [](const auto& cell) { return !cell.error.empty(); });
    QString note = tr("%L1 of %L2 tiles measured, %L3 neurons for %4 ms each.")
                       .arg(done)
                       .arg(m_tiles->cells())
                       .arg(m_question.size.neurons)
                       .arg(number(m_question.duration_ms));
    if (m_question.size.part < 1.0) {
        note += QLatin1Char(' ')
            + tr("Fewer neurons, each with as many inputs of the same weights: more correlated.");
    }
    if (failed > 0) {
        note += QLatin1Char(' ') + tr("%L1 combinations are impossible.").arg(failed);
    }
    if (m_tilesOld) {
        note += QLatin1Char(' ') + tr("Grey: other values hold now.");
    }
    m_notes->setText(note);
}

QString RegimePanel::describe(const QPointF& at) const
{
    if (!m_x || !m_y) {
        return {};
    }
    QStringList lines {tr("%1: %2").arg(m_x->title(), number(at.x())),
        tr("%1: %2").arg(m_y->title(), number(at.y()))};
    const auto text = [this](RegimeQuantity quantity, double value) {
        if (std::isnan(value)) {
            return tr("none");
        }
        return quantity == RegimeQuantity::state ? regimeStates()[static_cast<std::size_t>(value)]
                                                 : QString::number(value, 'g', 3);
    };
    const RegimeQuantity shown = m_controls->quantity();
    const QString title = regimeQuantityTitle(shown);
    if (m_diagram) {
        lines
            += tr("Theory: %1")
                   .arg(text(RegimeQuantity::state, m_diagram->valueAt(RegimeQuantity::state, at)));
        if (shown != RegimeQuantity::state) {
            lines += tr("%1, theory: %2").arg(title, text(shown, m_diagram->valueAt(shown, at)));
        }
    }
    if (m_tiles) {
        const auto nearest = [](const std::vector<double>& values, double value) {
            return std::min_element(values.begin(), values.end(), [value](double a, double b) {
                return std::abs(a - value) < std::abs(b - value);
            }) - values.begin();
        };
        const auto& axes = m_tiles->axes;
        const auto tile
            = static_cast<std::size_t>(nearest(axes[0].values, at.x())) * axes[1].values.size()
            + static_cast<std::size_t>(nearest(axes[1].values, at.y()));
        const auto& cells = m_sweep.cells();
        if (tile < cells.size() && cells[tile].done) {
            lines += tr("%1, tile: %2")
                         .arg(title, text(shown, tileValues(*m_tiles, cells, shown)[tile]));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

std::string RegimePanel::csv() const
{
    return m_tiles && !m_sweep.cells().empty() ? engine::sweep::csv_text(*m_tiles, m_sweep.cells())
                                               : std::string();
}

QString RegimePanel::command() const
{
    return m_tiles && m_reference ? tileCommand(*m_tiles, *m_reference) : QString();
}

void RegimePanel::showMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addPictureActions(*menu,
        {m_plot,
            [plot = m_plot](QPainter& painter, QSize size) {
                plot->applyTheme(plotColors(false));
                paintPlot(*plot, painter, size);
                plot->applyTheme(Theme::instance().colors());
                plot->replot(QCustomPlot::rpImmediateRefresh);
            },
            [this] { return csv(); }},
        m_tag, [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    QAction* copy = menu->addAction(tr("Copy the &command line of the tiles"), this,
        [this] { QGuiApplication::clipboard()->setText(command()); });
    copy->setEnabled(!command().isEmpty());
    menu->popup(globalPosition);
}

} // namespace ui
