#include "tests/ui/isolated_settings.hpp"
#include "ui/documents/preset_files.hpp"
#include "ui/panels/preset_browser.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using engine::config::PresetLibrary;

class TestPresetBrowser : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

    std::string ownFolder() const { return m_settings.path("presets").toStdString(); }

private Q_SLOTS:
    void lists_every_preset_under_its_family()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        const ui::PresetBrowser browser(library);
        QStringList titles;
        for (const auto& entry : library.entries()) {
            titles += QString::fromStdString(entry.info.title);
            const auto found
                = browser.tree()->findItems(titles.back(), Qt::MatchExactly | Qt::MatchRecursive);
            QCOMPARE(found.size(), 1);
            QCOMPARE(found.front()->parent()->text(0), QString::fromStdString(entry.info.family));
        }
        QVERIFY(titles.size() >= 20);
        QCOMPARE(browser.shownTitles().size(), titles.size());
    }

    void search_finds_title_id_tag_and_summary_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("title");
        QTest::addRow("part of the title, any case") << "regular SPIK"
                                                     << "Regular spiking (RS)";
        QTest::addRow("id") << "izh2003-rs"
                            << "Regular spiking (RS)";
        QTest::addRow("tag and summary") << "cortex plateau"
                                         << "Regular spiking (RS)";
        QTest::addRow("family") << "Izhikevich rhythm"
                                << "Regular spiking (RS)";
    }

    void search_finds_title_id_tag_and_summary()
    {
        QFETCH(QString, typed);
        QFETCH(QString, title);
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        const ui::PresetBrowser browser(library);
        browser.searchField()->setText(typed);
        QVERIFY2(
            browser.shownTitles().contains(title), qPrintable(browser.shownTitles().join(", ")));
        QVERIFY(browser.shownTitles().size() < static_cast<int>(library.entries().size()));
        browser.searchField()->clear();
        QCOMPARE(browser.shownTitles().size(), static_cast<int>(library.entries().size()));
    }

    void open_preset_is_in_sight_after_a_search()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        browser.resize(300, 300);
        browser.show();
        browser.searchField()->setText(QStringLiteral("lif-dc"));
        browser.setCurrent(QStringLiteral("lif-dc"));
        browser.searchField()->clear();
        const QTreeWidgetItem* open = browser.tree()->currentItem();
        QTRY_VERIFY(
            browser.tree()->viewport()->rect().contains(browser.tree()->visualItemRect(open)));
    }

    void arrow_keys_move_and_enter_opens()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        browser.show();
        browser.setCurrent(QStringLiteral("izh2003-rs"));
        QSignalSpy activated(&browser, &ui::PresetBrowser::presetActivated);
        QTest::keyClick(browser.tree(), Qt::Key_Down);
        QCOMPARE(activated.count(), 0);
        const QString next = browser.tree()->currentItem()->text(0);
        QTest::keyClick(browser.tree(), Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        const auto opened = library.open(activated.front().front().toString().toStdString());
        QVERIFY(opened.document);
        QCOMPARE(QString::fromStdString(opened.document->info().title), next);
    }

    void one_click_opens()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        browser.resize(300, 700);
        browser.show();
        QSignalSpy activated(&browser, &ui::PresetBrowser::presetActivated);
        auto* item = browser.tree()->topLevelItem(0)->child(2);
        QTest::mouseClick(browser.tree()->viewport(), Qt::LeftButton, {},
            browser.tree()->visualItemRect(item).center());
        QCOMPARE(activated.count(), 1);
    }

    void enter_in_the_search_field_opens_the_first_match()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        browser.show();
        QSignalSpy activated(&browser, &ui::PresetBrowser::presetActivated);
        QTest::keyClicks(browser.searchField(), QStringLiteral("izh2003-ch"));
        QTest::keyClick(browser.searchField(), Qt::Key_Return);
        QCOMPARE(activated.front().front().toString(), QStringLiteral("izh2003-ch"));
    }

    void description_tells_summary_outcome_and_source()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        for (const auto& entry : library.entries()) {
            browser.setCurrent(QString::fromStdString(entry.info.id));
            QString shown;
            for (const auto* label : browser.findChildren<QLabel*>()) {
                shown += label->text();
            }
            for (const auto& text : {entry.info.summary, entry.info.expect, entry.info.source}) {
                QVERIFY(shown.contains(QString::fromStdString(text).toHtmlEscaped()));
            }
        }
    }

    void own_presets_appear_on_refresh_and_open_by_path()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder());
        ui::PresetBrowser browser(library);
        const auto shipped = library.open("izh2003-rs");
        const auto file = std::filesystem::path(ownFolder()) / "mine.json";
        QVERIFY(ui::savePreset(ui::renamed(*shipped.document, "My neuron"), file).empty());
        browser.refresh();
        const auto found = browser.tree()->findItems(
            QStringLiteral("My neuron"), Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.front()->parent()->text(0), QStringLiteral("My presets"));
        browser.setCurrent(QString::fromStdString(file.string()));
        QCOMPARE(browser.tree()->currentItem(), found.front());
    }
};

QTEST_MAIN(TestPresetBrowser)
#include "tst_preset_browser.moc"
