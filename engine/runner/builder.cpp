#include "engine/runner/builder.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/runner/priority.hpp"

#include <new>
#include <string>
#include <utility>

namespace engine::runner {

Builder::Builder(SimulationOptions options, bool beside, std::function<void(BuildResult)> deliver)
    : options_(options)
    , beside_(beside)
    , deliver_(std::move(deliver))
    , thread_([this](const std::stop_token& stop) { loop(stop); })
{
}

Builder::~Builder()
{
    cancel();
    thread_.request_stop();
}

std::shared_ptr<core::Progress> Builder::request(std::uint64_t id, config::PresetDocument document)
{
    auto progress = std::make_shared<core::Progress>();
    {
        const std::lock_guard lock(mutex_);
        if (newest_) {
            newest_->cancel();
        }
        newest_ = progress;
        waiting_ = Job {id, std::move(document), progress};
    }
    arrived_.notify_one();
    return progress;
}

void Builder::cancel()
{
    const std::lock_guard lock(mutex_);
    if (newest_) {
        newest_->cancel();
    }
    waiting_.reset();
}

void Builder::loop(const std::stop_token& stop)
{
    give_way(); // so do the threads of the networks that are built here
    if (beside_) {
        stand_beside();
    }
    while (true) {
        std::optional<Job> job;
        {
            std::unique_lock lock(mutex_);
            if (!arrived_.wait(lock, stop, [this] { return waiting_.has_value(); })) {
                return;
            }
            std::swap(job, waiting_);
        }
        BuildResult result = build(*job);
        if (!job->progress->cancelled()) {
            deliver_(std::move(result));
        }
    }
}

BuildResult Builder::build(const Job& job) const
{
    BuildResult result {job.id, nullptr, std::nullopt};
    const auto failed = [&](const std::string& text, const core::Diagnostics& details) {
        result.failure = Notice {core::Severity::error, text, details};
    };
    try {
        result.simulation
            = std::make_unique<Simulation>(job.document, options_, job.progress.get());
    } catch (const core::InputError& error) {
        failed("The network could not be built", error.diagnostics());
    } catch (const core::Cancelled&) {
        job.progress->cancel(); // nobody waits for it
    } catch (const std::bad_alloc&) {
        failed("The network could not be built: not enough memory", {});
    } catch (const std::exception& error) {
        failed(std::string("The network could not be built: ") + error.what(), {});
    }
    return result;
}

} // namespace engine::runner
