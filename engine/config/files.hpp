#pragma once

#include "engine/core/diagnostic.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

inline constexpr std::uint64_t largest_preset = std::uint64_t {64} << 20U;
inline constexpr std::uint64_t largest_reference = std::uint64_t {2} << 30U;

/// An open regular file. Directories, pipes, devices and what cannot be read are refused at once:
/// opening never waits.
class RegularFile {
public:
    /// Throws core::RunError with the reason ("is a directory", "does not exist" ...).
    RegularFile(const std::filesystem::path& path, std::uint64_t largest_bytes);
    ~RegularFile();
    RegularFile(const RegularFile&) = delete;
    RegularFile& operator=(const RegularFile&) = delete;

    std::uint64_t size() const { return size_; }
    /// Reads up to `size` bytes; 0 at the end. Throws core::RunError.
    std::size_t read(char* buffer, std::size_t size);

private:
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::uint64_t largest_ = 0;
    std::uint64_t done_ = 0;
};

/// The whole file. Throws as RegularFile does.
std::string read_text_file(const std::filesystem::path& path, std::uint64_t largest_bytes);

/// Columns of numbers of a CSV file.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<double>> columns;
    std::vector<std::uint32_t> lines; ///< of each row in the file, for messages
};

/// The files that a preset refers to: looked up in its folder, read once, and shared by all
/// documents made from it. What was derived from them is kept too. Any thread.
class FileReferences {
public:
    explicit FileReferences(std::filesystem::path folder);

    struct Result {
        std::shared_ptr<const Table> table; ///< missing where there are errors
        core::Diagnostics errors; ///< with file and line where the file's content is wrong
    };
    /// `headers` are the possible first lines.
    Result table(const std::string& reference, const std::vector<std::string>& headers);

    /// Something derived from a table or from a part of the tree, made once for each key. `make`
    /// returns nullptr where it does not exist; that is not kept.
    template <class T>
    std::shared_ptr<const T> derived(
        const std::string& key, const std::function<std::shared_ptr<const T>()>& make)
    {
        if (const auto known = find_derived(key)) {
            return std::static_pointer_cast<const T>(known);
        }
        std::shared_ptr<const T> made = make();
        if (made) {
            keep_derived(key, made);
        }
        return made;
    }

    /// Path for messages and for reading; throws core::RunError where the reference is not allowed.
    std::filesystem::path resolve(const std::string& reference) const;

private:
    std::shared_ptr<const void> find_derived(const std::string& key) const;
    void keep_derived(const std::string& key, std::shared_ptr<const void> value);

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Table>> tables_; // SAFETY: guarded by mutex_
    std::map<std::string, std::shared_ptr<const void>> derived_; // SAFETY: guarded by mutex_
};

} // namespace engine::config
