#include "engine/models/description.hpp"
#include "engine/models/model_text.hpp"

#include <QRegularExpression>
#include <QtTest>

// docs/models.md is the one text about the models; it is not to contradict their descriptions.

using engine::models::ModelDescription;
using engine::models::section;

class TestModelText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_section_reaches_to_the_next_heading();
    void every_model_has_all_parts_of_a_section_data() { models(); }
    void every_model_has_all_parts_of_a_section();
    void the_text_names_every_parameter_and_choice_data() { models(); }
    void the_text_names_every_parameter_and_choice();

private:
    static void models();
    static const ModelDescription& model()
    {
        return *engine::models::Registry::instance().find(QTest::currentDataTag());
    }
};

void TestModelText::models()
{
    QTest::addColumn<bool>("built_in");
    for (const ModelDescription* model : engine::models::Registry::instance().all()) {
        QTest::addRow("%s", model->name.c_str()) << true;
    }
}

void TestModelText::a_section_reaches_to_the_next_heading()
{
    const char* page = "# Page\n\n## one\n\nfirst\n\n### part\n    x\n\n## two\nlast";
    QCOMPARE(section(page, "one"), std::string("first\n\n### part\n    x"));
    QCOMPARE(section(page, "two"), std::string("last"));
    QCOMPARE(section(page, "on"), std::string());
    QCOMPARE(section("## one\n\n## two\n", "one"), std::string());
}

void TestModelText::every_model_has_all_parts_of_a_section()
{
    const QString text = QString::fromStdString(model().text);
    for (const char* part : {"Equations", "Method", "Order inside a step", "Differs from NEST",
             "Checked", "Largest deviation from NEST", "Papers"}) {
        QVERIFY2(text.contains(QString("### %1\n\n").arg(part)), part);
    }
    QVERIFY(text.contains("Units: "));
    QVERIFY(text.contains("doi:10."));
}

void TestModelText::the_text_names_every_parameter_and_choice()
{
    const QString text = QString::fromStdString(model().text);
    for (const engine::models::ParamSpec& param : model().params) {
        std::vector<std::string> names = param.choices;
        names.push_back(param.name);
        for (const std::string& name : names) {
            const QRegularExpression word(QString("\\b%1\\b").arg(name.c_str()));
            QVERIFY2(text.contains(word), name.c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestModelText)
#include "tst_model_text.moc"
