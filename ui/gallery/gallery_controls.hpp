#pragma once

#include "ui/gallery/gallery_settings.hpp"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace ui {

class ParameterRow;

/// The rows above a gallery: pace of the sweep, stimulus of all tiles, axes and columns.
class GalleryControls : public QWidget {
    Q_OBJECT

public:
    explicit GalleryControls(QWidget* parent = nullptr);

    /// Another gallery. `begins`: the values to which the reset arrows lead.
    void show(
        const GallerySettings& settings, const GallerySettings& begins, const QString& currentUnit);
    const GallerySettings& settings() const { return m_settings; }
    void setSweep_s(double seconds);

    ParameterRow* row(const char* name) const;
    QCheckBox* sameStimulus() const { return m_same; }
    QCheckBox* commonAxis() const { return m_axis; }
    QComboBox* columnsBox() const { return m_columns; }

Q_SIGNALS:
    void changed(const ui::GallerySettings& settings);

private:
    struct Row {
        ParameterRow* widget = nullptr;
        double* value = nullptr; ///< in m_settings
        bool ofStep = false; ///< of the common stimulus, else of the own ones
        bool always = false;
    };
    void makeRows(const GallerySettings& begins, const QString& currentUnit);
    void addRow(const engine::config::Adjustable& adjustable, double begins, double& value,
        bool ofStep, bool always);
    void arrange();

    GallerySettings m_settings;
    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    QCheckBox* m_same;
    QWidget* m_looks; ///< of the next two
    QCheckBox* m_axis;
    QComboBox* m_columns;
};

} // namespace ui
