#include "ui/regime/regime_state.hpp"

#include <QCoreApplication>

#include <array>

namespace ui {
namespace {

struct State {
    const char* name;
    QRgb color; // Okabe & Ito
};
constexpr std::array<State, 6> states {{{"quiescent", 0xff5a5a5a}, {"AI", 0xff0072b2},
    {"AR", 0xff009e73}, {"SR", 0xffd55e00}, {"SI fast", 0xffcc79a7}, {"SI slow", 0xffe69f00}}};

} // namespace

const std::vector<QString>& regimeStates()
{
    static const std::vector<QString> names = [] {
        std::vector<QString> out;
        for (const State& state : states) {
            out.push_back(QString::fromLatin1(state.name));
        }
        return out;
    }();
    return names;
}

std::optional<int> regimeStateNumber(std::string_view name)
{
    name = name.substr(0, name.find(','));
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (name == states.at(i).name) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

QColor regimeStateColor(int number)
{
    return QColor(states.at(static_cast<std::size_t>(number)).color);
}

QString regimeQuantityTitle(RegimeQuantity quantity)
{
    const auto text
        = [](const char* source) { return QCoreApplication::translate("ui::RegimeMap", source); };
    switch (quantity) {
    case RegimeQuantity::rate:
        return text("Rate [Hz]");
    case RegimeQuantity::cv:
        return text("CV of intervals");
    case RegimeQuantity::frequency:
        return text("Rhythm [Hz]");
    case RegimeQuantity::state:
        break;
    }
    return text("State");
}

} // namespace ui
