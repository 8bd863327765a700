#pragma once

#include "engine/core/large_array.hpp"
#include "engine/network/synapse_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::network {

/// Sets a bit for each pair of a source and a target that is connected: one row of words for each
/// source, bits in the order of bit_place(). Where the synapses come target by target, the bits of
/// 256 targets are collected by target first: one bit after the other in rows that are far apart
/// would wait for memory.
class BitSetter {
public:
    /// `rows`: all zero, `stride` words from one to the next.
    BitSetter(std::uint64_t* rows, std::size_t stride, std::uint32_t sources);

    void add(const SynapseBatch& batch);

    /// A synapse whose bit is set by another already.
    struct Extra {
        std::uint32_t source;
        std::uint16_t target;
    };
    /// To be called when all has been added.
    std::vector<Extra> finish();

private:
    void set_in_rows(const SynapseBatch& batch);
    void set_in_band(const SynapseBatch& batch);
    void write_band();

    std::uint64_t* rows_;
    std::size_t stride_;
    std::uint32_t sources_;
    std::vector<Extra> extras_;
    std::size_t band_ = 0; ///< number of the 256 targets that are being collected
    bool collected_ = false; ///< whether there is anything of them
    /// Bit l of byte s of octet o: source s and target 256 band + 8 o + l; octets of octet_bytes_.
    std::size_t octet_bytes_;
    core::LargeArray<std::uint8_t> octets_;
};

} // namespace engine::network
