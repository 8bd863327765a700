#include "engine/runner/inbox.hpp"

#include <QTest>

#include <map>
#include <random>
#include <thread>

using namespace engine;
using runner::coalesced;
using runner::Inbox;

namespace {

SetValues one(const std::string& path, double value) { return {{{path, core::Value(value)}}}; }

/// The values after all commands; a pause notes the values that it sees.
std::vector<std::map<std::string, double>> outcome(const std::vector<Command>& commands)
{
    std::map<std::string, double> values;
    std::vector<std::map<std::string, double>> seen;
    for (const Command& command : commands) {
        if (const auto* set = std::get_if<SetValues>(&command)) {
            for (const auto& [path, value] : set->values) {
                values[path] = std::get<double>(value);
            }
        } else {
            seen.push_back(values);
        }
    }
    seen.push_back(values);
    return seen;
}

} // namespace

class TestInbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_dragged_slider_leaves_its_last_value()
    {
        Inbox inbox;
        for (int i = 0; i < 100; ++i) {
            inbox.post(one("g", i));
        }
        const Inbox::Mail mail = inbox.take();
        QCOMPARE(mail.commands.size(), std::size_t {1});
        QCOMPARE(std::get<double>(std::get<SetValues>(mail.commands.front()).values.front().second),
            99.0);
        QVERIFY(inbox.take().commands.empty());
    }

    void coalescing_changes_no_outcome()
    {
        std::mt19937_64 random(3);
        for (int trial = 0; trial < 500; ++trial) {
            std::vector<Command> commands;
            std::size_t sets = 0;
            for (int i = 0; i < 12; ++i) {
                if (random() % 5 == 0) {
                    commands.emplace_back(Pause {});
                    continue;
                }
                SetValues set;
                for (std::size_t n = 1 + random() % 2; n > 0; --n) {
                    set.values.emplace_back(std::string(1, static_cast<char>('a' + random() % 3)),
                        static_cast<double>(i));
                }
                commands.emplace_back(std::move(set));
                ++sets;
            }
            const std::vector<Command> kept = coalesced(commands);
            QVERIFY(kept.size() <= commands.size());
            QVERIFY(outcome(kept) == outcome(commands));
        }
    }

    void values_that_belong_together_stay_together()
    {
        const SetValues both {{{"a", core::Value(1.0)}, {"b", core::Value(1.0)}}};
        const std::vector<Command> kept = coalesced({both, one("a", 2.0)});
        QCOMPARE(kept.size(), std::size_t {2});
    }

    void every_jump_of_a_state_is_kept()
    {
        runner::Inbox inbox;
        inbox.post(one("g", 1.0));
        inbox.post(one("populations/E/jump/3/V_m", 5.0));
        inbox.post(one("populations/E/jump/3/V_m", 5.0));
        inbox.post(one("g", 2.0)); // of a slider that moves after the jumps
        QCOMPARE(inbox.take().commands.size(), std::size_t {4});
    }

    void a_command_wakes_the_waiting_thread()
    {
        Inbox inbox;
        const std::stop_source never;
        std::jthread poster([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            inbox.post(Run {});
        });
        inbox.wait(never.get_token(), std::nullopt);
        QCOMPARE(inbox.take().commands.size(), std::size_t {1});
    }

    void waiting_ends_at_its_time_and_when_asked_to_stop()
    {
        Inbox inbox;
        std::stop_source stop;
        const auto begin = runner::Clock::now();
        inbox.wait(stop.get_token(), begin + std::chrono::milliseconds(10));
        QVERIFY(runner::Clock::now() - begin >= std::chrono::milliseconds(10));
        std::jthread stopper([&] { stop.request_stop(); });
        inbox.wait(stop.get_token(), std::nullopt); // returns at all
        QVERIFY(stop.stop_requested());
    }
};

QTEST_APPLESS_MAIN(TestInbox)
#include "tst_inbox.moc"
