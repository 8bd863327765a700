#include "ui/selection/choose_menu.hpp"

#include "ui/plots/raster_marks.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QCoreApplication>
#include <QMenu>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::ChooseMenu", source); }

} // namespace

void addNeighbourChoices(QMenu& menu, FollowedNeuron& followed)
{
    NeuronSelection& selection = followed.selection();
    const auto neighbours = followed.neighbours();
    const auto add = [&](const QString& title, auto neurons) {
        QAction* action = menu.addAction(title, &followed,
            [&selection, neighbours, neurons] { selection.choose(neurons(*neighbours)); });
        action->setEnabled(neighbours != nullptr);
    };
    add(text("&Inputs of the followed neuron"), sendersOf);
    add(text("&Targets of the followed neuron"), receiversOf);
    menu.addAction(text("&Let go of all (Esc)"), &followed, [&selection] { selection.clear(); });
}

void letGo(FollowedNeuron& followed)
{
    NeuronSelection& selection = followed.selection();
    if (!selection.chosen().empty()) {
        selection.choose({});
    } else {
        selection.follow(std::nullopt);
    }
}

} // namespace ui
