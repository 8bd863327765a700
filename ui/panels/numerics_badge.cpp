#include "ui/panels/numerics_badge.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

#include <exception>

namespace ui {
namespace {

using engine::analysis::NumericsCheck;
using engine::analysis::NumericsOutcome;
using engine::analysis::NumericsVariant;

QString roleText(NumericsVariant::Role role)
{
    switch (role) {
    case NumericsVariant::Role::published:
        return NumericsBadge::tr("as published");
    case NumericsVariant::Role::finer:
        return NumericsBadge::tr("finer step");
    case NumericsVariant::Role::other_scheme:
        return NumericsBadge::tr("other scheme");
    case NumericsVariant::Role::reference:
        return NumericsBadge::tr("reference");
    }
    return {};
}

QString html(const std::string& plain) { return typeset(plain).toHtmlEscaped(); }

} // namespace

QString numericsText(const NumericsOutcome& outcome)
{
    if (!outcome.check || outcome.check->variants.empty()) {
        return {};
    }
    return outcome.check->only_published_numerics
        ? QChar(0x26A0) + QLatin1Char(' ') + NumericsBadge::tr("Published numerics only")
        : QChar(0x2713) + QLatin1Char(' ')
            + NumericsBadge::tr("Numerics: reference %1")
                  .arg(typeset(outcome.check->variants.back().verdict));
}

QString numericsDetails(const NumericsCheck& check)
{
    QString sentence = html(check.sentence);
    sentence.replace(0, 1, sentence.left(1).toUpper());
    QString page = QStringLiteral("<p><b>%1</b></p>").arg(sentence);
    page += QStringLiteral("<table cellspacing='6'><tr><th align='left'>%1</th>"
                           "<th align='left'>%2</th><th align='right'>%3</th>"
                           "<th align='right'>%4</th><th align='left'>%5</th></tr>")
                .arg(NumericsBadge::tr("Numerics"), NumericsBadge::tr("Scheme"),
                    NumericsBadge::tr("dt [ms]"), NumericsBadge::tr("Spikes"),
                    NumericsBadge::tr("Compared with the published run"));
    for (const NumericsVariant& variant : check.variants) {
        const bool published = variant.role == NumericsVariant::Role::published;
        page += QStringLiteral("<tr><td>%1</td><td>%2</td><td align='right'>%3</td>"
                               "<td align='right'>%4</td><td>%5</td></tr>")
                    .arg(roleText(variant.role), html(variant.scheme))
                    .arg(variant.dt_ms)
                    .arg(variant.spikes_ms.size())
                    .arg(published ? QString(QChar(0x2013)) : html(variant.verdict));
    }
    page += QStringLiteral("</table>");
    return page
        + QStringLiteral("<p>%1</p>")
              .arg(NumericsBadge::tr("Compared over %1.").arg(spanText(0.0, check.compared_ms)));
}

NumericsBadge::NumericsBadge(EngineBridge& bridge, QWidget* parent)
    : QToolButton(parent)
    , m_check([this](const NumericsOutcome& outcome) { showOutcome(outcome); })
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Numerics"));
    setToolTip(
        tr("Whether a finer step and a reference integrator show the same: click for details"));
    pressWithReturn(this);
    hide();
    connect(this, &QToolButton::clicked, this, &NumericsBadge::showDetails);
    connect(&bridge, &EngineBridge::sessionChanged, this,
        [this] { showOutcome({}); }); // of another neuron
    connect(&bridge, &EngineBridge::documentChanged, this, &NumericsBadge::ask);
}

void NumericsBadge::ask(const engine::config::PresetDocument& document)
{
    const auto& experiment = document.experiment();
    if (experiment.populations.size() != 1 || experiment.populations.front().size != 1) {
        m_check.forget();
        showOutcome({});
        return;
    }
    m_check.ask([document](const std::stop_token& stop) {
        try {
            return engine::analysis::check_numerics(document, stop);
        } catch (const std::exception& error) {
            return NumericsOutcome {std::nullopt, error.what()};
        }
    });
}

void NumericsBadge::showOutcome(const NumericsOutcome& outcome)
{
    m_details = outcome.check ? numericsDetails(*outcome.check) : QString();
    setText(numericsText(outcome));
    setVisible(!text().isEmpty());
    Q_EMIT resized();
}

void NumericsBadge::showDetails()
{
    auto* popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    popup->setAccessibleName(tr("Details of the numerics"));
    auto* label = new QLabel(m_details, popup);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    (new QVBoxLayout(popup))->addWidget(label);
    popup->adjustSize();
    popup->move(mapToGlobal(QPoint(0, -popup->height())));
    popup->show();
}

} // namespace ui
