#pragma once

#include "engine/analysis/population_statistics.hpp"
#include "engine/analysis/regime.hpp"
#include "engine/config/experiment.hpp"

namespace engine::checks {

/// The regime that these statistics of a population or a whole network show.
analysis::Regime regime_of(const analysis::PopulationStatistics& statistics);

/// Whether some synapses excite and others inhibit: a network whose regime is worth a name. Weights
/// tell, with conductances the side of the resting potential on which the port reverses; of drawn
/// weights the middle.
bool has_excitation_and_inhibition(const config::Experiment& experiment);

} // namespace engine::checks
