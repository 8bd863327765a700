#include "engine/core/dispatch.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

using namespace engine::core;

namespace {

constexpr std::size_t n = 37;

SPIKESCOPE_INLINE void scale_body(double* x, double factor)
{
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = x[i] * factor + 1.0 / 3.0;
    }
}
SPIKESCOPE_TWINS(void, scale, (double* x, double factor), (x, factor))

std::array<double, n> scaled(Instructions used)
{
    use_instructions(used);
    std::array<double, n> x;
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = 0.1 * static_cast<double>(i) - 1.7;
    }
    scale(x.data(), 1.0 / 7.0);
    return x;
}

} // namespace

class TestDispatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { use_instructions(best_instructions()); }

    void choice_never_exceeds_the_processor()
    {
        for (const Instructions wanted :
            {Instructions::avx512, Instructions::avx2, Instructions::baseline}) {
            use_instructions(wanted);
            QCOMPARE(instructions(), std::min(wanted, best_instructions()));
        }
    }

    void instruction_sets_have_names()
    {
        QCOMPARE(instructions_name(Instructions::baseline), "baseline");
        QCOMPARE(instructions_name(Instructions::avx2), "avx2");
        QCOMPARE(instructions_name(Instructions::avx512), "avx512");
    }

    void twins_give_the_same_bits()
    {
        const auto plain = scaled(Instructions::baseline);
        for (const Instructions used : {Instructions::avx2, Instructions::avx512}) {
            const auto wide = scaled(used);
            QCOMPARE(std::memcmp(plain.data(), wide.data(), sizeof plain), 0);
        }
        // A product and a sum that are rounded once, not twice, would differ somewhere.
        for (std::size_t i = 0; i < n; ++i) {
            const volatile double product = (0.1 * static_cast<double>(i) - 1.7) * (1.0 / 7.0);
            QCOMPARE(plain[i], product + 1.0 / 3.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestDispatch)
#include "tst_dispatch.moc"
