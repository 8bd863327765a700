#include "engine/sweep/cell.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/panels/slider_scents.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"

#include <QTest>
#include <QUndoStack>

#include <cmath>

namespace {

constexpr int patience = 240000; // runs in idle time give way to everything else on the machine

struct Session {
    explicit Session(const std::string& id)
        : panel(bridge, undo)
        , scents(bridge, panel)
    {
        panel.resize(400, 900);
        panel.show();
        running = runPreset(bridge, shippedPreset(id)) && QTest::qWaitForWindowExposed(&panel);
    }
    ui::ParameterSlider& slider(const char* path) { return *panel.row(path)->slider(); }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::ParameterPanel panel;
    ui::SliderScents scents;
    bool running = false;
};

} // namespace

class TestSliderScents : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void strips_are_the_rates_of_runs()
    {
        Session session("lif-dc");
        QVERIFY(session.running);
        QTRY_VERIFY_WITH_TIMEOUT(!session.scents.rates("I").empty(), patience);
        const std::vector<double> rates = session.scents.rates("I");
        const ui::ParameterSlider& slider = session.slider("I");
        QCOMPARE(slider.scent().size(), rates.size());
        engine::sweep::Request request {
            shippedPreset("lif-dc"), {{"I", {}}}, {{engine::config::Quantity::rate, 0, {}, {}}}};
        const auto cells = static_cast<double>(rates.size());
        for (std::size_t i = 0; i < rates.size(); ++i) {
            request.axes[0].values = {slider.scale().value((static_cast<double>(i) + 0.5) / cells)};
            engine::core::Progress progress;
            QCOMPARE(rates[i], *engine::sweep::compute(request, 0, progress).measured[0].value);
        }
        QVERIFY(rates.front() == 0.0 && rates.back() > 100.0);
        QVERIFY(slider.scent().front() != slider.scent().back());
        QVERIFY2(slider.toolTip().contains("0 to "), qPrintable(slider.toolTip()));
        // Other rows in view follow; a reset above the threshold cannot be run.
        const char* reset = "populations/n/params/V_reset";
        QTRY_VERIFY_WITH_TIMEOUT(!session.scents.rates(reset).empty(), patience);
        QVERIFY(!std::isnan(session.scents.rates(reset).front()));
        QVERIFY(std::isnan(session.scents.rates(reset).back()));
    }

    void a_change_makes_other_strips_anew()
    {
        Session session("lif-dc");
        QVERIFY(session.running);
        QTRY_VERIFY_WITH_TIMEOUT(!session.scents.rates("I").empty(), patience);
        const std::vector<double> before = session.scents.rates("I");
        session.bridge.post(engine::SetValues {{{"populations/n/params/t_ref", 10.0}}});
        QTRY_VERIFY_WITH_TIMEOUT(session.scents.rates("I").size() == before.size()
                && session.scents.rates("I").back() < before.back() - 10.0,
            patience);
    }

    void only_what_is_in_view_is_computed()
    {
        Session session("izh2003-rs");
        QVERIFY(session.running);
        QTRY_VERIFY_WITH_TIMEOUT(!session.scents.rates("I").empty(), patience);
        for (const ui::ParameterRow* row : session.panel.rows()) {
            if (row->slider() != nullptr && row->visibleRegion().isEmpty()) {
                QVERIFY(session.scents.rates(row->path()).empty());
            }
        }
    }

    void networks_have_none()
    {
        Session session("net-izh2003");
        QVERIFY(session.running);
        QTest::qWait(1200); // longer than it waits for idleness
        for (const ui::ParameterRow* row : session.panel.rows()) {
            QVERIFY(row->slider() == nullptr || row->slider()->scent().empty());
        }
    }

    void they_can_be_switched_off()
    {
        Session session("lif-dc");
        QVERIFY(session.running);
        QTRY_VERIFY_WITH_TIMEOUT(!session.slider("I").scent().empty(), patience);
        session.scents.setEnabled(false);
        QVERIFY(session.slider("I").scent().empty());
        QTest::qWait(1200);
        QVERIFY(session.slider("I").scent().empty());
        const Session next("lif-dc");
        QVERIFY(!next.scents.isEnabled());
    }
};

QTEST_MAIN(TestSliderScents)
#include "tst_slider_scents.moc"
