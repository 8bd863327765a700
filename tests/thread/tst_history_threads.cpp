#include "engine/recording/history.hpp"

#include <QTest>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

using namespace engine;

namespace {

constexpr core::Step end = 40000;

/// What the writer puts at a stamp; amended once.
double first_value(core::Step stamp) { return static_cast<double>(stamp); }
double amended_value(core::Step stamp) { return static_cast<double>(stamp) + 0.5; }

/// Looks at a history again and again until it is complete. Returns what was wrong.
std::string watch(const recording::History& history)
{
    for (;;) {
        const core::Step now = history.published();
        const core::Step kept = history.first_kept();
        const auto rows = history.rows(0, kept, now);
        const auto spikes = history.spikes(kept, now);
        // The oldest may have gone in between, but what is there has no gaps and is right.
        for (std::size_t i = 0; i < rows.steps.size(); ++i) {
            const bool newest = i + 1 == rows.steps.size();
            const double value = rows.values[2 * i];
            const bool right = value == amended_value(rows.steps[i])
                || (newest && value == first_value(rows.steps[i]));
            if (!right || rows.values[2 * i + 1] != -value) {
                return "wrong value at stamp " + std::to_string(rows.steps[i]);
            }
            if (i > 0 && rows.steps[i] != rows.steps[i - 1] + 1) {
                return "gap before stamp " + std::to_string(rows.steps[i]);
            }
        }
        for (const auto& spike : spikes) {
            if (spike.neuron != static_cast<std::uint32_t>(spike.step % 1000)) {
                return "wrong spike at stamp " + std::to_string(spike.step);
            }
        }
        if (now == end) {
            return {};
        }
    }
}

} // namespace

class TestHistoryThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readers_see_complete_rows_while_one_thread_writes()
    {
        recording::TraceGroup group;
        group.columns.resize(2);
        recording::History history({group}, 300000);
        std::vector<std::string> wrong(3);
        {
            std::vector<std::jthread> readers;
            for (std::string& outcome : wrong) {
                readers.emplace_back([&] { outcome = watch(history); });
            }
            for (core::Step stamp = 1; stamp <= end; ++stamp) {
                const double values[] = {first_value(stamp), -first_value(stamp)};
                history.append_row(0, stamp, values);
                const auto neuron = static_cast<std::uint32_t>(stamp % 1000);
                history.append_spikes(stamp, 0, &neuron, 1);
                if (stamp % 7 == 0) {
                    history.publish(stamp);
                }
                const double amended[] = {amended_value(stamp), -amended_value(stamp)};
                history.amend_row(0, amended);
            }
            history.publish(end);
        }
        for (const std::string& outcome : wrong) {
            QVERIFY2(outcome.empty(), outcome.c_str());
        }
        QVERIFY(history.first_kept() > 0);
    }
};

QTEST_APPLESS_MAIN(TestHistoryThreads)
#include "tst_history_threads.moc"
