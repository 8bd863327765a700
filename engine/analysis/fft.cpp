#include "engine/analysis/fft.hpp"

#include <fftw3.h>

#include <mutex>

namespace engine::analysis {

namespace {

// FFTW's planner is not thread-safe; executing a plan is.
std::mutex& planner()
{
    static std::mutex mutex;
    return mutex;
}

} // namespace

struct RealTransform::Plan {
    explicit Plan(std::size_t n)
        : size(n)
        , in(fftw_alloc_real(n))
        , out(fftw_alloc_complex(n / 2 + 1))
    {
        const std::lock_guard lock(planner());
        // Estimated, not measured: the same plan, and so the same bits, in every run.
        plan = fftw_plan_dft_r2c_1d(
            static_cast<int>(n), in, out, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    }
    ~Plan()
    {
        {
            const std::lock_guard lock(planner());
            fftw_destroy_plan(plan);
        }
        fftw_free(in);
        fftw_free(out);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    std::size_t size;
    double* in;
    fftw_complex* out;
    fftw_plan plan = nullptr;
};

RealTransform::RealTransform(std::size_t n)
    : plan_(std::make_unique<Plan>(n))
{
}

RealTransform::~RealTransform() = default;
RealTransform::RealTransform(RealTransform&&) noexcept = default;
RealTransform& RealTransform::operator=(RealTransform&&) noexcept = default;

std::span<double> RealTransform::input() { return {plan_->in, plan_->size}; }

std::span<const std::complex<double>> RealTransform::transform()
{
    fftw_execute(plan_->plan);
    // FFTW promises that its complex numbers are laid out like std::complex.
    return {reinterpret_cast<const std::complex<double>*>(plan_->out), plan_->size / 2 + 1};
}

} // namespace engine::analysis
