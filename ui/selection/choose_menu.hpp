#pragma once

class QMenu;

namespace ui {

class FollowedNeuron;

/// Entries of a menu "Choose": the inputs and targets of the followed neuron, and nobody any more.
void addNeighbourChoices(QMenu& menu, FollowedNeuron& followed);

/// Esc lets the chosen neurons go, and where none are chosen the followed one.
void letGo(FollowedNeuron& followed);

} // namespace ui
