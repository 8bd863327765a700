#pragma once

#include <QLockFile>
#include <QString>

#include <memory>
#include <optional>

namespace ui {

/// What has to be there to go on after a crash.
struct SessionContent {
    QString presetText; ///< the present preset with all changes
    QString presetFile; ///< where it is from; may be empty
};

/// A file in which this window keeps its session, and those that crashed windows have left. Each
/// window holds a lock beside its file, so that nobody takes a living session for a crashed one.
class SessionFile {
public:
    /// The folder is made where it is missing.
    explicit SessionFile(const QString& folder);
    ~SessionFile(); ///< a session that ends in order leaves nothing

    /// False where the disk does not take it.
    bool write(const SessionContent& content);

    /// The newest session that a crash has left; all of them are removed.
    std::optional<SessionContent> takeCrashed();

private:
    QString m_folder;
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace ui
