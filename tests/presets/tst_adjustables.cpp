#include "tests/support/random_preset.hpp"
#include "tests/support/shipped.hpp"

#include <QtTest>

#include <set>

using engine::config::Adjustable;
using engine::config::PresetDocument;
using engine::config::SetResult;
using engine::core::Value;

namespace {

std::vector<Adjustable> rows_of(const std::string& id)
{
    return engine::config::adjustables(test_support::shipped(id));
}

const Adjustable& find(const std::vector<Adjustable>& rows, const std::string& path)
{
    for (const Adjustable& row : rows) {
        if (row.path == path) {
            return row;
        }
    }
    throw std::runtime_error("no row " + path);
}

PresetDocument parsed(const std::string& text)
{
    engine::config::LoadResult result = PresetDocument::parse(text, "test.json", {});
    if (!result.document) {
        throw engine::core::InputError(std::move(result.diagnostics));
    }
    return *result.document;
}

std::string izhikevich_pair(const std::string& more)
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "t", "title": "T",
        "variables": {"k": {"value": 0.5, "min": 0.1, "max": 2}},
        "simulation": {"dt": 0.5, "duration": null},
        "populations": [{"name": "A", "size": 3, "model": "izhikevich",
            "random": {"r": {"uniform": [0, 1]}},
            "params": {"a": {"uniform": [0.02, 0.1]}, "c": "-65 + 15 * r^2", "d": "k * 4"}}],
        "projections": [{"source": "A", "target": "A", "rule": {"rule": "all_to_all"},
            "weight": {"normal": [1, 0.1], "scale": "k"}, "delay": 1}])"
        + more + "}";
}

/// Another value that the row may take, near its own.
std::optional<Value> moved(const Adjustable& row)
{
    if (const double* x = std::get_if<double>(&row.value)) {
        const double other = *x == row.slider_max ? row.slider_min : row.slider_max;
        return row.integer ? *x + 1.0 : 0.9 * *x + 0.1 * other;
    }
    if (const bool* flag = std::get_if<bool>(&row.value)) {
        return !*flag;
    }
    for (const std::string& choice : row.choices) {
        if (Value(choice) != row.value) {
            return choice;
        }
    }
    return std::nullopt;
}

} // namespace

class AdjustablesTest : public QObject {
    Q_OBJECT

private slots:
    void every_row_can_be_shown_and_set_data() { shipped_presets(); }
    void every_row_can_be_shown_and_set()
    {
        QFETCH(QString, id);
        const PresetDocument document = test_support::shipped(id.toStdString());
        std::set<std::string> paths;
        for (const Adjustable& row : engine::config::adjustables(document)) {
            const char* where = row.path.c_str();
            QVERIFY2(paths.insert(row.path).second, where);
            QVERIFY2(!row.label.empty() && !row.meaning.empty() && !row.group.empty(), where);
            QVERIFY2(document.value(row.path) == row.value, where);
            if (const double* x = std::get_if<double>(&row.value)) {
                QVERIFY2(row.slider_min <= *x && *x <= row.slider_max, where);
                QVERIFY2(row.slider_min < row.slider_max, where);
                QVERIFY2(!row.log_scale || row.slider_min > 0.0, where);
                QVERIFY2(row.limits.contains(*x), where);
            }
            const SetResult same = document.set(row.path, row.value);
            QVERIFY2(same.document, where);
        }
    }

    void a_row_is_live_where_no_rebuild_is_needed_data() { shipped_presets(); }
    void a_row_is_live_where_no_rebuild_is_needed()
    {
        QFETCH(QString, id);
        const PresetDocument document = test_support::shipped(id.toStdString());
        int tried = 0;
        for (const Adjustable& row : engine::config::adjustables(document)) {
            const std::optional<Value> other = moved(row);
            const SetResult changed = other ? document.set(row.path, *other) : SetResult {};
            if (!changed.document) {
                continue; // flags that do not go together, for example
            }
            ++tried;
            const std::string reason = engine::config::rebuild_reason(
                document.experiment(), changed.document->experiment());
            const std::string where = row.path + ": " + reason;
            // round() may hide a small move of a variable that stands for a size.
            if (row.group != "Variables" || row.live) {
                QVERIFY2(reason.empty() == row.live, where.c_str());
            }
        }
        QVERIFY(tried >= 5);
    }

    void variables_come_first_as_the_preset_describes_them()
    {
        const std::vector<Adjustable> rows = rows_of("brunel-ai");
        QCOMPARE(rows[0].path, std::string("g"));
        QCOMPARE(rows[0].group, std::string("Variables"));
        QCOMPARE(rows[0].slider_max, 8.0);
        QCOMPARE(rows[1].path, std::string("eta"));
        const Adjustable& weight = find(rows, "J");
        QCOMPARE(weight.unit, std::string("mV"));
        QVERIFY(weight.log_scale);
        QCOMPARE(weight.slider_min, 0.01);
        QVERIFY(weight.live);
        QVERIFY(!find(rows, "N_E").live);
        QVERIFY(!find(rows, "C_E").live);
    }

    void what_variables_drive_says_so()
    {
        const std::vector<Adjustable> rows = rows_of("brunel-ai");
        const Adjustable& weight = find(rows, "projections/IE/weight");
        QCOMPARE(weight.expression, std::string("-g * J"));
        QCOMPARE(weight.value, Value(-0.5));
        QCOMPARE(weight.unit, std::string("mV"));
        const Adjustable& rate = find(rows, "stimuli/external/rate");
        QCOMPARE(rate.value, Value(20000.0));
        QCOMPARE(rate.unit, std::string("Hz"));
        QVERIFY(rate.log_scale && rate.live);
        const Adjustable& tau = find(rows, "populations/I/params/tau_m");
        QCOMPARE(tau.expression, std::string("tau_m"));
        QCOMPARE(tau.value, Value(20.0));
        QCOMPARE(tau.default_value, Value(10.0)); // the model's
        const Adjustable& indegree = find(rows, "projections/EE/rule/indegree");
        QVERIFY(indegree.integer && !indegree.live);
    }

    void lists_have_a_row_for_each_element()
    {
        const std::vector<Adjustable> rows = rows_of("glif-lif-asc");
        const Adjustable& tau = find(rows, "populations/n/params/tau_syn/1");
        QCOMPARE(tau.label, std::string("tau_syn[2]"));
        QCOMPARE(tau.value, Value(2.0));
        QCOMPARE(tau.default_value, Value(2.0));
        QCOMPARE(tau.unit, std::string("ms"));
        const SetResult changed = test_support::shipped("glif-lif-asc").set(tau.path, 3.0);
        QVERIFY(changed.document);
        QCOMPARE(changed.document->value("populations/n/params/tau_syn"),
            std::optional<Value>(std::vector<double> {0.2, 3.0}));
    }

    void flags_and_choices_are_rows_of_their_kind()
    {
        const Adjustable flag
            = find(rows_of("glif-lif-asc"), "populations/n/params/after_spike_currents");
        QCOMPARE(flag.kind, Adjustable::Kind::flag);
        QCOMPARE(flag.value, Value(true));
        const Adjustable choice = find(rows_of("izh2003-rs"), "populations/n/params/integrator");
        QCOMPARE(choice.kind, Adjustable::Kind::choice);
        QCOMPARE(choice.value, Value(std::string("figure1")));
        QVERIFY(choice.choices.size() >= 5);
    }

    void stimuli_have_the_units_of_their_target()
    {
        QCOMPARE(find(rows_of("lif-dc"), "stimuli/drive/amplitude").unit, std::string("pA"));
        QCOMPARE(find(rows_of("izh2003-rs"), "stimuli/step/amplitude").unit, std::string());
        const std::vector<Adjustable> glif = rows_of("glif-lif");
        QCOMPARE(find(glif, "stimuli/excitation/weights").unit, std::string("nS"));
        const Adjustable& stop = find(glif, "stimuli/step/stop");
        QCOMPARE(stop.value, Value(500.0));
        QVERIFY(stop.nullable && stop.essential);
        QVERIFY(!find(rows_of("lif-dc"), "stimuli/drive/stop").essential);
    }

    void drawn_values_are_changed_by_their_scale()
    {
        const PresetDocument document = parsed(izhikevich_pair(""));
        const std::vector<Adjustable> rows = engine::config::adjustables(document);
        const Adjustable& a = find(rows, "populations/A/params/a/scale");
        QVERIFY(a.spread && a.live);
        QCOMPARE(a.value, Value(1.0));
        const Adjustable& weight = find(rows, "projections/0/weight/scale");
        QCOMPARE(weight.expression, std::string("k"));
        QCOMPARE(weight.value, Value(0.5));
        const SetResult doubled = document.set(a.path, 2.0);
        QVERIFY(doubled.document);
        QVERIFY(
            engine::config::rebuild_reason(document.experiment(), doubled.document->experiment())
                .empty());
    }

    void values_over_random_numbers_state_their_expression()
    {
        const std::vector<Adjustable> rows
            = engine::config::adjustables(parsed(izhikevich_pair("")));
        const Adjustable& c = find(rows, "populations/A/params/c");
        QVERIFY(c.spread);
        QCOMPARE(c.expression, std::string("-65 + 15 * r^2"));
        const Adjustable& d = find(rows, "populations/A/params/d");
        QVERIFY(!d.spread);
        QCOMPARE(d.value, Value(2.0));
    }

    void no_bound_and_no_end_are_values_too()
    {
        const std::vector<Adjustable> rows
            = engine::config::adjustables(parsed(izhikevich_pair("")));
        const Adjustable& bound = find(rows, "populations/A/params/V_min");
        QVERIFY(bound.nullable);
        QVERIFY(std::holds_alternative<std::monostate>(bound.value));
        const Adjustable& duration = find(rows, "simulation/duration");
        QVERIFY(duration.nullable);
        QVERIFY(std::holds_alternative<std::monostate>(duration.value));
    }

    void every_random_preset_has_rows()
    {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const PresetDocument document = parsed(test_support::random_preset(seed));
            std::set<std::string> paths;
            for (const Adjustable& row : engine::config::adjustables(document)) {
                const std::string where = "seed " + std::to_string(seed) + ": " + row.path;
                QVERIFY2(paths.insert(row.path).second, where.c_str());
                if (const double* x = std::get_if<double>(&row.value)) {
                    QVERIFY2(row.slider_min <= *x && *x <= row.slider_max, where.c_str());
                }
            }
        }
    }

private:
    static void shipped_presets()
    {
        QTest::addColumn<QString>("id");
        for (const std::string& id : test_support::shipped_ids()) {
            QTest::addRow("%s", id.c_str()) << QString::fromStdString(id);
        }
    }
};

QTEST_APPLESS_MAIN(AdjustablesTest)
#include "tst_adjustables.moc"
