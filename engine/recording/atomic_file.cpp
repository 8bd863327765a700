#include "engine/recording/atomic_file.hpp"

#include "engine/core/diagnostic.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace engine::recording {

namespace fs = std::filesystem;

namespace {

// Names of places that the system provides; replacing what they stand for is never meant.
bool is_system_place(const fs::path& path)
{
    const std::string text = path.string();
    return text.starts_with("/dev/") || text.starts_with("/proc/");
}

std::string reason(int error)
{
    return error == 0 ? std::string("cannot be written") : std::string(std::strerror(error));
}

} // namespace

AtomicFile::AtomicFile(fs::path path)
    : path_(std::move(path))
{
    if (path_ == "-") {
        return;
    }
    std::error_code ignored;
    const fs::file_status status = fs::status(path_, ignored);
    if (fs::is_directory(status)) {
        throw core::RunError(name() + ": is a folder");
    }
    errno = 0;
    if (is_system_place(path_) || (fs::exists(status) && !fs::is_regular_file(status))) {
        file_.open(path_, std::ios::binary);
        if (!file_) {
            throw core::RunError(name() + ": " + reason(errno));
        }
        return;
    }
    if (fs::exists(status)) {
        // Replacing needs no right to write the file itself, but a file that is protected stays.
        if (::access(path_.c_str(), W_OK) != 0) {
            throw core::RunError(name() + ": " + reason(errno));
        }
        path_ = fs::canonical(path_);
    }
    open_beside();
    if (fs::exists(status)) {
        fs::permissions(temporary_, status.permissions(), ignored);
    }
}

AtomicFile::~AtomicFile()
{
    if (!done_ && !temporary_.empty()) {
        file_.close();
        std::error_code ignored;
        fs::remove(temporary_, ignored);
    }
}

std::string AtomicFile::name() const { return path_ == "-" ? "standard output" : path_.string(); }

void AtomicFile::open_beside()
{
    for (int attempt = 0; attempt < 1000; ++attempt) {
        fs::path candidate = path_;
        candidate += '.' + std::to_string(::getpid()) + '-' + std::to_string(attempt) + ".part";
        // Exclusive: neither another run nor a link that somebody has put there is written to.
        const int descriptor
            = ::open(candidate.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (descriptor >= 0) {
            ::close(descriptor);
            temporary_ = std::move(candidate);
            file_.open(temporary_, std::ios::binary);
            check();
            return;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    throw core::RunError(name() + ": " + reason(errno));
}

std::ostream& AtomicFile::stream()
{
    return path_ == "-" ? std::cout : static_cast<std::ostream&>(file_);
}

void AtomicFile::check()
{
    if (!stream()) {
        throw core::RunError(name() + ": " + reason(errno));
    }
}

void AtomicFile::commit()
{
    errno = 0;
    stream().flush();
    check();
    if (path_ != "-") {
        file_.close();
        check();
    }
    if (!temporary_.empty()) {
        std::error_code error;
        fs::rename(temporary_, path_, error);
        if (error) {
            throw core::RunError(name() + ": " + error.message());
        }
    }
    done_ = true;
}

} // namespace engine::recording
