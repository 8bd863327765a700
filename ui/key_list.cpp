#include "ui/key_list.hpp"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::KeyList", source); }

QString row(const QString& keys, const QString& meaning)
{
    return QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>")
        .arg(keys.toHtmlEscaped(), meaning.toHtmlEscaped());
}

QString actionRows(const QWidget& window)
{
    QString rows;
    for (const QAction* action : window.findChildren<QAction*>()) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) {
            keys += key.toString(QKeySequence::NativeText);
        }
        if (!keys.isEmpty()) {
            const QString tip = action->statusTip().isEmpty()
                ? action->text().remove(QLatin1Char('&'))
                : action->statusTip();
            rows += row(keys.front(), tip);
        }
    }
    return rows;
}

/// Keys of the control that has the focus.
QString controlRows()
{
    return row(text("Arrows"), text("slider: one step"))
        + row(text("Page Up, Page Down"), text("slider: ten steps"))
        + row(text("Left, Right"), text("plot with a cursor: one sample; with Shift ten samples"))
        + row(text("Ctrl+Left, Ctrl+Right"), text("plot with a cursor: the spike before or after"))
        + row(text("Tab, Esc"), text("plot with cursors: the other cursor; remove"))
        + row(text("Arrows, Delete"),
            text("handle of a stimulus: one step; with Shift finer; remove"))
        + row(text("Arrows, Enter"),
            text("regime map: moves the cross, with Shift finer; sends the network there"))
        + row(text("Arrows"), text("graph of projections: the next one"))
        + row(text("Plus, Minus, Arrows, Home"),
            text("picture of connections: zooms, moves, shows all"))
        + row(
            text("Arrows, Home, End"), text("grid of neurons: follow the next, first or last one"))
        + row(text("Ctrl+Return"), text("text of the preset: apply"));
}

QString mouseRows()
{
    return row(text("Wheel"), text("zoom time; on an axis, zoom that axis"))
        + row(text("Drag"), text("move in time; on the value axis, move the values"))
        + row(text("Right drag"), text("zoom into a box"))
        + row(text("Double click"), text("fit the value axis to the data"))
        + row(text("Click"), text("pin the cursor; with Shift, put the second one"))
        + row(text("Drag the point"), text("phase plane: puts the neuron there; arrow keys too"))
        + row(text("Click or drag in the plane"), text("regime map: sends or leads the network"))
        + row(text("Click in the raster"), text("follow a neuron; Up and Down, the next row"))
        + row(text("Ctrl+drag in the raster"),
            text("choose neurons, with Shift more of them; Ctrl+click: one"))
        + row(text("Right click"), text("menu of the plot: copy, save, lock"));
}

} // namespace

void showKeyList(QWidget& window)
{
    auto* dialog = new QDialog(&window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(text("Keys"));
    auto* page = new QTextBrowser(dialog);
    page->setAccessibleName(text("List of keys"));
    page->setHtml(QStringLiteral(
        "<h3>%1</h3><table cellspacing='6'>%2</table><h3>%3</h3><table cellspacing='6'>%4</table>")
                      .arg(text("Keys"), actionRows(window) + controlRows(), text("In a plot"),
                          mouseRows()));
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(page);
    dialog->resize(460, 560);
    dialog->show();
}

} // namespace ui
