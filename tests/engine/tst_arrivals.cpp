#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/network/arrivals.hpp"

#include <QTest>

#include <vector>

using namespace engine;
using network::Form;
using network::StampWindows;
using network::Term;

namespace {

constexpr std::size_t n = 301;

template <class T> std::vector<T> random_counts(std::uint64_t seed, std::uint64_t below)
{
    core::Random random(seed);
    std::vector<T> counts(n);
    for (T& c : counts) {
        c = static_cast<T>(random.below(below));
    }
    return counts;
}

} // namespace

class TestArrivals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void terms_are_added_in_their_order_for_every_form_and_processor()
    {
        const auto bytes = random_counts<std::uint8_t>(1, 256);
        const auto words = random_counts<std::uint16_t>(2, 65536);
        const auto longs = random_counts<std::uint32_t>(3, 1ULL << 32);
        std::vector<double> sums(n);
        core::Random random(4);
        for (double& s : sums) {
            s = random.normal();
        }
        const Term all[] = {{{Form::counts8, bytes.data()}, 0.1},
            {{Form::counts16, words.data()}, -0.3}, {{Form::counts32, longs.data()}, 1e-7},
            {{Form::sums, sums.data()}, 1.7}, {{Form::counts8, bytes.data()}, -1.1},
            {{Form::counts8, bytes.data()}, 0.7}, {{Form::counts8, bytes.data()}, 0.013},
            {{Form::counts8, bytes.data()}, 3.3}, {{Form::counts8, bytes.data()}, 1e-9}};
        for (std::size_t first = 0; first < std::size(all); ++first) {
            for (std::size_t count = 1; first + count <= std::size(all); ++count) {
                std::vector<double> expected(n, 0.0);
                for (std::size_t t = first; t < first + count; ++t) {
                    for (std::size_t i = 0; i < n; ++i) {
                        const double value = all[t].arrivals.form == Form::counts8 ? bytes[i]
                            : all[t].arrivals.form == Form::counts16               ? words[i]
                            : all[t].arrivals.form == Form::counts32               ? longs[i]
                                                                                   : sums[i];
                        expected[i] += all[t].weight * value;
                    }
                }
                for (const auto twin : {core::Instructions::baseline, core::Instructions::avx2,
                         core::Instructions::avx512}) {
                    core::use_instructions(twin);
                    std::vector<double> sum(n, 17.0);
                    network::add_up({all + first, count}, sum.data(), n);
                    QVERIFY(sum == expected);
                }
                core::use_instructions(core::best_instructions());
            }
        }
    }

    void every_stamp_falls_into_one_window_whatever_the_delays()
    {
        core::Random random(9);
        for (int run = 0; run < 200; ++run) {
            std::vector<int> seen(600, 0);
            core::Step cursor = 0;
            core::Step delay = 1 + static_cast<core::Step>(random.below(20));
            core::Step now = 0;
            while (now < 400) {
                if (random.below(4) == 0) {
                    delay = 1 + static_cast<core::Step>(random.below(20));
                }
                const core::Step end = now + 1
                    + static_cast<core::Step>(random.below(static_cast<std::uint64_t>(delay)));
                const StampWindows windows(now, end, cursor, delay);
                for (std::size_t i = 0; i < windows.steps(); ++i) {
                    for (core::Step s = windows[i].from + 1; s <= windows[i].to; ++s) {
                        ++seen[static_cast<std::size_t>(s)];
                        // Known by now, and not before its time.
                        QVERIFY(s <= now);
                        QVERIFY(s + delay <= now + static_cast<core::Step>(i) + 1);
                    }
                }
                cursor = windows.cursor_after();
                now = end;
            }
            for (core::Step s = 1; s <= 400; ++s) {
                QCOMPARE(seen[static_cast<std::size_t>(s)], s <= cursor ? 1 : 0);
            }
            QVERIFY(cursor >= 400 - 20);
        }
    }
};

QTEST_APPLESS_MAIN(TestArrivals)
#include "tst_arrivals.moc"
