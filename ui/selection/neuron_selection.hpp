#pragma once

#include <QObject>

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

namespace ui {

/// A neuron of the running network.
struct NeuronId {
    std::uint32_t population = 0; ///< place in the file
    std::uint32_t neuron = 0;
    friend auto operator<=>(const NeuronId&, const NeuronId&) = default;
};

/// Which neurons a person has chosen, for all panels of a window: one that is followed, and any
/// number that actions are meant for. Panels show it and change it; none owns it.
class NeuronSelection : public QObject {
    Q_OBJECT

public:
    explicit NeuronSelection(QObject* parent = nullptr);

    /// Ascending, each once.
    const std::vector<NeuronId>& chosen() const { return m_chosen; }
    bool isChosen(NeuronId neuron) const;
    void choose(std::vector<NeuronId> neurons);
    void add(const std::vector<NeuronId>& neurons);
    /// Adds it, or takes it away where it is among them.
    void toggle(NeuronId neuron);

    std::optional<NeuronId> followed() const { return m_followed; }
    void follow(std::optional<NeuronId> neuron);

    /// Those that actions are meant for: the chosen ones, else the one that is followed.
    std::vector<NeuronId> targets() const;
    /// Nothing is chosen and nothing followed: another network.
    void clear();

Q_SIGNALS:
    void chosenChanged();
    void followedChanged();

private:
    std::vector<NeuronId> m_chosen;
    std::optional<NeuronId> m_followed;
};

} // namespace ui
