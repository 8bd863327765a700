#pragma once

namespace engine::runner {

/// Lets threads that draw or answer a person go before the calling thread, and before all threads
/// that it starts from now on. Where the system knows no such thing for a thread it does nothing.
void give_way();

/// The same for a run beside another one that somebody steers: after give_way(), it also goes
/// behind that one.
void stand_beside();

/// The same for work that has time: it also goes behind simulations that somebody watches.
void stay_behind();

} // namespace engine::runner
