// How much memory a process can still get, read from the system's files as they look on different
// systems.

#include "engine/core/available_memory.hpp"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using engine::core::available_memory;
using engine::core::AvailableMemory;

namespace {

/// A folder that looks like the root of a file system.
class Root {
public:
    Root& with(const QString& path, const QByteArray& text)
    {
        const QString name = m_folder.filePath(path);
        QFile file(name);
        if (!QDir().mkpath(QFileInfo(name).path()) || !file.open(QIODevice::WriteOnly)
            || file.write(text) != text.size()) {
            qFatal("cannot write the test's file");
        }
        return *this;
    }
    AvailableMemory memory() const { return available_memory(m_folder.path().toStdString()); }

private:
    QTemporaryDir m_folder;
};

const QByteArray meminfo = "MemTotal: 2000000 kB\nMemFree: 5 kB\nMemAvailable: 1000000 kB\n";

} // namespace

class TestAvailableMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_the_machine_can_free_counts()
    {
        Root root;
        const AvailableMemory memory = root.with("proc/meminfo", meminfo).memory();
        QCOMPARE(memory.bytes, 1000000.0 * 1024.0);
        QCOMPARE(memory.bound, std::string("the machine"));
    }

    void a_system_that_does_not_tell_sets_no_bound() { QVERIFY(std::isinf(Root().memory().bytes)); }

    void control_groups_of_version_2_with_those_above()
    {
        Root root;
        root.with("proc/meminfo", meminfo).with("proc/self/cgroup", "0::/user/session\n");
        root.with("sys/fs/cgroup/user/session/memory.max", "max\n")
            .with("sys/fs/cgroup/user/session/memory.current", "1000\n");
        QCOMPARE(root.memory().bound, std::string("the machine"));

        root.with("sys/fs/cgroup/user/memory.max", "5000000\n")
            .with("sys/fs/cgroup/user/memory.current", "3000000\n");
        QCOMPARE(root.memory().bytes, 2000000.0);
        QCOMPARE(root.memory().bound, std::string("the control group"));

        // Files in memory can be dropped.
        root.with("sys/fs/cgroup/user/memory.stat", "anon 2900000\ninactive_file 100000\n");
        QCOMPARE(root.memory().bytes, 2100000.0);
    }

    void a_container_sees_its_group_at_the_top()
    {
        Root root;
        root.with("proc/meminfo", meminfo).with("proc/self/cgroup", "0::/\n");
        root.with("sys/fs/cgroup/memory.max", "700\n")
            .with("sys/fs/cgroup/memory.current", "900\n");
        QCOMPARE(root.memory().bytes, 0.0); // never less than nothing
    }

    void control_groups_of_version_1()
    {
        Root root;
        root.with("proc/meminfo", meminfo)
            .with("proc/self/cgroup", "5:cpu:/other\n4:memory:/a/b\n0::/\n");
        root.with("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "9223372036854771712\n")
            .with("sys/fs/cgroup/memory/a/b/memory.usage_in_bytes", "100\n")
            .with("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "800\n")
            .with("sys/fs/cgroup/memory/a/memory.usage_in_bytes", "300\n")
            .with("sys/fs/cgroup/memory/a/memory.stat", "cache 70\ntotal_inactive_file 50\n");
        QCOMPARE(root.memory().bytes, 550.0);
        QCOMPARE(root.memory().bound, std::string("the control group"));
    }

    void broken_files_set_no_bound()
    {
        Root root;
        root.with("proc/meminfo", "MemAvailable: much\n").with("proc/self/cgroup", "nonsense\n:\n");
        QVERIFY(std::isinf(root.memory().bytes));
    }

    void this_machine_has_some() { QVERIFY(available_memory().bytes > 0.0); }
};

QTEST_APPLESS_MAIN(TestAvailableMemory)
#include "tst_available_memory.moc"
