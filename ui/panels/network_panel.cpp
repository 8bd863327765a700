#include "ui/panels/network_panel.hpp"

#include "ui/engine_bridge.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {

NetworkPanel::NetworkPanel(
    EngineBridge& bridge, const NetworkTheory& theory, Together together, QWidget* parent)
    : QWidget(parent)
    , m_theory(theory)
    , m_together(together)
    , m_column(new QVBoxLayout(this))
    , m_choices(new QHBoxLayout)
    , m_populations(new QComboBox(this))
    , m_words(new QLabel(this))
    , m_seen(*this, [this] { renew(); })
{
    constexpr int margin = 4;
    m_column->setContentsMargins(margin, margin, margin, margin);
    m_column->setSpacing(margin);
    m_column->addLayout(m_choices);
    m_column->addWidget(m_words);
    m_populations->setAccessibleName(tr("Population"));
    m_populations->setToolTip(tr("Whose activity is shown"));
    m_choices->addWidget(m_populations);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_populations, &QComboBox::currentIndexChanged, this, [this] { changed(); });
    connect(&bridge, &EngineBridge::sessionChanged, this, &NetworkPanel::begin);
    connect(&bridge, &EngineBridge::frameReady, this, [this](const auto& frame) { take(frame); });
    connect(&theory, &NetworkTheory::completeChanged, this, [this] { changed(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        applyTheme(Theme::instance().colors());
        changed();
    });
}

void NetworkPanel::begin(const engine::Frame& frame)
{
    m_experiment = frame.document.shared_experiment();
    m_statistics.reset();
    const QSignalBlocker quiet(m_populations);
    m_populations->clear();
    const auto& populations = m_experiment->populations;
    if (populations.size() > 1 && m_together == Together::yes) {
        m_populations->addItem(tr("all neurons"), -1);
    }
    for (std::size_t p = 0; p < populations.size(); ++p) {
        m_populations->addItem(QString::fromStdString(populations[p].name), static_cast<int>(p));
    }
    m_populations->setVisible(m_populations->count() > 1);
    beginSession();
    changed();
}

void NetworkPanel::take(const engine::Frame& frame)
{
    m_experiment = frame.document.shared_experiment();
    if (frame.statistics && frame.statistics != m_statistics) {
        m_statistics = frame.statistics;
        changed();
    }
}

std::optional<std::size_t> NetworkPanel::population() const
{
    const int index = m_populations->currentData().toInt();
    return index < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(index));
}

const engine::analysis::PopulationStatistics* NetworkPanel::chosen() const
{
    if (!m_statistics) {
        return nullptr;
    }
    const auto index = population();
    return index ? &m_statistics->populations.at(*index) : &m_statistics->network;
}

void NetworkPanel::setWords(const QString& words)
{
    if (words != m_words->text()) {
        m_words->setText(words);
    }
}

void NetworkPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Beside the choices where a low dock below the plots has no height to spare.
    constexpr int enough = 90; // characters
    const bool beside = width() >= enough * fontMetrics().averageCharWidth();
    const bool isBeside = m_choices->indexOf(m_words) >= 0;
    if (beside != isBeside) {
        if (beside) {
            m_column->removeWidget(m_words);
            m_choices->addWidget(m_words, 1);
        } else {
            m_choices->removeWidget(m_words);
            m_column->insertWidget(1, m_words);
        }
    }
}

QString NetworkPanel::words() const { return m_words->text(); }

void NetworkPanel::addPlot(SmallPlot& plot)
{
    connect(&plot, &SmallPlot::menuAsked, this, [this, &plot](const QPoint& position) {
        showPictureMenu(
            {&plot, [&plot](QPainter& painter, QSize size) { plot.paintForExport(painter, size); },
                [&plot] { return plot.csv(); }},
            position, m_tag,
            [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    });
}

void NetworkPanel::addChart(HistogramChart& chart, std::function<std::string()> csv)
{
    connect(&chart, &HistogramChart::menuAsked, this,
        [this, &chart, csv = std::move(csv)](const QPoint& position) {
            showPictureMenu({&chart,
                                [&chart](QPainter& painter, QSize size) {
                                    chart.paintForExport(painter, size);
                                },
                                csv},
                position, m_tag,
                [this](const QString& message, bool error) { Q_EMIT report(message, error); });
        });
}

} // namespace ui
