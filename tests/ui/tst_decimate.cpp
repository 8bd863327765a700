#include "ui/plots/decimate.hpp"
#include "ui/plots/value_range.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using engine::core::Step;

class TestDecimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_bucket_keeps_its_minimum_and_maximum();
    void points_keep_their_order_and_times();
    void without_thinning_every_sample_passes();
    void buckets_do_not_depend_on_where_the_view_begins();
    void gaps_stay_gaps();
    void buckets_leave_two_a_pixel_column();
    void value_axis_grows_at_once_and_shrinks_slowly();
};

namespace {

std::vector<ui::PlotPoint> thinned(const std::vector<double>& samples, Step bucket, Step from = 0)
{
    ui::MinMaxStream stream(bucket);
    std::vector<ui::PlotPoint> points;
    for (auto k = static_cast<std::size_t>(from); k < samples.size(); ++k) {
        stream.add(static_cast<Step>(k) + 1, static_cast<double>(k + 1), samples[k], points);
    }
    stream.pending(points);
    return points;
}

std::vector<double> noise(std::size_t count)
{
    std::mt19937 generator(7);
    std::normal_distribution<double> normal;
    std::vector<double> samples(count);
    std::generate(samples.begin(), samples.end(), [&] { return normal(generator); });
    return samples;
}

} // namespace

void TestDecimate::every_bucket_keeps_its_minimum_and_maximum()
{
    const auto samples = noise(1000);
    constexpr std::size_t bucket = 32;
    const auto points = thinned(samples, bucket);
    QVERIFY(points.size() < samples.size() / 10);
    for (std::size_t begin = 0; begin < samples.size(); begin += bucket) {
        const auto first = samples.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = samples.begin()
            + static_cast<std::ptrdiff_t>(std::min(begin + bucket, samples.size()));
        const auto has = [&](double value) {
            return std::any_of(points.begin(), points.end(), [&](const ui::PlotPoint& point) {
                return point.value == value && point.t > static_cast<double>(begin)
                    && point.t <= static_cast<double>(begin + bucket);
            });
        };
        QVERIFY(has(*std::min_element(first, last)));
        QVERIFY(has(*std::max_element(first, last)));
    }
}

void TestDecimate::points_keep_their_order_and_times()
{
    const auto samples = noise(500);
    const auto points = thinned(samples, 16);
    for (std::size_t i = 0; i < points.size(); ++i) {
        QCOMPARE(points[i].value, samples[static_cast<std::size_t>(points[i].t) - 1]);
        QVERIFY(i == 0 || points[i].t > points[i - 1].t);
    }
}

void TestDecimate::without_thinning_every_sample_passes()
{
    const auto samples = noise(100);
    const auto points = thinned(samples, 1);
    QCOMPARE(points.size(), samples.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        QCOMPARE(points[i].value, samples[i]);
    }
}

void TestDecimate::buckets_do_not_depend_on_where_the_view_begins()
{
    const auto samples = noise(640);
    const auto all = thinned(samples, 64);
    const auto part = thinned(samples, 64, 128);
    QVERIFY(part.size() < all.size());
    QVERIFY(std::equal(part.rbegin(), part.rend(), all.rbegin()));
}

void TestDecimate::gaps_stay_gaps()
{
    std::vector<double> samples(64, 1.0);
    samples[20] = std::numeric_limits<double>::quiet_NaN();
    const auto points = thinned(samples, 32);
    QCOMPARE(std::count_if(points.begin(), points.end(),
                 [](const auto& point) { return std::isnan(point.value); }),
        1);
}

void TestDecimate::buckets_leave_two_a_pixel_column()
{
    QCOMPARE(ui::bucketSteps(3000, 1, 1000), Step {1});
    for (const Step visible : {5000, 80000, 3600000}) {
        const Step bucket = ui::bucketSteps(visible, 1, 1000);
        QVERIFY(bucket > 1);
        QVERIFY2(visible / bucket >= 2 * 1000, "fewer than two buckets in a column");
        QVERIFY2(visible / bucket <= 4 * 1000, "more than four buckets in a column");
    }
}

void TestDecimate::value_axis_grows_at_once_and_shrinks_slowly()
{
    const ui::ValueRange shown {-80.0, 40.0};
    QCOMPARE(ui::followed(shown, {-100.0, 60.0}, 0.016), (ui::ValueRange {-100.0, 60.0}));
    QCOMPARE(ui::followed(shown, {-75.0, 35.0}, 0.016), shown); // a little too large: it rests
    const ui::ValueRange next = ui::followed(shown, {-70.0, -60.0}, 0.1);
    QVERIFY(next.upper < 40.0 && next.upper > 30.0);
    ui::ValueRange late = shown;
    for (int i = 0; i < 1000; ++i) {
        late = ui::followed(late, {-70.0, -60.0}, 0.016);
    }
    QVERIFY(late.size() < 10.0 / 0.74);
    const ui::ValueRange constant = ui::padded({5.0, 5.0}, 0.0);
    QVERIFY(constant.lower < 5.0 && constant.upper > 5.0);
}

QTEST_GUILESS_MAIN(TestDecimate)
#include "tst_decimate.moc"
