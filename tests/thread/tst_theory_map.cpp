#include "engine/theory/boundaries.hpp"
#include "engine/theory/map.hpp"

#include <QTest>

#include <limits>
#include <memory>
#include <thread>

using namespace engine::theory;

namespace {

MapRequest request(int columns, int rows) { return {{}, {2.0, 8.0, columns}, {0.0, 4.0, rows}}; }

bool same(const Solution& a, const Solution& b)
{
    const auto leading
        = [](const Solution& s) { return s.stability.leading.value_or(Crossing {}); };
    const auto mode = [](const Solution& s) { return s.stability.mode.value_or(Mode {}); };
    return a.rate_Hz == b.rate_Hz && a.cv == b.cv && a.mu == b.mu && a.sigma == b.sigma
        && a.stability.kind == b.stability.kind && leading(a).f_Hz == leading(b).f_Hz
        && leading(a).K == leading(b).K && mode(a).f_Hz == mode(b).f_Hz
        && mode(a).growth_per_ms == mode(b).growth_per_ms;
}

/// What a picture promises of itself.
bool consistent(const MapPicture& picture, int columns)
{
    for (std::size_t i = 0; i < picture.cells.size(); ++i) {
        const MapCell& cell = picture.cells[i];
        const int g_index = static_cast<int>(i) % columns;
        const int eta_index = static_cast<int>(i) / columns;
        const bool on_grid = picture.spacing > 0 && g_index % picture.spacing == 0
            && eta_index % picture.spacing == 0;
        const bool too_little = (on_grid && !cell.stability_known)
            || (picture.rates && !cell.rate_known) || (cell.stability_known && !cell.rate_known);
        if (too_little) {
            return false;
        }
    }
    return !picture.complete || (picture.spacing == 1 && picture.rates);
}

} // namespace

class TestTheoryMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_are_those_of_single_networks_for_any_threads();
    void a_growing_map_can_be_read();
    void coarse_points_come_first();
    void a_map_that_is_not_wanted_stops();
    void every_size_works();
    void impossible_requests_are_refused();
    void the_cache_keeps_finished_maps_only();
    void the_cache_forgets_the_oldest();
};

void TestTheoryMap::cells_are_those_of_single_networks_for_any_threads()
{
    constexpr int columns = 11;
    constexpr int rows = 9;
    const MapRequest wanted = request(columns, rows);
    std::vector<MapPicture> pictures;
    for (const int threads : {1, 2, 5}) {
        const Map map(wanted, threads);
        map.wait();
        QVERIFY(map.complete());
        pictures.push_back(map.picture());
        QVERIFY(pictures.back().complete && pictures.back().spacing == 1);
    }
    for (int eta = 0; eta < rows; ++eta) {
        for (int g = 0; g < columns; ++g) {
            const BrunelParams params = wanted.at(g, eta);
            const auto state = active_state(params);
            const std::size_t states = self_consistent_rates(params).size();
            QVERIFY(state);
            for (const MapPicture& picture : pictures) {
                const MapCell& cell = picture.cells.at(
                    columns * static_cast<std::size_t>(eta) + static_cast<std::size_t>(g));
                QVERIFY(cell.rate_known && cell.stability_known);
                QCOMPARE(static_cast<std::size_t>(cell.states), states);
                QVERIFY(same(cell.active, *state));
            }
        }
    }
}

void TestTheoryMap::a_growing_map_can_be_read()
{
    constexpr int columns = 18;
    const Map map(request(columns, 17), 3);
    std::size_t results = 0;
    int spacing = 0;
    for (bool complete = false; !complete;) {
        const MapPicture picture = map.picture();
        QVERIFY(consistent(picture, columns));
        QVERIFY(map.results() >= results);
        QVERIFY(spacing == 0 || (picture.spacing > 0 && picture.spacing <= spacing));
        results = map.results();
        spacing = picture.spacing;
        complete = picture.complete;
        std::this_thread::yield();
    }
    QCOMPARE(spacing, 1);
}

void TestTheoryMap::coarse_points_come_first()
{
    constexpr int columns = 33;
    const Map map(request(columns, 25), 1);
    MapPicture picture = map.picture();
    while (picture.spacing == 0) {
        picture = map.picture();
    }
    // One thread works in order: whatever was read, no point is ahead of a coarser one.
    constexpr std::size_t coarse = 20; // 5 x 4
    std::size_t known = 0;
    for (const MapCell& cell : picture.cells) {
        known += cell.stability_known ? 1 : 0;
    }
    QVERIFY(known >= coarse);
    QVERIFY(picture.rates || known == coarse);
    map.wait();
}

void TestTheoryMap::a_map_that_is_not_wanted_stops()
{
    // Would take an hour.
    const Map map(request(2000, 2000), 2);
    while (map.results() == 0) {
        std::this_thread::yield();
    }
    QVERIFY(!map.complete());
}

void TestTheoryMap::every_size_works()
{
    for (const auto& [columns, rows] :
        {std::pair {1, 1}, std::pair {1, 5}, std::pair {9, 1}, std::pair {8, 2}}) {
        const Map map(request(columns, rows), 2);
        map.wait();
        const MapPicture picture = map.picture();
        QVERIFY(picture.complete && consistent(picture, columns));
        QCOMPARE(picture.cells.size(), static_cast<std::size_t>(columns * rows));
    }
    QCOMPARE(request(1, 1).at(0, 0).g, 2.0);
    QCOMPARE(request(3, 3).at(1, 2).g, 5.0);
    QCOMPARE(request(3, 3).at(1, 2).eta, 4.0);
}

void TestTheoryMap::impossible_requests_are_refused()
{
    const auto refused = [](const MapRequest& wanted) {
        try {
            const Map map(wanted, 1);
        } catch (const engine::core::InputError& error) {
            return !error.diagnostics().empty();
        }
        return false;
    };
    QVERIFY(refused(request(0, 5)));
    QVERIFY(refused(request(5, -1)));
    QVERIFY(refused(request(3000, 3000)));
    MapRequest wanted = request(3, 3);
    wanted.params.V_reset = 30.0;
    QVERIFY(refused(wanted));
    wanted = request(3, 3);
    wanted.eta.high = std::numeric_limits<double>::infinity();
    QVERIFY(refused(wanted));
    wanted = request(3, 3);
    wanted.g.low = 9.0;
    QVERIFY(refused(wanted));
    wanted = request(3, 3);
    wanted.params.g = -1.0; // does not matter
    QVERIFY(!refused(wanted));
}

void TestTheoryMap::the_cache_keeps_finished_maps_only()
{
    MapCache cache;
    const std::shared_ptr<const Map> small = cache.get(request(3, 3), 2);
    small->wait();
    std::weak_ptr<const Map> large = cache.get(request(1500, 1500), 2);
    QVERIFY(!large.expired());
    QVERIFY(cache.get(request(1500, 1500), 2) == large.lock()); // under way: the same one
    MapRequest other = request(3, 3);
    other.params.delay = 2.0;
    QVERIFY(cache.get(other, 2) != small);
    QVERIFY(large.expired());
    QVERIFY(cache.get(request(3, 3), 2) == small);
}

void TestTheoryMap::the_cache_forgets_the_oldest()
{
    MapCache cache(2);
    const auto get = [&](int columns) {
        std::shared_ptr<const Map> map = cache.get(request(columns, 1), 1);
        map->wait();
        return map;
    };
    const std::weak_ptr<const Map> first = get(1);
    const std::weak_ptr<const Map> second = get(2);
    QVERIFY(get(1) == first.lock()); // used again: now the second is the oldest
    get(3);
    QVERIFY(!first.expired() && second.expired());
}

QTEST_APPLESS_MAIN(TestTheoryMap)
#include "tst_theory_map.moc"
