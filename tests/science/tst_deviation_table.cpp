#include "engine/models/model_text.hpp"
#include "tests/support/deviations.hpp"

#include <QtTest>

#include <fstream>

// Joins the parts of the table of deviations, which the tests before this one have written, and
// holds docs/models.md to it: what stands there is not below what was measured, nor more than twice
// as much.

namespace {

using Cells = QMap<QString, double>; // by column

/// Tables of Markdown by heading, then by the first cell of a row.
QMap<QString, QMap<QString, Cells>> read_tables(const std::string& text)
{
    QMap<QString, QMap<QString, Cells>> tables;
    QString heading;
    QStringList columns;
    for (const QString& line : QString::fromStdString(text).split('\n')) {
        if (line.startsWith("### ")) {
            heading = line.mid(4);
        }
        if (!line.startsWith("| ")) {
            columns.clear();
            continue;
        }
        QStringList cells;
        for (const QString& cell : line.mid(1, line.size() - 2).split('|')) {
            cells.push_back(cell.trimmed());
        }
        if (columns.isEmpty()) {
            columns = cells;
        } else if (cells[0] != "---") {
            for (qsizetype c = 1; c < cells.size(); ++c) {
                if (!cells[c].isEmpty()) {
                    tables[heading][cells[0]][columns[c]] = cells[c].toDouble();
                }
            }
        }
    }
    return tables;
}

/// Empty where `documented` is a true and close bound; numbers of spikes are the same.
QString problem(const QString& column, double measured, const Cells& documented)
{
    if (!documented.contains(column)) {
        return column + " is missing";
    }
    const double bound = documented[column];
    const bool good
        = column == "spikes" ? bound == measured : measured <= bound && bound <= 2.0 * measured;
    return good ? QString() : QString("%1 is %2, measured %3").arg(column).arg(bound).arg(measured);
}

} // namespace

class TestDeviationTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_page_shows_every_deviation();
    void every_model_tells_its_largest_deviation_from_nest();

private:
    std::vector<tests::Deviation> m_measured;
};

void TestDeviationTable::initTestCase()
{
    m_measured = tests::all_deviations();
    std::ofstream(tests::deviations_folder().parent_path() / "deviations.md")
        << tests::deviation_page(m_measured);
    QVERIFY(!m_measured.empty());
}

void TestDeviationTable::the_page_shows_every_deviation()
{
    const auto shown = read_tables(
        engine::models::section(engine::models::models_page, "Deviations, case by case"));
    QMap<QString, QSet<QString>> cases;
    for (const tests::Deviation& d : m_measured) {
        const QString table = QString::fromStdString(d.table);
        const QString name = QString::fromStdString(d.name);
        cases[table].insert(name);
        const QString found
            = problem(QString::fromStdString(d.column), d.value, shown.value(table).value(name));
        QVERIFY2(found.isEmpty(), qPrintable(table + ", " + name + ": " + found));
    }
    QCOMPARE(shown.keys(), cases.keys());
    for (const QString& table : cases.keys()) {
        QCOMPARE(shown[table].size(), cases[table].size());
    }
}

void TestDeviationTable::every_model_tells_its_largest_deviation_from_nest()
{
    for (const char* model : {"iaf_psc_delta", "izhikevich", "glif_cond", "glif_psc"}) {
        Cells largest;
        QSet<QString> runs;
        for (const tests::Deviation& d : m_measured) {
            if (d.table == model) {
                double& cell = largest[QString::fromStdString(d.column)];
                cell = d.column == "spikes" ? cell + d.value : std::max(cell, d.value);
                runs.insert(QString::fromStdString(d.name));
            }
        }
        const auto shown = read_tables(engine::models::section(engine::models::models_page, model))
                               .value("Largest deviation from NEST");
        QCOMPARE(shown.keys(), QStringList {QString("%1 runs").arg(runs.size())});
        for (const QString& column : largest.keys()) {
            const QString found = problem(column, largest[column], shown.first());
            QVERIFY2(found.isEmpty(), qPrintable(QString(model) + ": " + found));
        }
    }
}

QTEST_APPLESS_MAIN(TestDeviationTable)
#include "tst_deviation_table.moc"
