// The window first: the engine's threads give way to it, and say how soon a change has acted.

#include "engine/runner/priority.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <chrono>
#include <thread>

#if defined(__linux__)
#include <sys/resource.h>
#endif

using namespace engine;
using test_support::Live;
using test_support::network_text;

namespace {

#if defined(__linux__)
int nice_of_this_thread() { return getpriority(PRIO_PROCESS, 0); }
#endif

double ms_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

} // namespace

class TestLiveResponse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threads_that_give_way_leave_the_others_alone()
    {
#if defined(__linux__)
        const int before = nice_of_this_thread();
        int within = before;
        int child = before;
        std::jthread([&] {
            runner::give_way();
            within = nice_of_this_thread();
            std::jthread([&] { child = nice_of_this_thread(); }).join();
        }).join();
        constexpr int lowest = 19;
        QVERIFY(within > before || before == lowest);
        QCOMPARE(child, within); // the workers of a network that such a thread builds
        QCOMPARE(nice_of_this_thread(), before);
#endif
    }

    void a_change_tells_how_soon_it_has_acted()
    {
        Live live;
        live.open(network_text(1e6, R"(, "speed": "max")"));
        QVERIFY(live.wait_for_session());
        QVERIFY(!live.frame().status.response_ms);
        const auto begin = std::chrono::steady_clock::now();
        live.set("g", 4.0);
        QVERIFY(live.wait([](const Frame& f) { return f.status.response_ms.has_value(); }));
        QVERIFY(*live.frame().status.response_ms > 0.0);
        QVERIFY(*live.frame().status.response_ms <= ms_since(begin));
        QCOMPARE(live.changes().size(), std::size_t {1});
    }

    void what_changes_nothing_has_no_response()
    {
        Live live;
        live.open(network_text(1e6, R"(, "speed": "max")"));
        QVERIFY(live.wait_for_session());
        live.set("populations/E/params/tau_m", -1.0);
        QVERIFY(live.wait_for_notice(core::Severity::error));
        const double t = live.frame().status.t_ms;
        QVERIFY(live.wait([t](const Frame& f) { return f.status.t_ms > t; }));
        QVERIFY(!live.frame().status.response_ms);
    }

    void a_change_in_a_pause_waits_for_a_person()
    {
        Live live;
        live.open(network_text(1e6, R"(, "speed": "max")"), false);
        QVERIFY(live.wait_for_session());
        live.set("g", 4.0);
        QVERIFY(live.wait([&](const Frame&) { return live.changes().size() == 1; }));
        live.post(StepOnce {1});
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms > 0.0; }));
        QVERIFY(!live.frame().status.response_ms);
    }
};

QTEST_GUILESS_MAIN(TestLiveResponse)
#include "tst_live_response.moc"
