#include "tests/ui/running_preset.hpp"
#include "ui/panels/preset_editor.hpp"
#include "ui/widgets/code_editor.hpp"

#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using engine::config::PresetDocument;

namespace {

/// Puts other text in place of the first occurrence, as typing does.
void replace(ui::CodeEditor& editor, const QString& before, const QString& after)
{
    QTextCursor cursor = editor.document()->find(before);
    QVERIFY2(!cursor.isNull(), qPrintable(before));
    cursor.insertText(after);
}

int lineOf(const ui::CodeEditor& editor, const QString& text)
{
    return editor.document()->find(text).blockNumber() + 1;
}

} // namespace

class TestPresetEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_the_text_that_would_be_saved()
    {
        const auto document = shippedPreset("glif-lif-r");
        ui::PresetEditor editor;
        editor.setDocument(document);
        QCOMPARE(editor.editor()->toPlainText().toStdString(), document.text());
        QVERIFY(!editor.isEdited());
        QVERIFY(!editor.applyButton()->isEnabled());
        QVERIFY(editor.problems()->isHidden());
    }

    void error_is_marked_at_its_line_and_listed_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("message");
        QTest::addRow("value out of range") << "\"dt\": 0.1"
                                            << "\"dt\": -1"
                                            << "-1";
        QTest::addRow("unknown key") << "\"at_end\""
                                     << "\"at_ende\""
                                     << "at_end";
        QTest::addRow("unknown parameter") << "\"tau_m\""
                                           << "\"tua_m\""
                                           << "tau_m";
        QTest::addRow("no JSON") << "\"target\": \"n\","
                                 << "\"target\": \"n\" oops,"
                                 << "";
    }

    void error_is_marked_at_its_line_and_listed()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, message);
        ui::PresetEditor editor;
        editor.setDocument(shippedPreset("lif-dc"));
        QSignalSpy checked(&editor, &ui::PresetEditor::checked);
        replace(*editor.editor(), before, after);
        QVERIFY(editor.isEdited());
        QVERIFY(checked.wait(20000));
        QVERIFY(!editor.applyButton()->isEnabled());
        QVERIFY(editor.problems()->count() >= 1);
        QVERIFY(!editor.editor()->marks().empty());
        const auto& mark = editor.editor()->marks().front();
        QCOMPARE(mark.line, lineOf(*editor.editor(), after));
        QVERIFY2(mark.message.contains(message), qPrintable(mark.message));
        QVERIFY(!editor.editor()->extraSelections().isEmpty());
        QCOMPARE(editor.editor()->extraSelections().front().cursor.blockNumber() + 1, mark.line);
    }

    void click_in_the_list_goes_to_the_line()
    {
        ui::PresetEditor editor;
        editor.resize(500, 600);
        editor.setDocument(shippedPreset("lif-dc"));
        editor.show();
        QSignalSpy checked(&editor, &ui::PresetEditor::checked);
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": -1"));
        QVERIFY(checked.wait(20000));
        editor.editor()->goTo(1, 1);
        auto* item = editor.problems()->item(0);
        QTest::mouseClick(editor.problems()->viewport(), Qt::LeftButton, {},
            editor.problems()->visualItemRect(item).center());
        QCOMPARE(editor.editor()->textCursor().blockNumber() + 1,
            lineOf(*editor.editor(), QStringLiteral("\"dt\": -1")));
    }

    void all_errors_are_shown_at_once()
    {
        ui::PresetEditor editor;
        editor.setDocument(shippedPreset("lif-dc"));
        QSignalSpy checked(&editor, &ui::PresetEditor::checked);
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": -1"));
        replace(*editor.editor(), QStringLiteral("\"tau_m\""), QStringLiteral("\"tua_m\""));
        QVERIFY(checked.wait(20000));
        QCOMPARE(editor.problems()->count(), 2);
    }

    void repaired_text_is_valid_again_and_apply_tells_it()
    {
        ui::PresetEditor editor;
        editor.setDocument(shippedPreset("lif-dc"));
        QSignalSpy checked(&editor, &ui::PresetEditor::checked);
        QSignalSpy applied(&editor, &ui::PresetEditor::applied);
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": -1"));
        QVERIFY(checked.wait(20000));
        replace(*editor.editor(), QStringLiteral("\"dt\": -1"), QStringLiteral("\"dt\": 0.05"));
        QVERIFY(checked.wait(20000));
        QVERIFY(editor.editor()->marks().empty());
        QVERIFY(editor.applyButton()->isEnabled());
        editor.applyButton()->click();
        QCOMPARE(applied.count(), 1);
        QVERIFY(!editor.isEdited());
        QVERIFY(editor.editor()->toPlainText().contains(QStringLiteral("\"dt\": 0.05")));
    }

    void unchecked_text_cannot_be_applied()
    {
        ui::PresetEditor editor;
        editor.setDocument(shippedPreset("lif-dc"));
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": -1"));
        QVERIFY(!editor.applyButton()->isEnabled()); // before the check has begun
    }

    void revert_brings_the_running_preset_back()
    {
        ui::PresetEditor editor;
        const auto document = shippedPreset("lif-dc");
        editor.setDocument(document);
        QSignalSpy checked(&editor, &ui::PresetEditor::checked);
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": -1"));
        QVERIFY(checked.wait(20000));
        editor.revertButton()->click();
        QCOMPARE(editor.editor()->toPlainText().toStdString(), document.text());
        QVERIFY(editor.editor()->marks().empty());
        QVERIFY(!editor.isEdited());
    }

    void sliders_do_not_overwrite_what_is_being_edited()
    {
        ui::PresetEditor editor;
        const auto document = shippedPreset("lif-dc");
        editor.setDocument(document);
        editor.show();
        replace(*editor.editor(), QStringLiteral("\"dt\": 0.1"), QStringLiteral("\"dt\": 0.2"));
        editor.setDocument(with(document, "I", 3.0));
        QTest::qWait(300);
        QVERIFY(editor.editor()->toPlainText().contains(QStringLiteral("\"dt\": 0.2")));
        editor.revertButton()->click();
        QCOMPARE(editor.editor()->toPlainText().toStdString(), with(document, "I", 3.0).text());
    }

    void untouched_text_follows_the_sliders()
    {
        ui::PresetEditor editor;
        const auto document = shippedPreset("lif-dc");
        editor.setDocument(document);
        editor.show();
        const auto changed = with(document, "I", 3.0);
        editor.setDocument(changed);
        QTRY_COMPARE(editor.editor()->toPlainText().toStdString(), changed.text());
        QVERIFY(!editor.isEdited());
    }

    void text_that_was_not_applied_waits_for_its_preset()
    {
        const auto first = shippedPreset("lif-dc");
        const auto second = shippedPreset("izh2003-rs");
        ui::PresetEditor editor;
        editor.setDocument(first);
        editor.open(first, QStringLiteral("lif-dc"), {});
        replace(*editor.editor(), QStringLiteral("\"tau_m\""), QStringLiteral("\"tau_m\" "));
        const QString edited = editor.editor()->toPlainText();
        QVERIFY(editor.isEdited());
        editor.open(second, QStringLiteral("izh2003-rs"), {});
        QVERIFY(!editor.isEdited());
        QCOMPARE(editor.editor()->toPlainText().toStdString(), second.text());
        editor.setDocument(second);
        editor.open(first, QStringLiteral("lif-dc"), {});
        QVERIFY(editor.isEdited());
        QCOMPARE(editor.editor()->toPlainText(), edited);
        QTRY_VERIFY(editor.applyButton()->isEnabled()); // it is checked again
        QTest::mouseClick(editor.revertButton(), Qt::LeftButton);
        QCOMPARE(editor.editor()->toPlainText().toStdString(), first.text());
    }
};

QTEST_MAIN(TestPresetEditor)
#include "tst_preset_editor.moc"
