#include "engine/config/files.hpp"

#include "engine/config/csv_table.hpp"
#include "engine/core/diagnostic.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace engine::config {

namespace {

[[noreturn]] void fail(const std::string& reason) { throw core::RunError(reason); }

std::string reason_of(int error)
{
    switch (error) {
    case ENOENT:
        return "does not exist";
    case EACCES:
        return "cannot be read: permission denied";
    case ENOTDIR:
        return "does not exist: a part of its path is no folder";
    case ENAMETOOLONG:
        return "has too long a name";
    default:
        return "cannot be read: " + std::generic_category().message(error);
    }
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

} // namespace

RegularFile::RegularFile(const std::filesystem::path& path, std::uint64_t largest_bytes)
    : largest_(largest_bytes)
{
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor_ < 0) {
        fail(reason_of(errno));
    }
    struct stat status { };
    std::string problem;
    if (::fstat(descriptor_, &status) != 0) {
        problem = reason_of(errno);
    } else if (S_ISDIR(status.st_mode)) {
        problem = "is a folder, not a file";
    } else if (!S_ISREG(status.st_mode)) {
        problem = "is not a regular file";
    } else if (static_cast<std::uint64_t>(status.st_size) > largest_bytes) {
        problem = "has " + mebibytes(static_cast<std::uint64_t>(status.st_size))
            + ", more than the " + mebibytes(largest_bytes) + " that are possible";
    }
    if (!problem.empty()) {
        ::close(descriptor_);
        fail(problem);
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
}

RegularFile::~RegularFile() { ::close(descriptor_); }

std::size_t RegularFile::read(char* buffer, std::size_t size)
{
    for (;;) {
        const ssize_t got = ::read(descriptor_, buffer, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            fail(reason_of(errno));
        }
        done_ += static_cast<std::uint64_t>(got);
        if (done_ > largest_) { // files of /proc state no size, others grow
            fail("has more than the " + mebibytes(largest_) + " that are possible");
        }
        return static_cast<std::size_t>(got);
    }
}

std::string read_text_file(const std::filesystem::path& path, std::uint64_t largest_bytes)
{
    RegularFile file(path, largest_bytes);
    std::string text;
    text.reserve(file.size());
    std::vector<char> buffer(std::size_t {1} << 16U);
    while (const std::size_t got = file.read(buffer.data(), buffer.size())) {
        text.append(buffer.data(), got);
    }
    return text;
}

FileReferences::FileReferences(std::filesystem::path folder)
    : folder_(std::move(folder))
{
}

std::filesystem::path FileReferences::resolve(const std::string& reference) const
{
    namespace fs = std::filesystem;
    if (reference.empty() || reference.find('\0') != std::string::npos) {
        fail("is no file name");
    }
    if (folder_.empty()) {
        fail("cannot be found: the preset has no folder yet");
    }
    const fs::path path(reference);
    if (path.is_absolute()) {
        fail("is an absolute path");
    }
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(folder_, error);
    if (error) {
        fail("cannot be found: " + error.message());
    }
    fs::path file = fs::weakly_canonical(folder / path, error);
    if (error) {
        fail(reason_of(error.value()));
    }
    // Links are resolved by now, so what is compared is what will be read.
    const auto [end, unused]
        = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    if (end != folder.end()) {
        fail("lies outside the preset's folder");
    }
    return file;
}

FileReferences::Result FileReferences::table(
    const std::string& reference, const std::vector<std::string>& headers)
{
    Result result;
    try {
        const std::string path = resolve(reference).string();
        {
            const std::scoped_lock lock(mutex_);
            const auto known = tables_.find(path);
            if (known != tables_.end()) {
                result.table = known->second;
            }
        }
        if (!result.table) {
            RegularFile file(path, largest_reference);
            result.table = read_csv(file, path, result.errors);
        }
        if (result.table) {
            check_header(*result.table, path, headers, result.errors);
            if (result.errors.empty()) {
                const std::scoped_lock lock(mutex_);
                tables_[path] = result.table;
            } else {
                result.table = nullptr;
            }
        }
    } catch (const core::RunError& error) {
        core::Diagnostic diagnostic;
        diagnostic.found = "file " + reference.substr(0, 200) + " " + error.what();
        diagnostic.expected = "expected a regular file inside the preset's folder";
        result.errors.push_back(std::move(diagnostic));
        result.table = nullptr;
    }
    return result;
}

std::shared_ptr<const void> FileReferences::find_derived(const std::string& key) const
{
    const std::scoped_lock lock(mutex_);
    const auto known = derived_.find(key);
    return known == derived_.end() ? nullptr : known->second;
}

void FileReferences::keep_derived(const std::string& key, std::shared_ptr<const void> value)
{
    constexpr std::size_t most = 256; // a slider of a size makes a new one at each move
    const std::scoped_lock lock(mutex_);
    if (derived_.size() >= most) {
        derived_.clear();
    }
    derived_[key] = std::move(value);
}

} // namespace engine::config
