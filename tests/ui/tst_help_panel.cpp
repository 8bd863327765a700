#include "tests/support/shipped.hpp"
#include "ui/panels/help_panel.hpp"

#include <QTextTable>
#include <QtTest>

class TestHelpPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_preset_and_model_rendered();
    void every_line_of_equations_is_shown_as_written_data();
    void every_line_of_equations_is_shown_as_written();
    void signs_of_a_preset_stand_for_themselves();
};

void TestHelpPanel::shows_preset_and_model_rendered()
{
    const auto document = test_support::shipped("izh2003-rs");
    ui::HelpPanel panel;
    panel.setDocument(document);
    const QString page = panel.toPlainText();
    QVERIFY(page.contains(QString::fromStdString(document.info().expect).simplified()));
    for (const char* markup : {"###", "| ---", "**", "\\", "`"}) {
        QVERIFY2(!page.contains(markup), markup);
    }
    const auto tables = panel.document()->rootFrame()->childFrames();
    QVERIFY(std::any_of(tables.begin(), tables.end(), [](QTextFrame* frame) {
        auto* table = qobject_cast<QTextTable*>(frame);
        return table != nullptr
            && table->cellAt(0, 0).firstCursorPosition().block().text()
            == QStringLiteral("integrator");
    }));
}

void TestHelpPanel::every_line_of_equations_is_shown_as_written_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"izh2003-rs", "lif-dc", "glif-lif"}) {
        QTest::addRow("%s", id) << id;
    }
}

void TestHelpPanel::every_line_of_equations_is_shown_as_written()
{
    QFETCH(QString, id);
    const auto document = test_support::shipped(id.toStdString());
    ui::HelpPanel panel;
    panel.setDocument(document);
    const QString page = panel.toPlainText();
    const auto* model = document.experiment().populations.front().model;
    int equations = 0;
    for (const QString& line : QString::fromStdString(model->text).split('\n')) {
        if (line.startsWith(QStringLiteral("    "))) {
            ++equations;
            QVERIFY2(page.contains(line.mid(4)), qPrintable(line));
        }
    }
    QVERIFY(equations >= 3);
    for (const auto& param : model->params) {
        QVERIFY2(page.contains(QString::fromStdString(param.meaning)), param.name.c_str());
    }
}

void TestHelpPanel::signs_of_a_preset_stand_for_themselves()
{
    const char* text
        = R"({"format": "spikescope-preset", "version": 1, "id": "signs", "title": "# *a* <b>x</b> `c` [d](e) f_g_ 1. \\ | &lt;",
        "simulation": {"dt": 0.1, "duration": 1},
        "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta"}]})";
    const auto loaded = engine::config::PresetDocument::parse(text, "test", {});
    QVERIFY(loaded.document.has_value());
    ui::HelpPanel panel;
    panel.setDocument(*loaded.document);
    QVERIFY2(panel.toPlainText().startsWith(
                 QStringLiteral("# *a* <b>x</b> `c` [d](e) f_g_ 1. \\ | &lt;")),
        qPrintable(panel.toPlainText().left(80)));
}

QTEST_MAIN(TestHelpPanel)
#include "tst_help_panel.moc"
