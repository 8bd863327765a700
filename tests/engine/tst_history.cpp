#include "engine/recording/history.hpp"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace engine;
using recording::History;

namespace {

recording::TraceGroup group(core::Step interval, std::size_t columns)
{
    recording::TraceGroup g;
    g.interval = interval;
    g.columns.resize(columns);
    return g;
}

constexpr std::size_t plenty = std::size_t {1} << 24;

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_come_back_by_stamp()
    {
        History history({group(3, 2)}, plenty);
        for (core::Step stamp = 3; stamp <= 30000; stamp += 3) {
            const double values[] = {static_cast<double>(stamp), -static_cast<double>(stamp)};
            history.append_row(0, stamp, values);
        }
        history.publish(30000);
        const auto rows = history.rows(0, 2999, 6000);
        QCOMPARE(rows.steps.size(), std::size_t {1001});
        QCOMPARE(rows.steps.front(), core::Step {3000});
        QCOMPARE(rows.steps.back(), core::Step {6000});
        for (std::size_t i = 0; i < rows.steps.size(); ++i) {
            QCOMPARE(rows.values[2 * i], static_cast<double>(rows.steps[i]));
            QCOMPARE(rows.values[2 * i + 1], -static_cast<double>(rows.steps[i]));
        }
        QVERIFY(history.rows(0, 30000, 40000).steps.empty());
        QCOMPARE(history.rows(0, 29997, 30000).steps.size(), std::size_t {1});
    }

    void many_spikes_of_a_step_come_back_one_by_one()
    {
        // More than the first segments hold, and every pair of stamps as a range.
        History history({}, plenty);
        std::vector<std::uint32_t> neurons(5000);
        std::vector<recording::Spike> all;
        for (core::Step stamp = 1; stamp <= 4; ++stamp) {
            for (std::uint32_t population = 0; population < 2; ++population) {
                for (std::size_t i = 0; i < neurons.size(); ++i) {
                    neurons[i] = static_cast<std::uint32_t>(i) * 3 + population;
                    all.push_back({stamp, population, neurons[i]});
                }
                history.append_spikes(stamp, population, neurons.data(), neurons.size());
            }
        }
        history.publish(4);
        QVERIFY(history.spikes(0, 4) == all);
        QCOMPARE(history.spike_count(), all.size());
        for (core::Step from = 0; from <= 5; ++from) {
            for (core::Step to = 0; to <= 5; ++to) {
                const core::Step steps
                    = std::min<core::Step>(to, 4) - std::min<core::Step>(from, 4);
                QCOMPARE(history.spikes(from, to).size(),
                    static_cast<std::size_t>(std::max<core::Step>(steps, 0)) * 10000);
            }
        }
    }

    void nothing_shows_before_it_is_published()
    {
        History history({group(1, 1)}, plenty);
        const double value = 1.0;
        const std::uint32_t neuron = 0;
        history.append_row(0, 1, &value);
        history.append_spikes(1, 0, &neuron, 1);
        QVERIFY(history.rows(0, 0, 10).steps.empty());
        QVERIFY(history.spikes(0, 10).empty());
        history.publish(1);
        QCOMPARE(history.rows(0, 0, 10).steps.size(), std::size_t {1});
        QCOMPARE(history.spikes(0, 10).size(), std::size_t {1});
        QCOMPARE(history.published(), core::Step {1});
    }

    void amending_replaces_the_newest_row_only()
    {
        History history({group(1, 1)}, plenty);
        for (core::Step stamp = 1; stamp <= 3; ++stamp) {
            const auto value = static_cast<double>(stamp);
            history.append_row(0, stamp, &value);
        }
        history.publish(3);
        const double other = 30.0;
        history.amend_row(0, &other);
        history.publish(3);
        QCOMPARE(history.rows(0, 0, 3).values, (std::vector<double> {1.0, 2.0, 30.0}));
        const double next = 4.0;
        history.append_row(0, 4, &next);
        history.publish(4);
        QCOMPARE(history.rows(0, 0, 4).values, (std::vector<double> {1.0, 2.0, 30.0, 4.0}));
    }

    void spikes_keep_stamp_population_and_neuron_over_long_pauses()
    {
        History history({}, plenty);
        std::vector<recording::Spike> expected;
        for (core::Step stamp = 7; stamp < 1000000; stamp += 9973) {
            for (std::uint32_t population = 0; population < 3; ++population) {
                const std::vector<std::uint32_t> neurons {population, 4000000000U};
                history.append_spikes(stamp, population, neurons.data(), neurons.size());
                expected.push_back({stamp, population, neurons[0]});
                expected.push_back({stamp, population, neurons[1]});
            }
        }
        history.publish(1000000);
        QVERIFY(history.spikes(0, 1000000) == expected);
        QCOMPARE(history.spike_count(), expected.size());
        QCOMPARE(history.spikes(7, 7 + 9973).size(), std::size_t {6});
    }

    void the_budget_drops_the_oldest_and_names_what_is_left()
    {
        constexpr std::size_t budget = 200000;
        History history({group(1, 4)}, budget);
        const std::vector<std::uint32_t> neurons {1, 2, 3};
        constexpr core::Step end = 20000;
        for (core::Step stamp = 1; stamp <= end; ++stamp) {
            const double values[] = {static_cast<double>(stamp), 0.0, 0.0, 0.0};
            history.append_row(0, stamp, values);
            history.append_spikes(stamp, 0, neurons.data(), neurons.size());
            history.publish(stamp);
            QVERIFY(history.bytes() <= budget);
        }
        const core::Step kept = history.first_kept();
        QVERIFY(kept > 0 && kept < end);
        const auto rows = history.rows(0, kept, end);
        QCOMPARE(rows.steps.size(), static_cast<std::size_t>(end - kept));
        QCOMPARE(rows.values[0], static_cast<double>(kept + 1));
        QCOMPARE(history.spikes(kept, end).size(), static_cast<std::size_t>(3 * (end - kept)));
        QCOMPARE(history.spike_count(), std::size_t {3 * end});
    }

    void forgetting_keeps_everything_after_the_stamp()
    {
        History history({group(1, 1)}, plenty);
        for (core::Step stamp = 1; stamp <= 50000; ++stamp) {
            const auto value = static_cast<double>(stamp);
            history.append_row(0, stamp, &value);
            history.publish(stamp);
        }
        const std::size_t before = history.bytes();
        history.forget_before(40000);
        QVERIFY(history.bytes() < before);
        QVERIFY(history.first_kept() > 0 && history.first_kept() < 40000);
        QCOMPARE(history.rows(0, 40000, 50000).steps.size(), std::size_t {10000});
    }

    void a_branch_ends_at_its_stamp_and_goes_on_by_itself()
    {
        History history({group(2, 1)}, plenty);
        const std::uint32_t neuron = 5;
        for (core::Step stamp = 1; stamp <= 3000; ++stamp) {
            const auto value = static_cast<double>(stamp);
            if (stamp % 2 == 0) {
                history.append_row(0, stamp, &value);
            }
            history.append_spikes(stamp, 0, &neuron, 1);
        }
        history.publish(3000);
        const auto branch = history.branch(1001);
        QCOMPARE(branch->published(), core::Step {1001});
        QCOMPARE(branch->spike_count(), std::size_t {1001});
        QCOMPARE(branch->rows(0, 0, 5000).steps.size(), std::size_t {500});
        const double amended = -1.0;
        branch->amend_row(0, &amended);
        const double next = -2.0;
        branch->append_row(0, 1002, &next);
        branch->append_spikes(1002, 1, &neuron, 1);
        branch->publish(1002);
        const auto rows = branch->rows(0, 996, 1002);
        QCOMPARE(rows.values, (std::vector<double> {998.0, -1.0, -2.0}));
        QCOMPARE(branch->spikes(1000, 2000).size(), std::size_t {2});
        // The trunk is what it was.
        QCOMPARE(history.rows(0, 998, 1002).values, (std::vector<double> {1000.0, 1002.0}));
        QCOMPARE(history.spikes(1001, 1002).front().population, 0U);
    }

    void a_branch_from_beyond_begins_empty()
    {
        History history({group(1, 1)}, plenty);
        const auto branch = history.branch(77);
        QCOMPARE(branch->first_kept(), core::Step {77});
        QCOMPARE(branch->published(), core::Step {77});
        QVERIFY(branch->rows(0, 0, 100).steps.empty());
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
