#include "engine/analysis/regime.hpp"

#include <QTest>

#include <limits>

using engine::analysis::classify_regime;
using engine::analysis::Regime;
using engine::analysis::RegimeNumbers;
using engine::analysis::RegimeTracker;

Q_DECLARE_METATYPE(Regime::Kind)

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Asynchronous irregular, far from every border.
RegimeNumbers asynchronous() { return {37.6, 0.43, 0.24, 0.54, 110.0, 2000.0}; }

Regime named(Regime::Kind kind, const std::string& reason = {}) { return {kind, false, reason}; }

} // namespace

class TestRegime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void brunels_panels_are_named_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("cv");
        QTest::addColumn<double>("chi");
        QTest::addColumn<double>("fluctuation");
        QTest::addColumn<double>("peak");
        QTest::addColumn<Regime::Kind>("kind");
        // Simulations of Brunel's network at the four panels of his Fig. 8, 2 s; two rows where two
        // seeds differ.
        using K = Regime::Kind;
        QTest::newRow("A, 12500 neurons") << 333.0 << 0.001 << 0.52 << 0.71 << 666.7 << K::SR;
        QTest::newRow("A, other seed") << 333.0 << 0.001 << 0.55 << 0.71 << 666.7 << K::SR;
        QTest::newRow("B, 12500 neurons") << 58.0 << 0.80 << 0.47 << 0.84 << 183.0 << K::SI_fast;
        QTest::newRow("B, other seed") << 58.0 << 0.83 << 0.47 << 0.84 << 187.0 << K::SI_fast;
        QTest::newRow("C, 12500 neurons") << 37.6 << 0.43 << 0.24 << 0.54 << 100.0 << K::AI;
        QTest::newRow("C, other seed") << 37.6 << 0.43 << 0.24 << 0.54 << 130.0 << K::AI;
        QTest::newRow("D, 12500 neurons") << 5.8 << 0.65 << 0.43 << 1.7 << 21.6 << K::SI_slow;
        QTest::newRow("D, other seed") << 5.8 << 0.65 << 0.47 << 1.9 << 21.6 << K::SI_slow;
        QTest::newRow("A, 6250 neurons") << 333.0 << 0.001 << 0.47 << 0.72 << 666.7 << K::SR;
        QTest::newRow("A, 6250, other seed") << 333.0 << 0.001 << 0.63 << 0.72 << 666.7 << K::SR;
        QTest::newRow("B, 6250 neurons") << 60.0 << 0.96 << 0.50 << 0.98 << 176.0 << K::SI_fast;
        QTest::newRow("B, 6250, other seed") << 60.0 << 0.99 << 0.50 << 0.98 << 180.0 << K::SI_fast;
        QTest::newRow("C, 6250 neurons") << 37.5 << 0.46 << 0.33 << 0.74 << 100.0 << K::AI;
        QTest::newRow("C, 6250, other seed") << 37.5 << 0.46 << 0.33 << 0.74 << 120.0 << K::AI;
        QTest::newRow("D, 6250 neurons") << 6.0 << 0.63 << 0.54 << 2.5 << 19.6 << K::SI_slow;
        QTest::newRow("D, 6250, other seed") << 6.0 << 0.65 << 0.56 << 2.5 << 20.1 << K::SI_slow;
    }
    void brunels_panels_are_named()
    {
        QFETCH(double, rate);
        QFETCH(double, cv);
        QFETCH(double, chi);
        QFETCH(double, fluctuation);
        QFETCH(double, peak);
        QFETCH(Regime::Kind, kind);
        const Regime regime = classify_regime({rate, cv, chi, fluctuation, peak, 2000.0});
        QCOMPARE(regime.kind, kind);
        QVERIFY(!regime.near_boundary);
        QVERIFY(!regime.reason.empty());
    }

    void borders_belong_to_the_upper_side_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("cv");
        QTest::addColumn<double>("chi");
        QTest::addColumn<double>("fluctuation");
        QTest::addColumn<double>("peak");
        QTest::addColumn<QString>("name");
        const double less = 1e-9;
        QTest::newRow("below 0.5 Hz") << 0.5 - less << 0.8 << 0.2 << 0.6 << 90.0 << "quiescent";
        QTest::newRow("0.5 Hz") << 0.5 << 0.8 << 0.2 << 0.6 << 90.0 << "AI";
        QTest::newRow("CV below 0.25") << 50.0 << 0.25 - less << 0.5 << 0.6 << 90.0 << "SR";
        QTest::newRow("CV 0.25") << 50.0 << 0.25 << 0.5 << 0.6 << 90.0 << "SI fast";
        QTest::newRow("fluctuation below 0.5") << 50.0 << 0.1 << 0.5 << 0.5 - less << 90.0 << "AR";
        QTest::newRow("fluctuation 0.5") << 50.0 << 0.1 << 0.1 << 0.5 << 90.0 << "SR";
        QTest::newRow("chi below 0.335") << 50.0 << 0.7 << 0.335 - less << 0.6 << 90.0 << "AI";
        QTest::newRow("chi 0.335")
            << 50.0 << 0.7 << 0.335 << 0.6 << 90.0 << "AI, near the oscillatory boundary";
        QTest::newRow("chi below 0.4")
            << 50.0 << 0.7 << 0.4 - less << 0.6 << 90.0 << "AI, near the oscillatory boundary";
        QTest::newRow("chi 0.4") << 50.0 << 0.7 << 0.4 << 0.6 << 90.0 << "SI fast";
        QTest::newRow("peak below 70 Hz") << 50.0 << 0.7 << 0.4 << 0.6 << 70.0 - less << "SI slow";
        QTest::newRow("peak 70 Hz") << 50.0 << 0.7 << 0.4 << 0.6 << 70.0 << "SI fast";
    }
    void borders_belong_to_the_upper_side()
    {
        QFETCH(double, rate);
        QFETCH(double, cv);
        QFETCH(double, chi);
        QFETCH(double, fluctuation);
        QFETCH(double, peak);
        QFETCH(QString, name);
        const Regime regime = classify_regime({rate, cv, chi, fluctuation, peak, 1000.0});
        QCOMPARE(QString::fromStdString(regime.name()), name);
    }

    void near_the_boundary_counts_as_AI()
    {
        RegimeNumbers n = asynchronous();
        n.synchrony = 0.37;
        QCOMPARE(classify_regime(n).kind, Regime::Kind::AI);
        QVERIFY(classify_regime(n).near_boundary);
    }

    void the_reason_gives_the_numbers()
    {
        const Regime fast = classify_regime({58.0, 0.8, 0.47, 0.84, 184.0, 2000.0});
        QCOMPARE(QString::fromStdString(fast.reason),
            QString("CV 0.8 >= 0.25, chi 0.47 >= 0.4 and peak 184 Hz >= 70 Hz"));
        const Regime quiet = classify_regime({0.2, {}, {}, {}, {}, 2000.0});
        QCOMPARE(QString::fromStdString(quiet.reason), QString("rate 0.2 Hz < 0.5 Hz"));
    }

    void a_missing_number_leaves_it_undecided_only_where_it_decides()
    {
        const auto kind = [](const RegimeNumbers& n) { return classify_regime(n).kind; };
        for (const std::optional<double>& gone :
            {std::optional<double>(), std::optional(not_a_number)}) {
            RegimeNumbers n = asynchronous();
            n.peak_frequency_Hz = gone;
            n.fluctuation_1ms = gone;
            QCOMPARE(kind(n), Regime::Kind::AI); // neither is looked at
            n.synchrony = 0.5;
            QCOMPARE(kind(n), Regime::Kind::undecided);
            n.synchrony = gone;
            QCOMPARE(kind(n), Regime::Kind::undecided);
            n.cv_isi = 0.1;
            QCOMPARE(kind(n), Regime::Kind::undecided); // the fluctuation decides
            n.cv_isi = gone;
            QCOMPARE(kind(n), Regime::Kind::undecided);
            n.rate_Hz = 0.1;
            QCOMPARE(kind(n), Regime::Kind::quiescent); // the rate is enough
            n.rate_Hz = gone;
            QCOMPARE(kind(n), Regime::Kind::undecided);
        }
    }

    void a_short_window_is_undecided()
    {
        RegimeNumbers n = asynchronous();
        n.window_ms = 499.9;
        QCOMPARE(classify_regime(n).kind, Regime::Kind::undecided);
        n.window_ms = 500.0;
        QCOMPARE(classify_regime(n).kind, Regime::Kind::AI);
        n.window_ms = not_a_number;
        QCOMPARE(classify_regime(n).kind, Regime::Kind::undecided);
    }

    void a_new_name_is_shown_after_two_evaluations_agree()
    {
        using K = Regime::Kind;
        RegimeTracker tracker;
        QCOMPARE(tracker.shown().kind, K::undecided);
        QCOMPARE(tracker.update(named(K::AI)).kind, K::undecided);
        QCOMPARE(tracker.update(named(K::AI)).kind, K::AI);
        QCOMPARE(tracker.update(named(K::SI_fast)).kind, K::AI);
        QCOMPARE(tracker.update(named(K::SI_slow)).kind, K::AI); // disagree with each other
        QCOMPARE(tracker.update(named(K::SI_slow)).kind, K::SI_slow);
        QCOMPARE(tracker.update(named(K::AI)).kind, K::SI_slow);
        QCOMPARE(tracker.update(named(K::SI_slow)).kind, K::SI_slow);
        QCOMPARE(tracker.update(named(K::AI)).kind, K::SI_slow); // not consecutive
        tracker.reset();
        QCOMPARE(tracker.update(named(K::AI)).kind, K::undecided);
    }

    void the_shown_reason_is_the_newest_of_its_name()
    {
        RegimeTracker tracker;
        tracker.update(named(Regime::Kind::AI, "first"));
        QCOMPARE(tracker.update(named(Regime::Kind::AI, "second")).reason, std::string("second"));
        tracker.update(named(Regime::Kind::SR, "other"));
        QCOMPARE(tracker.shown().reason, std::string("second"));
        QCOMPARE(tracker.update(named(Regime::Kind::AI, "third")).reason, std::string("third"));
    }
};

QTEST_APPLESS_MAIN(TestRegime)
#include "tst_regime.moc"
