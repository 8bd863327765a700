#pragma once

#include "tests/support/neuron_run.hpp"

namespace test_support {

/// Changes that make a GLIF neuron one of level 1 to 5, and others.
inline tests::NeuronRun::Changes glif_level(int number, tests::NeuronRun::Changes changes = {})
{
    changes["spike_dependent_threshold"] = number == 2 || number >= 4;
    changes["after_spike_currents"] = number >= 3;
    changes["adapting_threshold"] = number == 5;
    return changes;
}

} // namespace test_support
