#include "engine/theory/boundaries.hpp"
#include "engine/theory/regions.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

using namespace engine::theory;

namespace {

#ifdef SPIKESCOPE_SANITIZED
constexpr int steps = 64; // sanitized code runs many times slower
#else
constexpr int steps = 128;
#endif
constexpr double coarser = 128.0 / steps;

MapRequest diagram(int points) { return {{}, {0.0, 8.0, points}, {0.0, 4.0, points}}; }

MapPicture finished(const MapRequest& request)
{
    const Map map(request, 2);
    map.wait();
    return map.picture();
}

/// Values of eta at which a line between these regions passes this g, ascending.
std::vector<double> etas_at(
    const std::vector<Border>& lines, double g, std::string_view one, std::string_view other)
{
    std::vector<double> out;
    for (const Border& line : lines) {
        const bool between = line.one == one && line.other == other;
        const double low = std::min(line.from.g, line.to.g);
        const double high = std::max(line.from.g, line.to.g);
        if (between && low <= g && g < high) {
            const double part = (g - line.from.g) / (line.to.g - line.from.g);
            out.push_back(line.from.eta + part * (line.to.eta - line.from.eta));
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::set<std::string> names(const std::vector<RegionPlace>& places)
{
    std::set<std::string> out;
    for (const RegionPlace& place : places) {
        out.insert(std::string(place.name));
    }
    return out;
}

} // namespace

class TestTheoryRegions : public QObject {
    Q_OBJECT

    const MapRequest m_request = diagram(steps + 1);
    const MapPicture m_picture = finished(m_request);
    const std::vector<Border> m_lines = borders(m_request, m_picture);

private Q_SLOTS:
    void the_fast_border_is_that_of_the_bisection_data();
    void the_fast_border_is_that_of_the_bisection();
    void the_slow_tongue_is_that_of_the_bisection();
    void lines_lie_between_the_regions_they_name();
    void every_region_has_a_place_of_its_name();
    void an_unfinished_map_has_coarser_lines_or_none();
    void other_parameters_move_the_lines();
};

void TestTheoryRegions::the_fast_border_is_that_of_the_bisection_data()
{
    QTest::addColumn<double>("g");
    QTest::addColumn<double>("published"); // the table of boundaries for D = 1.5 ms
    QTest::newRow("g = 5.5") << 5.53 << 0.0;
    QTest::newRow("g = 6") << 6.0 << 3.255;
    QTest::newRow("g = 7") << 7.0 << 2.706;
    QTest::newRow("g = 7.9") << 7.9 << 0.0;
}

void TestTheoryRegions::the_fast_border_is_that_of_the_bisection()
{
    QFETCH(double, g);
    QFETCH(double, published);
    const auto found = etas_at(m_lines, g, "AI", "SI fast");
    QCOMPARE(found.size(), std::size_t {1});
    BrunelParams params;
    params.g = g;
    const auto exact = boundaries(params, Axis::eta, 1.5, 4.0, 20);
    QCOMPARE(exact.size(), std::size_t {1});
    QVERIFY(std::abs(found[0] - exact[0].at) < 0.005 * coarser);
    QVERIFY(published == 0.0 || std::abs(found[0] - published) < 0.008 * coarser);
}

void TestTheoryRegions::the_slow_tongue_is_that_of_the_bisection()
{
    BrunelParams params;
    params.g = 4.5;
    const auto exact = boundaries(params, Axis::eta, 0.6, 1.2, 60);
    const auto upper = etas_at(m_lines, 4.5, "AI", "SI slow");
    QVERIFY(!upper.empty() && !exact.empty());
    QVERIFY2(std::abs(upper.back() - exact.back().at) < 0.01 * coarser,
        qPrintable(QString::number(upper.back()) + " " + QString::number(exact.back().at)));
}

void TestTheoryRegions::lines_lie_between_the_regions_they_name()
{
    QVERIFY(static_cast<double>(m_lines.size()) > 200.0 / coarser);
    for (const Border& line : m_lines) {
        QVERIFY(line.one < line.other);
        for (const Border::Point& end : {line.from, line.to}) {
            QVERIFY(end.g >= 0.0 && end.g <= 8.0 && end.eta >= 0.0 && end.eta <= 4.0);
        }
        // One of the four points around it has each of the names.
        const double step_g = 8.0 / steps;
        const double step_eta = 4.0 / steps;
        const double g = 0.5 * (line.from.g + line.to.g);
        const double eta = 0.5 * (line.from.eta + line.to.eta);
        std::set<std::string_view> around;
        for (int i = 0; i < 2; ++i) {
            for (int j = 0; j < 2; ++j) {
                const int column = std::clamp(static_cast<int>(g / step_g) + i, 0, steps);
                const int row = std::clamp(static_cast<int>(eta / step_eta) + j, 0, steps);
                around.insert(region_name(
                    m_picture.cells[static_cast<std::size_t>(row * (steps + 1) + column)]));
            }
        }
        QVERIFY(around.count(line.one) == 1 || around.count(line.other) == 1);
    }
}

void TestTheoryRegions::every_region_has_a_place_of_its_name()
{
    const auto places = region_places(m_request, m_picture);
    const auto known = names(places);
    for (const char* name : {"AI", "AR", "SR", "SI fast", "SI slow", "quiescent"}) {
        QVERIFY2(known.count(name) == 1, name);
    }
    for (const RegionPlace& place : places) {
        BrunelParams params;
        params.g = place.g;
        params.eta = place.eta;
        const auto state = active_state(params);
        QVERIFY(state.has_value());
        QCOMPARE(state_name(state->rate_Hz, state->cv, state->stability), place.name);
        QVERIFY(place.room > 0.0 && place.room <= 0.5);
        if (place.name == "AI") {
            QVERIFY(place.room > 0.1);
        }
        if (place.name == "SI slow") {
            QVERIFY(place.room < 0.02); // a thin tongue
        }
    }
}

void TestTheoryRegions::an_unfinished_map_has_coarser_lines_or_none()
{
    MapPicture none;
    none.cells.resize(m_picture.cells.size());
    QVERIFY(borders(m_request, none).empty());
    QVERIFY(region_places(m_request, none).empty());
    MapPicture coarse = m_picture;
    coarse.spacing = 8;
    const auto lines = borders(m_request, coarse);
    QVERIFY(!lines.empty() && lines.size() < m_lines.size() / 4);
    const auto found = etas_at(lines, 6.0, "AI", "SI fast");
    QCOMPARE(found.size(), std::size_t {1});
    QVERIFY(std::abs(found[0] - 3.255) < 0.1);
    QVERIFY(names(region_places(m_request, coarse)).count("SI fast") == 1);
}

void TestTheoryRegions::other_parameters_move_the_lines()
{
    // With a delay of 3 ms the fast oscillation reaches further down (science: K of the panel B
    // grows from 1.12 to 1.56), with 1 ms the panel is stable.
    for (const auto& [delay, unstable] : {std::pair(3.0, true), std::pair(1.0, false)}) {
        MapRequest request {{}, {5.0, 7.0, 17}, {3.0, 4.0, 17}};
        request.params.delay = delay;
        const MapPicture picture = finished(request);
        QCOMPARE(region_name(picture.cells[16 * 17 + 8]), // g = 6, eta = 4
            std::string_view(unstable ? "SI fast" : "AI"));
    }
}

QTEST_APPLESS_MAIN(TestTheoryRegions)
#include "tst_theory_regions.moc"
