#pragma once

namespace test_support {

/// Random cases that a test tries: a tenth where sanitizers slow the code down, since other cases
/// of the same kind find no other errors of memory.
constexpr int repetitions(int usual)
{
#ifdef SPIKESCOPE_SANITIZED
    return usual / 10;
#else
    return usual;
#endif
}

} // namespace test_support
