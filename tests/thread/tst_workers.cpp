#include "engine/network/worker_pool.hpp"

#include <QTest>

#include <atomic>
#include <ctime>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

using engine::network::WorkerPool;

namespace {

double thread_cpu_s()
{
    std::timespec time {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

} // namespace

class TestWorkers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_item_is_done_once_in_every_round_data()
    {
        QTest::addColumn<int>("threads");
        for (const int threads : {1, 2, 3, 4}) {
            QTest::addRow("%d threads", threads) << threads;
        }
    }
    void every_item_is_done_once_in_every_round()
    {
        QFETCH(int, threads);
        WorkerPool pool(threads);
        QCOMPARE(pool.threads(), threads);
        std::vector<int> done(37, 0); // plain: two threads on one item would be a race
        for (int round = 1; round <= 500; ++round) {
            pool.run(done.size(), [&](std::size_t i, int thread) {
                if (thread >= 0 && thread < threads) {
                    ++done[i];
                }
            });
            QCOMPARE(std::accumulate(done.begin(), done.end(), 0), 37 * round);
        }
        QCOMPARE(done, std::vector<int>(37, 500));
    }

    void what_workers_wrote_is_there_after_the_round()
    {
        WorkerPool pool(3);
        std::vector<double> values(1000, 1.0);
        for (int round = 0; round < 200; ++round) {
            pool.run(10, [&](std::size_t part, int) {
                for (std::size_t i = part * 100; i < (part + 1) * 100; ++i) {
                    values[i] += 1.0;
                }
            });
        }
        QCOMPARE(std::accumulate(values.begin(), values.end(), 0.0), 1000.0 * 201.0);
    }

    void an_exception_of_an_item_reaches_the_caller_and_the_pool_goes_on()
    {
        WorkerPool pool(2);
        const auto fails = [](std::size_t i, int) {
            if (i == 5) {
                throw std::runtime_error("item 5");
            }
        };
        QVERIFY_EXCEPTION_THROWN(pool.run(9, fails), std::runtime_error);
        int done = 0;
        pool.run(1, [&](std::size_t, int) { ++done; });
        QCOMPARE(done, 1);
    }

    void the_clock_of_a_worker_tells_what_it_has_used()
    {
        constexpr double spent_s = 0.02;
        WorkerPool pool(2);
        std::atomic<int> begun = 0;
        // Each thread has to take one item, because none ends before the other has begun.
        pool.run(2, [&](std::size_t, int) {
            ++begun;
            const double before = thread_cpu_s();
            while (begun < 2 || thread_cpu_s() - before < spent_s) {
                std::this_thread::yield();
            }
        });
        const std::vector<double> clocks = pool.worker_cpu_seconds();
        QCOMPARE(clocks.size(), std::size_t {1});
        QVERIFY(clocks[0] >= spent_s);
        QVERIFY(pool.worker_cpu_seconds()[0] >= clocks[0]);
        QVERIFY(WorkerPool(1).worker_cpu_seconds().empty());
    }

    void a_pool_that_never_worked_ends()
    {
        const WorkerPool pool(4);
        QCOMPARE(pool.threads(), 4);
    }
};

QTEST_APPLESS_MAIN(TestWorkers)
#include "tst_workers.moc"
