// Weight, delay and rule of a projection, changed by hand while the network runs.

#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/connectivity/projection_editor.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QUndoStack>

namespace {

constexpr int patience = 60000;

/// 1000 E and 250 I neurons; each has 40 sources in E and 10 in I.
engine::config::PresetDocument small()
{
    return with(with(with(shippedPreset("brunel-ai-small"), "N_E", 1000.0), "C_E", 40.0), "g", 5.0);
}

} // namespace

class TestProjectionEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bridge = std::make_unique<ui::EngineBridge>();
        m_undo = std::make_unique<QUndoStack>();
        m_desk = std::make_unique<ui::StimulusDesk>(*m_bridge, *m_undo);
        m_editor = std::make_unique<ui::ProjectionEditor>(*m_desk);
        QVERIFY(runPreset(*m_bridge, small()));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->document().has_value(), patience);
        m_editor->setProjection(2); // I to E
    }
    void cleanup()
    {
        m_editor.reset();
        m_desk.reset();
        m_undo.reset();
        m_bridge.reset();
    }

    void it_shows_expressions_and_what_they_are()
    {
        QVERIFY(m_editor->isVisibleTo(nullptr));
        QCOMPARE(m_editor->weightField()->text(), QStringLiteral("-g * J"));
        QCOMPARE(m_editor->weightNote(), QStringLiteral("= −0.5 mV; acts at once"));
        QCOMPARE(m_editor->delayField()->text(), QStringLiteral("D"));
        QCOMPARE(m_editor->ruleField()->currentText(), QStringLiteral("Fixed in-degree"));
        QCOMPARE(m_editor->numberField()->text(), QStringLiteral("round(C_E / 4)"));
        QVERIFY2(m_editor->ruleNote().startsWith(QStringLiteral("= 10 onto each")),
            qPrintable(m_editor->ruleNote()));
        QVERIFY(m_editor->autapsesField()->isHidden()); // I to E
        m_bridge->post(engine::SetValues {{{"g", 4.0}}});
        QTRY_COMPARE_WITH_TIMEOUT(
            m_editor->weightNote(), QStringLiteral("= −0.4 mV; acts at once"), patience);
    }

    void a_weight_acts_at_once_and_is_taken_back()
    {
        int sessions = 0;
        connect(m_bridge.get(), &ui::EngineBridge::sessionChanged, this, [&] { ++sessions; });
        type(*m_editor->weightField(), "-2 * g * J");
        QTRY_COMPARE_WITH_TIMEOUT(weight(), -1.0, patience);
        QCOMPARE(m_undo->count(), 1);
        m_undo->undo();
        QTRY_COMPARE_WITH_TIMEOUT(weight(), -0.5, patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_editor->weightField()->text(), QStringLiteral("-g * J"), patience);
        QCOMPARE(sessions, 0);
    }

    void another_rule_builds_another_network()
    {
        const std::uint64_t before = m_bridge->status().synapses;
        auto& rules = *m_editor->ruleField();
        rules.setCurrentIndex(rules.findData(QStringLiteral("all_to_all")));
        Q_EMIT rules.activated(rules.currentIndex());
        const std::uint64_t more = 250 * 1000 - 10 * 1000;
        QTRY_COMPARE_WITH_TIMEOUT(m_bridge->status().synapses, before + more, patience);
        QVERIFY(m_editor->numberField()->isHidden());
        m_undo->undo();
        QTRY_COMPARE_WITH_TIMEOUT(m_bridge->status().synapses, before, patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_editor->numberField()->text(), QStringLiteral("round(C_E / 4)"), patience);
        type(*m_editor->numberField(), "20");
        QTRY_COMPARE_WITH_TIMEOUT(m_bridge->status().synapses, before + 10 * 1000, patience);
    }

    void drawn_weights_are_accepted()
    {
        type(*m_editor->weightField(), R"({"uniform": [-1, 0], "scale": "J"})");
        QTRY_VERIFY_WITH_TIMEOUT(std::holds_alternative<engine::config::Draw>(
                                     *m_bridge->document()->experiment().projections[2].weight),
            patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_editor->weightNote().startsWith(QStringLiteral("drawn for each synapse, times 0.1")),
            patience);
    }

    void what_is_wrong_is_said_and_changes_nothing()
    {
        type(*m_editor->weightField(), "-gg * J");
        QVERIFY2(m_editor->weightNote().contains(QStringLiteral("gg")),
            qPrintable(m_editor->weightNote()));
        QCOMPARE(m_editor->weightField()->text(), QStringLiteral("-gg * J")); // to be corrected
        type(*m_editor->delayField(), "0.01");
        QVERIFY2(m_editor->delayNote().contains(QStringLiteral("at least dt")),
            qPrintable(m_editor->delayNote()));
        auto& rules = *m_editor->ruleField();
        rules.setCurrentIndex(rules.findData(QStringLiteral("one_to_one")));
        Q_EMIT rules.activated(rules.currentIndex());
        QVERIFY2(m_editor->ruleNote().contains(QStringLiteral("equal size")),
            qPrintable(m_editor->ruleNote()));
        QCOMPARE(rules.currentText(), QStringLiteral("Fixed in-degree"));
        QCOMPARE(m_undo->count(), 0);
        QCOMPARE(weight(), -0.5);
        QTest::keyClick(m_editor->weightField(), Qt::Key_Escape);
        QCOMPARE(m_editor->weightField()->text(), QStringLiteral("-g * J"));
        QCOMPARE(m_editor->weightNote(), QStringLiteral("= −0.5 mV; acts at once"));
    }

private:
    static void type(QLineEdit& field, const char* text)
    {
        field.selectAll();
        QTest::keyClicks(&field, QString::fromLatin1(text));
        QTest::keyClick(&field, Qt::Key_Return);
    }
    double weight() const
    {
        return std::get<double>(*m_bridge->document()->experiment().projections[2].weight);
    }
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::StimulusDesk> m_desk;
    std::unique_ptr<ui::ProjectionEditor> m_editor;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestProjectionEditor test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_projection_editor.moc"
