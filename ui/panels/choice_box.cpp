#include "ui/panels/choice_box.hpp"

#include "ui/widgets/input_habits.hpp"

#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>

namespace ui {

QComboBox* makeChoiceBox(QWidget* parent, const QString& name, const QString& help)
{
    constexpr int leastChars = 8;
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(help);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(leastChars);
    guardWheel(box);
    return box;
}

void fillAxisBox(QComboBox& box, const std::vector<SweepChoice>& choices, const QString& none)
{
    const QSignalBlocker quiet(&box);
    const QVariant chosen = box.currentData();
    box.clear();
    if (!none.isEmpty()) {
        box.addItem(none, QString());
    }
    for (const SweepChoice& choice : choices) {
        box.addItem(choice.title(), QString::fromStdString(choice.row.path));
        box.setItemData(
            box.count() - 1, QString::fromStdString(choice.row.meaning), Qt::ToolTipRole);
    }
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

} // namespace ui
