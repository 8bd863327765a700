#include "engine/config/preset_document.hpp"
#include "tests/support/random_preset.hpp"
#include "tests/support/repetitions.hpp"

#include <QtTest>

#include <nlohmann/json.hpp>

using engine::config::Adjustable;
using engine::config::LoadResult;
using engine::config::PresetDocument;
using engine::config::SetResult;

namespace {

constexpr std::uint64_t presets = test_support::repetitions(400);

PresetDocument parsed(const std::string& text)
{
    const LoadResult result = PresetDocument::parse(text, "random.json", {});
    if (!result.document) {
        throw engine::core::InputError(result.diagnostics);
    }
    return *result.document;
}

/// Everything as written, numbers by value.
nlohmann::ordered_json content(const std::string& text)
{
    return nlohmann::ordered_json::parse(text);
}

QByteArray about(std::uint64_t seed, const std::string& text)
{
    return "seed " + QByteArray::number(static_cast<qulonglong>(seed)) + "\n" + text.c_str();
}

} // namespace

/// Properties that hold for every valid preset, tried on random ones. A failure names the seed.
class RoundTripTest : public QObject {
    Q_OBJECT

private slots:
    void a_saved_preset_reads_back_as_the_same()
    {
        for (std::uint64_t seed = 0; seed < presets; ++seed) {
            const std::string original = test_support::random_preset(seed);
            const PresetDocument document = parsed(original);
            const std::string saved = document.text();
            const PresetDocument again = parsed(saved);
            QVERIFY2(again.text() == saved, about(seed, saved));
            QVERIFY2(again.experiment() == document.experiment(), about(seed, saved));
        }
    }

    void saving_loses_nothing()
    {
        for (std::uint64_t seed = 0; seed < presets; ++seed) {
            const std::string original = test_support::random_preset(seed);
            QVERIFY2(content(parsed(original).text()) == content(original), about(seed, original));
        }
    }

    void a_preset_with_all_defaults_filled_in_means_the_same()
    {
        for (std::uint64_t seed = 0; seed < presets; ++seed) {
            const PresetDocument document = parsed(test_support::random_preset(seed));
            const std::string filled = document.filled_text();
            const PresetDocument again = parsed(filled);
            QVERIFY2(again.experiment() == document.experiment(), about(seed, filled));
            QVERIFY2(again.filled_text() == filled, about(seed, filled));
        }
    }

    void setting_what_is_there_changes_nothing()
    {
        for (std::uint64_t seed = 0; seed < presets; ++seed) {
            const PresetDocument document = parsed(test_support::random_preset(seed));
            for (const Adjustable& row : engine::config::adjustables(document)) {
                if (row.spread && !row.expression.empty()) {
                    continue; // one value in place of one for each neuron
                }
                const SetResult same = document.set(row.path, row.value);
                const QByteArray where = QByteArray(row.path.c_str()) + " "
                    + engine::core::text(same.diagnostics).c_str() + about(seed, document.text());
                QVERIFY2(same.document, where);
                QVERIFY2(same.document->experiment() == document.experiment(), where);
            }
        }
    }

    void a_changed_preset_reads_back_as_changed()
    {
        for (std::uint64_t seed = 0; seed < presets; ++seed) {
            PresetDocument document = parsed(test_support::random_preset(seed));
            for (const double value : {0.5, 3.0}) {
                const SetResult changed = document.set("k_1", value);
                if (changed.document) {
                    document = *changed.document;
                    QVERIFY2(parsed(document.text()).experiment() == document.experiment(),
                        about(seed, document.text()));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(RoundTripTest)
#include "tst_round_trip.moc"
