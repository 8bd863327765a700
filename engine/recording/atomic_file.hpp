#pragma once

#include <filesystem>
#include <fstream>
#include <iosfwd>
#include <string>

namespace engine::recording {

/// A file that appears under its name complete or not at all: written beside it, renamed by
/// commit(). "-" is standard output; what exists and is no regular file (a pipe, /dev/null) is
/// written directly. Every member throws core::RunError, which names the file, where the disk does
/// not take it.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile(); ///< removes what was not committed
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    std::ostream& stream();
    /// Throws where something written so far was not taken, so that a long run ends early.
    void check();
    /// Nothing may be written afterwards.
    void commit();

private:
    std::string name() const;
    void open_beside();

    std::filesystem::path path_; ///< as given, symbolic links followed
    std::filesystem::path temporary_; ///< empty where the file is written directly
    std::ofstream file_;
    bool done_ = false;
};

} // namespace engine::recording
