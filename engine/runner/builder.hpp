#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/core/progress.hpp"
#include "engine/frame.hpp"
#include "engine/simulation.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace engine::runner {

struct BuildResult {
    std::uint64_t id = 0;
    std::unique_ptr<Simulation> simulation; ///< nullptr where the build failed
    std::optional<Notice> failure;
};

/// Builds networks in a thread of its own. The newest request wins: an earlier one is given up and
/// delivers nothing.
class Builder {
public:
    /// `beside`: for a run beside another one, see stand_beside(). `deliver` is called from the
    /// builder's thread.
    Builder(SimulationOptions options, bool beside, std::function<void(BuildResult)> deliver);
    ~Builder(); ///< gives up what is being built and joins
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;

    /// Returns at once; the progress belongs to this build alone.
    std::shared_ptr<core::Progress> request(std::uint64_t id, config::PresetDocument document);
    void cancel();

private:
    struct Job {
        std::uint64_t id = 0;
        config::PresetDocument document;
        std::shared_ptr<core::Progress> progress;
    };

    void loop(const std::stop_token& stop);
    BuildResult build(const Job& job) const;

    SimulationOptions options_;
    bool beside_;
    std::function<void(BuildResult)> deliver_;
    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::optional<Job> waiting_; // SAFETY: guarded by mutex_
    std::shared_ptr<core::Progress> newest_; // SAFETY: guarded by mutex_
    std::jthread thread_; // last member: joins before the data above is destroyed
};

} // namespace engine::runner
