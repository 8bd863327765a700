#include "engine/theory/input_parts.hpp"
#include "engine/theory/siegert.hpp"

#include <QtTest>

#include <cmath>

using namespace engine::theory;

class TestInputParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parts_add_up_to_the_input_of_the_network()
    {
        for (const double g : {0.0, 3.0, 5.0, 6.0}) {
            BrunelParams params;
            params.g = g;
            const double rate = 0.0379;
            const InputParts parts = input_parts(rate, params);
            const Input total = input_at(rate, params);
            QVERIFY(
                std::abs(parts.excitatory.mu + parts.inhibitory.mu + parts.external.mu - total.mu)
                < 1e-9);
            const auto variance = [](const Input& input) { return input.sigma * input.sigma; };
            QVERIFY(std::abs(variance(parts.excitatory) + variance(parts.inhibitory)
                        + variance(parts.external) - variance(total))
                < 1e-9);
            QCOMPARE(parts.total.mu, total.mu);
        }
    }

    void panel_C_of_Brunel_2000()
    {
        // C_E J tau nu = 1000 x 0.1 mV x 20 ms x 37.95 Hz; external: eta V_th.
        const InputParts parts = input_parts(0.03795, BrunelParams {});
        QVERIFY(std::abs(parts.excitatory.mu - 75.9) < 1e-9);
        QVERIFY(std::abs(parts.inhibitory.mu + 5.0 * 0.25 * 75.9) < 1e-9);
        QVERIFY(std::abs(parts.external.mu - 40.0) < 1e-9);
        QVERIFY(std::abs(parts.external.sigma - 2.0) < 1e-9); // sqrt(0.1 mV x 40 mV)
        QVERIFY(std::abs(parts.excitatory.sigma - std::sqrt(0.1 * 75.9)) < 1e-9);
    }

    void the_density_leaves_out_those_that_are_refractory_data()
    {
        QTest::addColumn<double>("mu");
        QTest::addColumn<double>("sigma");
        QTest::addRow("noise drives") << 18.0 << 4.0;
        QTest::addRow("mean drives") << 24.0 << 3.0;
        QTest::addRow("hardly fires") << 5.0 << 2.5;
        QTest::addRow("AI") << 21.0 << 7.68;
    }
    void the_density_leaves_out_those_that_are_refractory()
    {
        QFETCH(const double, mu);
        QFETCH(const double, sigma);
        const LifParams lif;
        const double step = 0.01;
        std::vector<double> V_m;
        for (double V = mu - 8.0 * sigma; V < lif.V_th; V += step) {
            V_m.push_back(V + step / 2.0);
        }
        const std::vector<double> density = potential_density({mu, sigma}, lif, V_m);
        QCOMPARE(density.size(), V_m.size());
        double all = 0.0;
        for (const double p : density) {
            QVERIFY(p >= 0.0);
            all += p * step;
        }
        const double expected = 1.0 - siegert_rate(mu, sigma, lif) * lif.t_ref;
        QVERIFY2(std::abs(all - expected) < 2e-3, qPrintable(QString::number(all - expected)));
    }

    void far_below_the_threshold_it_is_the_gaussian_of_the_free_membrane()
    {
        const double mu = 5.0;
        const double sigma = 1.5;
        LifParams lif;
        lif.V_reset = 4.0;
        const std::vector<double> V_m {2.0, 4.0, 5.0, 6.5, 8.0};
        const std::vector<double> density = potential_density({mu, sigma}, lif, V_m);
        for (std::size_t i = 0; i < V_m.size(); ++i) {
            const double y = (V_m[i] - mu) / sigma; // variance sigma^2 / 2
            const double gauss = std::exp(-y * y) / (sigma * std::sqrt(std::acos(-1.0)));
            QVERIFY2(std::abs(density[i] / gauss - 1.0) < 1e-3,
                qPrintable(QString::number(density[i] / gauss)));
        }
    }

    void at_and_above_the_threshold_and_without_noise_there_is_none()
    {
        const std::vector<double> V_m {19.0, 20.0, 25.0};
        const auto density = potential_density({18.0, 4.0}, {}, V_m);
        QVERIFY(density[0] > 0.0);
        QCOMPARE(density[1], 0.0);
        QCOMPARE(density[2], 0.0);
        QVERIFY(potential_density({18.0, 0.0}, {}, V_m).empty());
    }
};

QTEST_APPLESS_MAIN(TestInputParts)
#include "tst_input_parts.moc"
