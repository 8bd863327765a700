#pragma once

#include "ui/equations/equations_page.hpp"

#include <QHash>
#include <QList>
#include <QRect>
#include <QSet>
#include <QTimer>
#include <QWidget>

namespace ui {

/// Paints the equations of a model. What attention is drawn to stands on a coloured ground, which
/// fades when it turns elsewhere.
class EquationsView : public QWidget {
    Q_OBJECT

public:
    explicit EquationsView(QWidget* parent = nullptr);

    void setContent(const EquationsContent& content);
    const EquationsContent& content() const { return m_content; }
    void setNow(const EquationsNow& now);
    /// The terms of these symbols, and the lines that these parameters decide about.
    void setAttention(const QSet<QString>& symbols, const QSet<QString>& params);
    /// 0 to 1, of a symbol or parameter.
    double attention(const QString& name) const { return m_strength.value(name, 0.0); }
    /// Where the marked terms stand, from above to below.
    QList<QRect> markedTerms() const;
    const EquationsPage& page() const { return m_page; }
    /// The symbol at this place; empty where there is none.
    QString symbolAt(const QPointF& at) const;
    void copy() const;

Q_SIGNALS:
    /// A symbol that stands for a parameter has been clicked.
    void symbolChosen(const QString& symbol);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void layOutAnew();
    void fade();
    double strongest(const QStringList& names) const;
    QString help(const QString& symbol) const;
    QColor inkColor(InkRole role) const;

    EquationsContent m_content;
    EquationsNow m_now;
    EquationsPage m_page;
    QSet<QString> m_attended;
    QHash<QString, double> m_strength;
    QTimer m_fading;
};

} // namespace ui
