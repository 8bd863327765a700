#include "ui/compare/compare_view.hpp"

#include "ui/compare/comparison.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/cursor_strip.hpp"
#include "ui/plots/history_bar.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/rate_panel.hpp"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace ui {
namespace {

QWidget* titled(QLabel& title, QWidget& content, QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(&title);
    column->addWidget(&content, 1);
    return side;
}

} // namespace

CompareView::CompareView(Comparison& comparison, PlotArea& plots, QWidget* parent)
    : QWidget(parent)
    , m_comparison(comparison)
    , m_plots(plots)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_right(new QWidget(this))
    , m_titleA(new QLabel(this))
    , m_titleB(new QLabel(this))
    , m_foot(new QWidget(this))
{
    for (QLabel* title : {m_titleA, m_titleB}) {
        title->setContentsMargins(6, 2, 6, 2);
        title->setTextFormat(Qt::RichText);
        title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // never widens the window
    }
    m_titleA->setAccessibleName(tr("Network A"));
    m_titleB->setAccessibleName(tr("Network B"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(titled(*m_titleA, plots, m_splitter));
    auto* right = new QVBoxLayout(m_right);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(m_titleB);
    right->addStretch(0);
    right->addWidget(m_foot);
    m_splitter->addWidget(m_right);
    m_titleA->hide();
    m_right->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);

    connect(&comparison, &Comparison::begun, this, &CompareView::begin);
    connect(&comparison, &Comparison::ended, this, &CompareView::end);
    connect(&comparison, &Comparison::viewChanged, this, &CompareView::showView);
    // Queued: the plots make new panels of the same news.
    connect(
        &comparison, &Comparison::restarted, this,
        [this] {
            showGhosts();
            alignPanels();
        },
        Qt::QueuedConnection);
    connect(&comparison, &Comparison::progressed, this, [this] {
        tell();
        showGhosts();
    });
    // After the plots, which make new panels then.
    connect(&comparison.first(), &EngineBridge::sessionChanged, this, [this] {
        showGhosts();
        alignPanels();
    });
}

void CompareView::begin()
{
    m_other = new PlotArea(m_comparison.other(), m_plots.timeAxis(), m_right);
    m_other->setTheory(m_comparison.otherTheory());
    auto* column = static_cast<QVBoxLayout*>(m_right->layout());
    column->insertWidget(1, m_other, 1);
    connect(&m_plots.splitter(), &QSplitter::splitterMoved, m_other, [this] {
        if (m_plots.splitter().count() == m_other->splitter().count()) {
            m_other->splitter().setSizes(m_plots.splitter().sizes());
        }
    });
    connect(&m_other->splitter(), &QSplitter::splitterMoved, &m_plots, [this] {
        if (m_plots.splitter().count() == m_other->splitter().count()) {
            m_plots.splitter().setSizes(m_other->splitter().sizes());
        }
    });
    showView();
    tell();
}

void CompareView::end()
{
    if (RatePanel* rate = m_plots.rate()) {
        rate->setPartner(nullptr);
    }
    m_plots.setOther(std::nullopt);
    m_titleA->hide();
    m_right->hide();
    delete std::exchange(m_other, nullptr);
}

void CompareView::showView()
{
    const bool beside = m_other != nullptr && m_comparison.view() == Comparison::View::beside;
    m_titleA->setVisible(beside);
    m_right->setVisible(beside);
    divide();
    showGhosts();
    alignPanels();
}

void CompareView::divide()
{
    // Where two columns would be too narrow to see something B stands below A.
    constexpr int enough = 90; // characters
    const bool wide = width() >= enough * fontMetrics().averageCharWidth();
    m_splitter->setOrientation(wide ? Qt::Horizontal : Qt::Vertical);
    const int half = (wide ? width() : height()) / 2;
    m_splitter->setSizes({half, half});
    m_foot->setVisible(wide);
}

void CompareView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_other != nullptr) {
        divide();
    }
}

void CompareView::showGhosts()
{
    const bool ghost = m_other != nullptr && m_comparison.view() == Comparison::View::ghost;
    m_plots.setOther(ghost ? m_comparison.run() : std::nullopt);
}

void CompareView::alignPanels()
{
    if (m_other == nullptr) {
        return;
    }
    const bool beside = m_comparison.view() == Comparison::View::beside;
    // Heights of rates can be compared only over one axis.
    if (m_plots.rate() != nullptr && m_other->rate() != nullptr) {
        m_plots.rate()->setPartner(beside ? m_other->rate() : nullptr);
        m_other->rate()->setPartner(beside ? m_plots.rate() : nullptr);
    }
    const int strip = m_plots.cursorStrip().isVisible() ? m_plots.cursorStrip().height() : 0;
    m_foot->setFixedHeight(m_plots.historyBar().height() + strip);
    if (m_plots.splitter().count() == m_other->splitter().count()) {
        m_other->splitter().setSizes(m_plots.splitter().sizes());
    }
}

QString CompareView::title() const { return m_titleB->text(); }

void CompareView::tell()
{
    if (m_other == nullptr) {
        return;
    }
    m_titleA->setText(tr("<b>A</b> \u2013 sliders act here"));
    QString state;
    const auto& status = m_comparison.other().status();
    constexpr double seen_ms = 100.0; // less is the time of a frame or two
    if (status.build_fraction) {
        state = tr("being built, %1 %").arg(qRound(100.0 * *status.build_fraction));
    } else if (!m_comparison.running()) {
        state = tr("being built");
    } else if (m_comparison.behindMs() > seen_ms) {
        state = tr("catches up: %1 ms behind A").arg(m_comparison.behindMs(), 0, 'f', 0);
    } else {
        state = tr("held for comparison");
    }
    const QString text = QStringLiteral("<b>B</b> \u2013 %1").arg(state);
    if (text != m_titleB->text()) {
        m_titleB->setText(text);
    }
}

} // namespace ui
