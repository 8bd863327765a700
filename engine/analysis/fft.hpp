#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace engine::analysis {

/// Discrete Fourier transform of n real numbers, X_k = sum_j x_j exp(-2 pi i j k / n) for
/// k = 0 ... n / 2, not scaled (FFTW 3). Owns its memory; different objects may be made and used by
/// different threads at the same time.
class RealTransform {
public:
    explicit RealTransform(std::size_t n); ///< n >= 1
    ~RealTransform();
    RealTransform(RealTransform&&) noexcept;
    RealTransform& operator=(RealTransform&&) noexcept;

    std::span<double> input(); ///< n numbers; kept by transform()
    std::span<const std::complex<double>> transform(); ///< n / 2 + 1 numbers, until the next call

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace engine::analysis
