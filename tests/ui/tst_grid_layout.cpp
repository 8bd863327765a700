// Where neurons stand in grids: each has pixels of its own, and keys lead from one to the next.

#include "ui/grid/grid_layout.hpp"

#include <QtTest>

#include <set>

using ui::GridLayout;
using ui::NeuronId;

class TestGridLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_neuron_is_found_where_it_stands_data();
    void every_neuron_is_found_where_it_stands();
    void grids_are_nearly_square_while_neurons_are_large();
    void thousands_of_neurons_fill_the_room();
    void more_neurons_than_pixels_still_have_places();
    void a_box_takes_what_it_touches();
    void keys_reach_every_neuron();
    void keys_lead_over_the_edge_of_a_grid();
};

void TestGridLayout::every_neuron_is_found_where_it_stands_data()
{
    using Sizes = QList<int>;
    QTest::addColumn<Sizes>("sizes");
    QTest::addColumn<QSize>("room");
    QTest::addRow("two, square room") << Sizes {800, 200} << QSize(320, 300);
    QTest::addRow("two, narrow column") << Sizes {800, 200} << QSize(150, 600);
    QTest::addRow("two, low dock") << Sizes {800, 200} << QSize(900, 120);
    QTest::addRow("thousands") << Sizes {10000, 2500} << QSize(340, 300);
    QTest::addRow("thousands, low dock") << Sizes {10000, 2500} << QSize(1000, 150);
    QTest::addRow("eight layers") << Sizes {2068, 583, 2191, 547, 485, 106, 1439, 294}
                                  << QSize(500, 400);
    QTest::addRow("one neuron") << Sizes {1} << QSize(300, 300);
    QTest::addRow("one row and a bit") << Sizes {7, 3} << QSize(300, 100);
}

void TestGridLayout::every_neuron_is_found_where_it_stands()
{
    QFETCH(const QList<int>, sizes);
    QFETCH(const QSize, room);
    constexpr int title = 15;
    const GridLayout layout({sizes.begin(), sizes.end()}, room, title);
    QCOMPARE(layout.blocks().size(), static_cast<std::size_t>(sizes.size()));
    QVERIFY(layout.cell() >= 1.0);
    for (std::uint32_t p = 0; p < layout.blocks().size(); ++p) {
        const ui::GridBlock& block = layout.blocks()[p];
        QVERIFY(QRect(QPoint(0, 0), room).contains(block.area));
        QVERIFY(block.area.top() >= title);
        QVERIFY(block.columns * block.rows >= sizes[static_cast<int>(p)]);
        QVERIFY(block.columns * (block.rows - 1) < sizes[static_cast<int>(p)]);
        for (std::uint32_t other = 0; other < p; ++other) {
            QVERIFY(!block.area.adjusted(0, -title, 0, 0).intersects(layout.blocks()[other].area));
        }
        for (int n = 0; n < sizes[static_cast<int>(p)]; n += n < 50 ? 1 : 17) {
            const NeuronId id {p, static_cast<std::uint32_t>(n)};
            const QRectF cell = layout.cellOf(id);
            QVERIFY(layout.neuronAt(cell.topLeft().toPoint()) == id);
            QVERIFY(layout.neuronAt((cell.bottomRight() - QPointF(1.0, 1.0)).toPoint()) == id);
        }
    }
    QVERIFY(!layout.neuronAt({-1, -1}));
    QVERIFY(!layout.neuronAt({1, 1})); // a title
}

void TestGridLayout::grids_are_nearly_square_while_neurons_are_large()
{
    for (const QSize room : {QSize(320, 300), QSize(200, 700), QSize(1000, 160)}) {
        const GridLayout layout({800, 200}, room, 15);
        for (const ui::GridBlock& block : layout.blocks()) {
            QVERIFY(std::abs(block.columns - block.rows) <= 1);
        }
    }
}

void TestGridLayout::thousands_of_neurons_fill_the_room()
{
    for (const QSize room : {QSize(340, 300), QSize(340, 600), QSize(1000, 150)}) {
        const GridLayout layout({10000, 2500}, room, 15);
        const double filled = 12500.0 * layout.cell() * layout.cell();
        const double next = 12500.0 * (layout.cell() + 1.0) * (layout.cell() + 1.0);
        const double pixels = room.width() * (room.height() - 2.0 * 15.0);
        QVERIFY(filled > 0.3 * pixels || next > 0.9 * pixels);
    }
}

void TestGridLayout::more_neurons_than_pixels_still_have_places()
{
    const GridLayout layout({90000, 10000}, QSize(100, 130), 15);
    QVERIFY(layout.cell() < 1.0 && layout.cell() > 0.1);
    const QRect room(0, 0, 100, 130);
    QVERIFY(room.contains(layout.blocks()[0].area) && room.contains(layout.blocks()[1].area));
    const auto id = layout.neuronAt(layout.blocks()[1].area.center());
    QVERIFY(id && id->population == 1);
    QVERIFY(layout.moved({0, 89999}, Qt::Key_Right) == (NeuronId {1, 0}));
}

void TestGridLayout::a_box_takes_what_it_touches()
{
    const GridLayout layout({100, 25}, QSize(300, 300), 15);
    const auto at = [&](NeuronId id) { return layout.cellOf(id).center().toPoint(); };
    QCOMPARE(layout.blocks()[0].columns, 10);
    const auto box = layout.neuronsIn(QRect(at({0, 12}), at({0, 34})));
    QVERIFY(box
        == (std::vector<NeuronId> {
            {0, 12}, {0, 13}, {0, 14}, {0, 22}, {0, 23}, {0, 24}, {0, 32}, {0, 33}, {0, 34}}));
    QCOMPARE(layout.neuronsIn(QRect(-10, -10, 500, 500)).size(), std::size_t {125});
    QVERIFY(layout.neuronsIn(QRect(-10, -10, 5, 5)).empty());
    QCOMPARE(layout.neuronsIn(QRect(at({0, 55}), QSize(1, 1))).size(), std::size_t {1});
}

void TestGridLayout::keys_reach_every_neuron()
{
    const GridLayout layout({40, 11}, QSize(300, 200), 15);
    std::set<NeuronId> reached;
    NeuronId id {0, 0};
    for (;;) {
        reached.insert(id);
        const NeuronId next = layout.moved(id, Qt::Key_Right);
        if (next == id) {
            break;
        }
        QVERIFY(layout.moved(next, Qt::Key_Left) == id);
        id = next;
    }
    QCOMPARE(reached.size(), std::size_t {51});
    QVERIFY(layout.moved({0, 17}, Qt::Key_Home) == (NeuronId {0, 0}));
    QVERIFY(layout.moved({0, 17}, Qt::Key_End) == (NeuronId {0, 39}));
    QVERIFY(layout.moved({1, 3}, Qt::Key_Home) == (NeuronId {1, 0}));
    QVERIFY(layout.moved({0, 0}, Qt::Key_Left) == (NeuronId {0, 0}));
}

void TestGridLayout::keys_lead_over_the_edge_of_a_grid()
{
    const GridLayout layout({100, 25}, QSize(110, 400), 15); // one above the other
    QVERIFY(layout.blocks()[1].area.top() > layout.blocks()[0].area.bottom());
    QVERIFY(layout.moved({0, 12}, Qt::Key_Down) == (NeuronId {0, 22}));
    QVERIFY(layout.moved({0, 93}, Qt::Key_Down) == (NeuronId {1, 3}));
    QVERIFY(layout.moved({1, 3}, Qt::Key_Up) == (NeuronId {0, 93}));
    QVERIFY(layout.moved({1, 22}, Qt::Key_Down) == (NeuronId {1, 22}));
    QVERIFY(layout.moved({0, 4}, Qt::Key_Up) == (NeuronId {0, 4}));
}

QTEST_GUILESS_MAIN(TestGridLayout)
#include "tst_grid_layout.moc"
