#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/network/bit_planes.hpp"
#include "engine/network/bit_setter.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

using namespace engine;
using network::BitSetter;
using network::SynapseBatch;

namespace {

using Pairs = std::map<std::pair<std::uint32_t, std::uint16_t>, int>; // number of synapses

struct Rows {
    std::uint32_t sources;
    std::size_t stride;
    std::vector<std::uint64_t> words;
    Rows(std::uint32_t n, std::size_t targets)
        : sources(n)
        , stride(network::bit_words(targets) + 3)
        , words(stride * n, 0)
    {
    }
    /// What the bits say and what is listed beside them.
    Pairs pairs(std::size_t targets, const std::vector<BitSetter::Extra>& extras) const
    {
        Pairs out;
        for (std::uint32_t source = 0; source < sources; ++source) {
            for (std::size_t target = 0; target < targets; ++target) {
                const std::size_t place = network::bit_place(target);
                if ((words[stride * source + place / 64] >> (place % 64) & 1) != 0) {
                    out[{source, static_cast<std::uint16_t>(target)}] = 1;
                }
            }
        }
        for (const BitSetter::Extra& extra : extras) {
            ++out[{extra.source, extra.target}];
        }
        return out;
    }
};

} // namespace

class TestBitSetter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { core::use_instructions(core::best_instructions()); }

    void every_synapse_is_a_bit_or_an_extra_data()
    {
        QTest::addColumn<int>("sources");
        QTest::addColumn<int>("targets");
        QTest::addRow("one source") << 1 << 8;
        QTest::addRow("fewer than a word") << 3 << 300;
        QTest::addRow("whole words") << 64 << 256;
        QTest::addRow("more than a word") << 131 << 1000;
    }
    void every_synapse_is_a_bit_or_an_extra()
    {
        QFETCH(int, sources);
        QFETCH(int, targets);
        const auto n = static_cast<std::uint32_t>(sources);
        const auto width = static_cast<std::size_t>(targets);
        for (const core::Instructions set :
            {core::Instructions::baseline, core::Instructions::avx2, core::Instructions::avx512}) {
            core::use_instructions(set);
            core::Random random(23);
            Rows rows(n, width);
            BitSetter setter(rows.words.data(), rows.stride, n);
            Pairs expected;
            // Octets of targets, again and again and in no order, and synapses in no order at all.
            for (int i = 0; i < 60; ++i) {
                std::array<std::uint32_t, 400> source {};
                std::array<std::uint16_t, 400> target {};
                const std::size_t size = 8 * random.below(51);
                const std::size_t first = 8 * random.below(width / 8);
                const bool octet = random.below(3) > 0;
                for (std::size_t j = 0; j < size; ++j) {
                    source[j] = static_cast<std::uint32_t>(random.below(n));
                    target[j]
                        = static_cast<std::uint16_t>(octet ? first + j % 8 : random.below(width));
                    ++expected[{source[j], target[j]}];
                }
                SynapseBatch batch;
                batch.source = {source.data(), size};
                batch.target = {target.data(), size};
                batch.octet = octet;
                setter.add(batch);
            }
            const auto extras = setter.finish();
            QVERIFY(rows.pairs(width, extras) == expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestBitSetter)
#include "tst_bit_setter.moc"
