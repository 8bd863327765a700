#pragma once

#include "ui/regime/regime_tiles.hpp"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QProgressBar;
class QToolButton;

namespace ui {

/// What a regime map shows, and what its tiles are measured with.
class RegimeControls : public QWidget {
    Q_OBJECT

public:
    explicit RegimeControls(QWidget* parent = nullptr);

    /// Axes that exist; chosen ones stay where they are among them.
    void setChoices(const std::vector<SweepChoice>& choices);
    void choose(const std::string& x, const std::string& y);
    void setSizes(const std::vector<NetworkSize>& sizes);
    void setDuration(double ms);
    /// Names of places that can be jumped to; none: no button.
    void setPlaces(const QStringList& names);
    /// Missing: nothing is being measured.
    void setProgress(std::optional<double> fraction);

    std::string x() const; ///< path of the row
    std::string y() const;
    RegimeQuantity quantity() const;
    bool isLogarithmic() const;
    TileQuestion question() const;

    QComboBox& xBox() { return *m_x; }
    QComboBox& yBox() { return *m_y; }
    QComboBox& quantityBox() { return *m_quantity; }
    QComboBox& gridBox() { return *m_grid; }
    QComboBox& sizeBox() { return *m_size; }
    QDoubleSpinBox& durationBox() { return *m_duration; }
    QToolButton& button() { return *m_button; }
    QToolButton& placesButton() { return *m_places; }

Q_SIGNALS:
    void axesChanged();
    void codingChanged();
    void startWanted();
    void cancelWanted();
    void placeChosen(int place);

private:
    QComboBox* m_x;
    QComboBox* m_y;
    QComboBox* m_quantity;
    QCheckBox* m_log;
    QToolButton* m_places;
    QComboBox* m_grid;
    QComboBox* m_size;
    QDoubleSpinBox* m_duration;
    QToolButton* m_button;
    QProgressBar* m_progress;
    std::vector<NetworkSize> m_sizes;
    bool m_measuring = false;
};

} // namespace ui
