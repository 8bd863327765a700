#pragma once

#include "ui/panels/sweep_question.hpp"

#include <QString>

#include <vector>

class QComboBox;
class QWidget;

namespace ui {

/// A box of choices that may be narrower than its texts.
QComboBox* makeChoiceBox(QWidget* parent, const QString& name, const QString& help);

/// The numbers of a preset that can be varied; data: their paths. What is chosen stays so where it
/// is among them. `none`: an entry for no number at all, before the others; may be empty.
void fillAxisBox(QComboBox& box, const std::vector<SweepChoice>& choices, const QString& none);

} // namespace ui
