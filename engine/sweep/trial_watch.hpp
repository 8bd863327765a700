#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/analysis/trials.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace engine::sweep {

/// The spikes of some neurons around one moment of a run.
struct TrialRequest {
    core::Step trigger = 0;
    analysis::TrialWindow window;
    analysis::TrialNeurons neurons;

    friend bool operator==(const TrialRequest&, const TrialRequest&) = default;
};

/// Gathers it while a run goes on. One thread at a time.
class TrialWatch : public analysis::Observer {
public:
    explicit TrialWatch(TrialRequest request);

    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void done(core::Step /*now*/) override { }

    const analysis::Trial& trial() const { return trial_; }

private:
    TrialRequest request_;
    analysis::Trial trial_;
};

} // namespace engine::sweep
