#include "engine/analysis/fft.hpp"

#include <fftw3.h>

#include <map>
#include <mutex>
#include <type_traits>

namespace engine::analysis {

namespace {

/// Numbers aligned as FFTW wants them.
template <class Number, Number* (*allocate)(std::size_t)> struct Memory {
    explicit Memory(std::size_t n)
        : data(allocate(n))
    {
    }
    ~Memory() { fftw_free(data); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    Number* data;
};
using Reals = Memory<double, fftw_alloc_real>;
using Complexes = Memory<fftw_complex, fftw_alloc_complex>;

struct DestroyPlan {
    void operator()(fftw_plan plan) const { fftw_destroy_plan(plan); }
};
using Plan = std::unique_ptr<std::remove_pointer_t<fftw_plan>, DestroyPlan>;

/// The plan for this length, made once and kept: making one takes longer than executing it.
fftw_plan plan_of(std::size_t n)
{
    // SAFETY: the mutex guards the map and FFTW's planner; plans may be executed by any threads.
    static std::mutex mutex;
    static std::map<std::size_t, Plan> plans;
    const std::lock_guard lock(mutex);
    Plan& plan = plans[n];
    if (!plan) {
        const Reals in(n);
        const Complexes out(n / 2 + 1);
        // Estimated, not measured: the same plan, and so the same bits, in every run.
        plan.reset(fftw_plan_dft_r2c_1d(
            static_cast<int>(n), in.data, out.data, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT));
    }
    return plan.get();
}

} // namespace

struct RealTransform::Work {
    explicit Work(std::size_t n)
        : size(n)
        , plan(plan_of(n))
        , in(n)
        , out(n / 2 + 1)
    {
    }
    std::size_t size;
    fftw_plan plan;
    Reals in;
    Complexes out;
};

RealTransform::RealTransform(std::size_t n)
    : work_(std::make_unique<Work>(n))
{
}

RealTransform::~RealTransform() = default;
RealTransform::RealTransform(RealTransform&&) noexcept = default;
RealTransform& RealTransform::operator=(RealTransform&&) noexcept = default;

std::span<double> RealTransform::input() { return {work_->in.data, work_->size}; }

std::span<const std::complex<double>> RealTransform::transform()
{
    fftw_execute_dft_r2c(work_->plan, work_->in.data, work_->out.data);
    // FFTW promises that its complex numbers are laid out like std::complex.
    return {reinterpret_cast<const std::complex<double>*>(work_->out.data), work_->size / 2 + 1};
}

} // namespace engine::analysis
