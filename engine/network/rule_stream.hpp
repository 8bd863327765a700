#pragma once

#include "engine/network/build_progress.hpp"
#include "engine/network/synapse_stream.hpp"
#include "engine/network/synapses.hpp"

namespace engine::network {

/// Synapses as a rule makes them, with the display of progress.
class RuleStream : public SynapseStream {
public:
    /// `part`: of the work on a synapse, what is not yet done when the stream is made.
    RuleStream(const ProjectionSite& site, const TargetRange& range, BuildProgress& progress,
        double part = 1.0)
        : site_(site)
        , range_(range)
        , progress_(progress)
        , part_(part)
    {
    }
    std::uint32_t sources() const final { return site_.sources; }
    std::uint32_t targets() const final { return range_.count; }
    void for_each(Columns columns, double share, const Take& take) final
    {
        PassProgress progress(progress_, share * part_);
        last_pass_ = share >= 1.0 - passed_;
        passed_ += share;
        generate(columns, [&](const SynapseBatch& batch) {
            take(batch);
            progress.add(batch.size());
        });
        progress.tell();
    }

protected:
    virtual void generate(Columns columns, const Take& take) = 0;
    /// Whether nobody will ask for the synapses again after the present pass.
    bool last_pass() const { return last_pass_; }

    const ProjectionSite& site_;
    const TargetRange range_;

private:
    BuildProgress& progress_;
    double part_;
    double passed_ = 0.0; ///< shares of the passes so far
    bool last_pass_ = false;
};

} // namespace engine::network
