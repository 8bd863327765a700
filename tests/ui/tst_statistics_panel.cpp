#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/numerics_badge.hpp"
#include "ui/panels/statistics_panel.hpp"
#include "ui/panels/statistics_texts.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QRegularExpression>
#include <QtTest>

#include <algorithm>
#include <cmath>

using engine::analysis::NetworkStatistics;
using engine::analysis::NumericsCheck;
using engine::analysis::NumericsVariant;
using engine::analysis::PopulationStatistics;

namespace {

PopulationStatistics population(std::uint64_t neurons, double rate_Hz, std::size_t with_cv)
{
    PopulationStatistics out;
    out.neurons = neurons;
    out.rate_Hz = rate_Hz;
    out.cv_isi = 0.5;
    out.cv_isi_neurons = with_cv;
    out.fluctuation_1ms = 0.8;
    out.synchrony = 0.47;
    out.peak_frequency_Hz = 184.25;
    out.peak_over_floor = 16000.0;
    return out;
}

/// A network in the state that is called SI fast.
std::shared_ptr<const NetworkStatistics> fast(double to_ms)
{
    NetworkStatistics out;
    out.from_ms = to_ms - 2000.0;
    out.to_ms = to_ms;
    out.populations = {population(80, 58.3, 80), population(20, 58.4, 19)};
    out.network = population(100, 58.32, 99);
    for (PopulationStatistics* p : {&out.populations[0], &out.populations[1], &out.network}) {
        p->window_ms = 2000.0;
    }
    return std::make_shared<const NetworkStatistics>(out);
}

const ui::StatisticLine& line(const std::vector<ui::StatisticLine>& lines, const char* shortName)
{
    return *std::find_if(lines.begin(), lines.end(),
        [&](const auto& it) { return it.shortName == QLatin1String(shortName); });
}

NumericsCheck numerics(bool onlyPublished)
{
    NumericsCheck check;
    check.compared_ms = 200.0;
    check.only_published_numerics = onlyPublished;
    check.sentence = "what this means";
    check.variants.resize(2);
    check.variants[0].scheme = "figure1";
    check.variants[0].dt_ms = 0.25;
    check.variants[0].spikes_ms = {1.0, 2.0};
    check.variants[1].role = NumericsVariant::Role::reference;
    check.variants[1].verdict
        = onlyPublished ? "differs: 5 against 7 spikes" : "agrees within 0.3 ms";
    return check;
}

} // namespace

class TestStatisticsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines_have_a_value_for_each_population_and_all()
    {
        const auto lines = ui::statisticLines(*fast(2200.0));
        const QString none(QChar(0x2013));
        QCOMPARE(
            line(lines, "Rate [Hz]").values, (std::vector<QString> {"58.30", "58.40", "58.32"}));
        // 19 of 20 neurons have a CV: too few.
        QCOMPARE(line(lines, "CV").values, (std::vector<QString> {"0.500", none, "0.500"}));
        QCOMPARE(line(lines, "CV2").values, (std::vector<QString> {none, none, none}));
        QCOMPARE(line(lines, "/ floor").values.front(), QStringLiteral("16000"));
    }

    void a_single_neuron_has_no_lines_about_pairs()
    {
        NetworkStatistics statistics;
        statistics.populations = {population(1, 20.0, 1)};
        const auto lines = ui::statisticLines(statistics);
        QCOMPARE(line(lines, "CV").values, (std::vector<QString> {"0.500"})); // its own
        QVERIFY(std::none_of(lines.begin(), lines.end(),
            [](const auto& it) { return it.shortName == QStringLiteral("chi"); }));
    }

    void a_regime_needs_two_windows_that_agree()
    {
        ui::EngineBridge bridge;
        const ui::NetworkTheory theory(bridge);
        ui::StatisticsPanel panel(bridge, theory);
        frames::Sweep sweep(frames::document(frames::network), 1, 0,
            [](std::size_t, engine::core::Step) { return 0.0; });
        const auto deliver = [&](engine::core::Step to, double window_to_ms) {
            engine::Frame frame = sweep.next(to);
            frame.statistics = fast(window_to_ms);
            bridge.deliver(frame);
        };
        deliver(10, 2200.0);
        QVERIFY(panel.verdict().contains(QStringLiteral("undecided")));
        deliver(20, 2200.0); // the same window once more
        QVERIFY(panel.verdict().contains(QStringLiteral("undecided")));
        deliver(30, 2700.0);
        QVERIFY(panel.verdict().contains(QStringLiteral("<b>SI fast</b>")));
        QVERIFY(panel.verdict().contains(QStringLiteral("184"))); // the number that decided
        QCOMPARE(panel.span(), QStringLiteral("Measured 0.7 to 2.7 s"));
        QCOMPARE(panel.table().rowCount() * panel.table().columnCount() > 0, true);
    }

    void a_run_that_has_ended_is_named_by_its_last_window()
    {
        ui::EngineBridge bridge;
        const ui::NetworkTheory theory(bridge);
        ui::StatisticsPanel panel(bridge, theory);
        frames::Sweep sweep(frames::document(frames::network), 1, 0,
            [](std::size_t, engine::core::Step) { return 0.0; });
        engine::Frame frame = sweep.next(10);
        frame.status.state = engine::RunState::ended;
        frame.statistics = fast(2200.0);
        bridge.deliver(frame);
        QVERIFY(panel.verdict().contains(QStringLiteral("<b>SI fast</b>")));
    }

    void the_pattern_of_a_neuron_has_its_further_names_and_reason()
    {
        engine::checks::Measured pattern;
        pattern.name = "tonic spiking";
        pattern.also = {"class 1 excitable"};
        pattern.reason = "5 spikes >= 3";
        const QString text = ui::patternText(pattern);
        QVERIFY(text.startsWith(QStringLiteral("<b>tonic spiking")));
        QVERIFY(text.contains(QStringLiteral("also class 1 excitable")));
        QVERIFY(text.contains(QStringLiteral("5 spikes ≥ 3")));
    }

    void theory_stands_beside_the_measured_state()
    {
        ui::EngineBridge bridge;
        const ui::NetworkTheory theory(bridge);
        ui::StatisticsPanel panel(bridge, theory);
        panel.show();
        frames::Sweep sweep(shippedPreset("brunel-ai-small"), 1, 0,
            [](std::size_t, engine::core::Step) { return 0.0; });
        bridge.deliver(sweep.next(1));
        QTRY_VERIFY_WITH_TIMEOUT(panel.theory().contains(QStringLiteral("<b>AI</b>")), 30000);
        const auto rate = QRegularExpression(QStringLiteral("([0-9.]+) Hz, CV 0.68"))
                              .match(panel.theory())
                              .captured(1);
        QVERIFY(std::abs(rate.toDouble() - 37.95) < 0.06); // CV 0.675
        QVERIFY(panel.theory().contains(QStringLiteral("124 Hz dies away")));
        // Growth -0.135 / ms (science: E.1, panel C).
        QVERIFY(panel.theory().contains(QStringLiteral("to 1/e in 7.4 ms")));
    }

    void values_of_theory_and_promises_stand_in_the_table()
    {
        ui::EngineBridge bridge;
        const ui::NetworkTheory theory(bridge);
        ui::StatisticsPanel panel(bridge, theory);
        panel.resize(400, 500);
        panel.show();
        frames::Sweep sweep(shippedPreset("brunel-si-fast-small"), 1, 0,
            [](std::size_t, engine::core::Step) { return 0.0; });
        engine::Frame frame = sweep.next(1);
        frame.statistics = fast(2200.0);
        engine::LiveReport report;
        engine::checks::Result rate;
        rate.check.quantity = engine::config::Quantity::rate;
        rate.check.population = 0;
        rate.check.min = 57.0;
        rate.check.max = 61.0;
        rate.check.unit = "Hz";
        engine::checks::Result again = rate;
        again.check.population = 1;
        engine::checks::Result regime;
        regime.check.quantity = engine::config::Quantity::regime;
        regime.check.name = "SI fast";
        report.report.results = {rate, again, regime};
        frame.checks = std::make_shared<const engine::LiveReport>(report);
        bridge.deliver(frame);
        QVERIFY(panel.verdict().endsWith(QStringLiteral("; the source promises <b>SI fast</b>")));
        QTRY_VERIFY_WITH_TIMEOUT(!theory.busy(), 60000);
        const ui::SteadyTable& table = panel.table();
        const auto cell = [&](const char* row, const char* column) {
            for (int c = 0; c < table.columnCount(); ++c) {
                for (int r = 0; r < table.rowCount(); ++r) {
                    if (table.item(r, 0)->text() == QLatin1String(row)
                        && table.horizontalHeaderItem(c)->text() == QLatin1String(column)) {
                        return table.item(r, c)->text();
                    }
                }
            }
            return QString();
        };
        // Brunel 2000, panel B: 55.84 Hz, CV 0.736, 190.2 Hz that grows.
        QCOMPARE(cell("Rate [Hz]", "theory"), QStringLiteral("55.84"));
        QCOMPARE(cell("CV of intervals", "theory"), QStringLiteral("0.736"));
        const QString frequency = cell("Spectral peak [Hz]", "theory");
        QVERIFY2(std::abs(frequency.toDouble() - 190.2) < 0.3, qPrintable(frequency));
        QCOMPARE(cell("LV", "theory"), QString(QChar(0x2013)));
        QCOMPARE(cell("Rate [Hz]", "source"), QStringLiteral("57–61")); // of both, once
        QCOMPARE(cell("LV", "source"), QString(QChar(0x2013)));
        report.differences = {{"g", 6.0, 5.0}};
        frame.checks = std::make_shared<const engine::LiveReport>(report);
        bridge.deliver(frame);
        QVERIFY(panel.verdict().endsWith(
            QStringLiteral("; with the preset's values the source promises <b>SI fast</b>")));
        panel.resize(1600, 300); // lines become columns, theory and source become rows
        QCOMPARE(table.rowCount(), 5);
        QCOMPARE(table.item(3, 0)->text(), QStringLiteral("theory"));
        QCOMPARE(table.item(3, 1)->text(), QStringLiteral("55.84"));
        QCOMPARE(table.item(4, 1)->text(), QStringLiteral("57–61"));
    }

    void a_mode_that_dies_away_stands_in_brackets()
    {
        ui::TheoryAnswer answer;
        answer.solutions.emplace_back();
        answer.solutions.back().stability.mode = engine::theory::Mode {124.0, -0.135};
        auto lines = ui::statisticLines(*fast(2200.0));
        QVERIFY(!ui::hasTheory(lines));
        ui::addTheory(lines, answer);
        QCOMPARE(line(lines, "Peak [Hz]").theory, QStringLiteral("(124.0)"));
        QVERIFY(ui::hasTheory(lines));
    }

    void theory_follows_values_while_they_change()
    {
        ui::EngineBridge bridge;
        const ui::NetworkTheory theory(bridge);
        const auto zero = [](std::size_t, engine::core::Step) { return 0.0; };
        const auto document = shippedPreset("brunel-ai-small");
        frames::Sweep sweep(document, 1, 0, zero);
        bridge.deliver(sweep.next(1));
        for (int i = 0; i < 20; ++i) { // faster than answers come
            engine::Frame frame = sweep.next(2 + i);
            frame.document = with(document, "g", 5.0 + 0.05 * (i + 1));
            frame.changes.push_back({1 + i, "g", 5.0, 5.0 + 0.05 * (i + 1), false});
            bridge.deliver(frame);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!theory.busy(), 60000);
        // Of g = 6, eta = 2 (table of science E.2), since the last change.
        QVERIFY(std::abs(theory.rates().active()->rate_Hz - 22.85) < 0.01);
        QVERIFY(std::abs(theory.complete().active()->rate_Hz - 22.85) < 0.01);
        QCOMPARE(theory.rates().from_ms, 2.0);
        QCOMPARE(theory.rates().active()->stability.kind, engine::theory::Kind::unknown);
        QCOMPARE(theory.complete().active()->stability.kind, engine::theory::Kind::asynchronous);
        // Another network takes all of it away at once.
        bridge.deliver(frames::Sweep(frames::document(frames::network), 2, 0, zero).next(1));
        QVERIFY(theory.rates().active() == nullptr);
        QVERIFY(!theory.rates().shape.reason.empty());
        QVERIFY(!theory.busy());
    }

    void where_theory_does_not_apply_it_says_why()
    {
        ui::TheoryAnswer answer;
        answer.shape.reason = "the delays differ";
        QCOMPARE(ui::theoryText(answer),
            QStringLiteral("Theory: none for this network (the delays differ)"));
    }

    void the_badge_tells_whether_numerics_matter()
    {
        QVERIFY(ui::numericsText(
            {numerics(false),
                {}}).endsWith(QStringLiteral("Numerics: reference agrees within 0.3 ms")));
        QVERIFY(ui::numericsText(
            {numerics(true),
                {}}).endsWith(QStringLiteral("Published numerics only")));
        QVERIFY(ui::numericsText({std::nullopt, "no"}).isEmpty());
        const QString details = ui::numericsDetails(numerics(true));
        QVERIFY(details.contains(QStringLiteral("What this means")));
        QVERIFY(details.contains(QStringLiteral("differs: 5 against 7 spikes")));
        QVERIFY(details.contains(QStringLiteral("figure1")));
    }

    void the_badge_is_computed_for_a_neuron_and_hidden_for_a_network()
    {
        ui::EngineBridge bridge;
        ui::NumericsBadge badge(bridge);
        const auto zero = [](std::size_t, engine::core::Step) { return 0.0; };
        bridge.deliver(frames::Sweep(shippedPreset("izh2003-rs"), 1, 0, zero).next(1));
        QVERIFY(badge.busy());
        QTRY_VERIFY_WITH_TIMEOUT(!badge.busy(), 30000);
        QVERIFY(badge.text().contains(QStringLiteral("agrees within")));
        QVERIFY(!badge.details().isEmpty());
        bridge.deliver(frames::Sweep(frames::document(frames::network), 2, 0, zero).next(1));
        QVERIFY(badge.isHidden());
        QVERIFY(!badge.busy());
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestStatisticsPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_statistics_panel.moc"
