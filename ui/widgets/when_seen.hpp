#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>
#include <utility>

namespace ui {

/// Renews a widget when something has changed, but only while somebody can see it, and when it
/// comes to be seen (a dock behind other tabs is "visible" to Qt).
class WhenSeen {
public:
    WhenSeen(const QWidget& widget, std::function<void()> renew)
        : m_widget(widget)
        , m_renew(std::move(renew))
    {
        constexpr int look_ms = 100;
        m_timer.setInterval(look_ms);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    }

    /// To be renewed at the next opportunity.
    void changed()
    {
        if (!m_timer.isActive()) {
            m_timer.start();
        }
    }

private:
    void look()
    {
        if (!m_widget.visibleRegion().isEmpty()) {
            m_timer.stop();
            m_renew();
        }
    }

    const QWidget& m_widget;
    std::function<void()> m_renew;
    QTimer m_timer; ///< runs while there is something to renew
};

} // namespace ui
