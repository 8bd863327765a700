#pragma once

#include "ui/plots/small_plot.hpp"

#include <optional>
#include <vector>

namespace ui {

/// A histogram that shows the range of its values, wherever that lies, beside what theory expects.
class BarPlot : public SmallPlot {
    Q_OBJECT

public:
    struct Bar {
        double from = 0.0;
        double to = 0.0;
        double count = 0.0;
        friend bool operator==(const Bar&, const Bar&) = default;
    };
    struct Shown {
        std::vector<Bar> bars; ///< ascending
        QList<QPointF> theory; ///< expected counts; empty where nothing is known
        std::optional<double> mark; ///< value of the neuron that is followed
        QString caption;
        bool whole = false; ///< values are whole numbers
        bool withZero = false; ///< the axis contains 0
        friend bool operator==(const Shown&, const Shown&) = default;
    };

    /// `name` and `unit` as they stand in files: "in_degree", "_mV".
    BarPlot(
        const QString& name, const QString& count, std::string column, QWidget* parent = nullptr);

    void show(const Shown& shown);
    const Shown& shown() const { return m_shown; }
    void setUnit(const QString& unit);
    QString caption() const { return m_shown.caption; }

    void applyTheme(const PlotColors& colors) override;
    std::string csv() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QString m_name;
    std::string m_column;
    QString m_unit;
    Shown m_shown;
    QCPCurve* m_outline;
    QCPGraph* m_theory;
    QCPGraph* m_mark;
    QCPTextElement* m_caption;
};

} // namespace ui
