#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

struct Pin;

/// One pin in the list.
class PinRow : public QWidget {
    Q_OBJECT

public:
    explicit PinRow(const Pin& pin, QWidget* parent = nullptr);

    /// `all`: with nothing left out, for the tool tip.
    void setDifference(const QString& text, const QString& all);
    QString difference() const;
    QCheckBox* shownBox() const { return m_shown; }
    QLineEdit* nameEdit() const { return m_name; }
    QToolButton* backButton() const { return m_back; }
    QToolButton* removeButton() const { return m_remove; }

Q_SIGNALS:
    void shownChanged(bool shown);
    void renamed(const QString& name);
    void backAsked();
    void removeAsked();

private:
    void applyTheme();

    int m_style;
    QCheckBox* m_shown;
    QLabel* m_line;
    QLineEdit* m_name;
    QLabel* m_difference;
    QToolButton* m_back;
    QToolButton* m_remove;
};

} // namespace ui
