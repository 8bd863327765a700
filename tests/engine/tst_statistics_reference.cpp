#include "engine/analysis/population_statistics.hpp"

#include "tests/support/spike_trains.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

// The streaming statistics against NumPy and SciPy (tests/data/statistics/ORIGIN.md).

using engine::analysis::PopulationAccumulator;
using engine::analysis::PopulationStatistics;
using engine::core::Step;

namespace {

constexpr std::size_t neurons = 12;
constexpr std::size_t potentials = 6;
constexpr Step from = 2000;
constexpr Step to = 42000;
constexpr Step end = 45000;
constexpr Step sampled = 50;
constexpr double dt_ms = 0.1;

QByteArray content(const char* name)
{
    QFile file(QString(SPIKESCOPE_TEST_DATA "/statistics/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

test_support::Raster stored_spikes()
{
    std::vector<std::vector<Step>> trains(neurons);
    for (const QByteArray& line : content("spikes.csv").split('\n').mid(1)) {
        const QList<QByteArray> cells = line.split(',');
        if (cells.size() == 2) {
            trains[cells[1].toUInt()].push_back(cells[0].toLongLong());
        }
    }
    return test_support::raster(trains);
}

std::vector<std::vector<double>> stored_potentials()
{
    std::vector<std::vector<double>> rows;
    for (const QByteArray& line : content("potentials.csv").split('\n')) {
        if (!line.isEmpty()) {
            std::vector<double>& row = rows.emplace_back();
            for (const QByteArray& cell : line.split(',')) {
                row.push_back(cell.toDouble());
            }
        }
    }
    return rows;
}

/// All at once, or told of every step.
PopulationStatistics evaluated(bool step_by_step)
{
    engine::analysis::StatisticsLimits limits;
    limits.voltages = potentials;
    PopulationAccumulator accumulator(neurons, dt_ms, from, to, limits);
    const test_support::Raster spikes = stored_spikes();
    const std::vector<std::vector<double>> rows = stored_potentials();
    Step told = 0;
    for (const auto& [stamp, fired] : spikes.stamps) {
        for (; step_by_step && told < stamp; ++told) {
            accumulator.advance(told);
        }
        accumulator.add_spikes(stamp, fired);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        accumulator.add_voltages(static_cast<Step>(r + 1) * sampled, rows[r]);
    }
    accumulator.advance(end);
    return accumulator.statistics();
}

bool near(double x, double expected)
{
    return std::abs(x - expected) <= 1e-10 * std::abs(expected);
}

} // namespace

class TestStatisticsReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_statistic_is_that_of_numpy_data()
    {
        QTest::addColumn<bool>("step_by_step");
        QTest::addRow("all at once") << false;
        QTest::addRow("step by step") << true;
    }
    void every_statistic_is_that_of_numpy()
    {
        QFETCH(bool, step_by_step);
        const PopulationStatistics found = evaluated(step_by_step);
        const QJsonObject expected = QJsonDocument::fromJson(content("expected.json")).object();
        QCOMPARE(found.spikes, expected["spikes"].toInteger());
        QCOMPARE(found.cv_isi_neurons, std::size_t(expected["cv_isi_neurons"].toInteger()));
        QCOMPARE(found.window_ms, 4000.0);
        const std::pair<const char*, std::optional<double>> values[] = {{"rate_Hz", found.rate_Hz},
            {"cv_isi", found.cv_isi}, {"cv2", found.cv2}, {"lv", found.lv},
            {"fano_100ms", found.fano_100ms}, {"fano_1ms", found.fano_1ms},
            {"fluctuation_1ms", found.fluctuation_1ms}, {"fluctuation_5ms", found.fluctuation_5ms},
            {"correlation_5ms", found.correlation_5ms}, {"synchrony", found.synchrony},
            {"spectrum_step_Hz", found.spectrum.step_Hz}};
        for (const auto& [name, value] : values) {
            QVERIFY2(expected[name].isDouble(), name);
            QVERIFY2(value && near(*value, expected[name].toDouble()), name);
        }
    }

    void the_spectrum_is_that_of_scipy()
    {
        const PopulationStatistics found = evaluated(false);
        const QJsonArray expected
            = QJsonDocument::fromJson(content("expected.json")).object()["spectrum"].toArray();
        QCOMPARE(found.spectrum.density.size(), std::size_t {513});
        QCOMPARE(expected.size(), 513);
        // The mean is removed up to rounding, which the lowest two points show.
        double largest = 0.0;
        for (const QJsonValue& density : expected) {
            largest = std::max(largest, density.toDouble());
        }
        for (qsizetype k = 0; k < expected.size(); ++k) {
            const double density = found.spectrum.density[static_cast<std::size_t>(k)];
            const double difference = std::abs(density - expected[k].toDouble());
            QVERIFY2(difference <= 1e-10 * expected[k].toDouble() + 1e-20 * largest,
                qPrintable(QString::number(k)));
        }
    }
};

QTEST_APPLESS_MAIN(TestStatisticsReference)
#include "tst_statistics_reference.moc"
