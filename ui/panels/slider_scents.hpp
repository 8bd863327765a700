#pragma once

#include "ui/widgets/background_sweep.hpp"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ui {

class EngineBridge;
class ParameterPanel;
class ParameterRow;

/// Firing rate along the track of each slider that is in view, as a thin strip of colours: short
/// runs of the preset as it is, in idle time, for neurons only. Any change breaks them off; strips
/// that are out of date are grey until they are computed again.
class SliderScents : public QObject {
    Q_OBJECT

public:
    SliderScents(EngineBridge& bridge, ParameterPanel& panel, QObject* parent = nullptr);
    ~SliderScents() override;

    bool isEnabled() const { return m_enabled; }
    /// Remembered.
    void setEnabled(bool enabled);
    /// Rates along the track of a row [Hz], NaN where a value is impossible; empty where they are
    /// not known for the present values.
    std::vector<double> rates(const std::string& path) const;

    /// A slider in view will get its strip.
    bool busy() const;

private:
    struct Scent {
        std::string key; ///< of the document without the value that is varied
        std::vector<double> rates_Hz;
        bool current = false;
    };
    bool isWanted() const;
    void documentChanged();
    void next();
    void take(const std::vector<double>& rates_Hz);
    ParameterRow* wanting() const;
    std::optional<engine::sweep::Request> request(const ParameterRow& row) const;
    void show(ParameterRow& row) const;

    EngineBridge& m_bridge;
    ParameterPanel& m_panel;
    bool m_enabled;
    QTimer m_idle;
    BackgroundSweep m_sweep;
    std::string m_path; ///< of the row that it is for
    std::map<std::string, Scent> m_scents; ///< by path
};

} // namespace ui
