#include "tests/support/preset_schema.hpp"

#include <QtTest>

#include <fstream>
#include <sstream>

class SchemaTest : public QObject {
    Q_OBJECT

private slots:
    void the_schema_in_presets_is_that_of_the_models()
    {
        std::ifstream in(SPIKESCOPE_SOURCE_DIR "/presets/preset.schema.json");
        std::stringstream text;
        text << in.rdbuf();
        QVERIFY2(text.str() == test_support::preset_schema(),
            "make it anew: build/release/schema_generator > presets/preset.schema.json");
    }
};

QTEST_APPLESS_MAIN(SchemaTest)
#include "tst_schema.moc"
