#pragma once

#include "engine/config/preset_document.hpp"

#include <QTextBrowser>

namespace ui {

/// What the present preset is and what its models compute, as a page of Markdown.
QString helpPage(const engine::config::PresetDocument& document);

/// "What is it": summary, expected outcome and source of the preset, and text and parameters of
/// each of its models.
class HelpPanel : public QTextBrowser {
    Q_OBJECT

public:
    explicit HelpPanel(QWidget* parent = nullptr);

    void setDocument(const engine::config::PresetDocument& document);

private:
    QString m_page;
};

} // namespace ui
