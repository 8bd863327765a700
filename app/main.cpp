// Dispatch: sub-commands go to the command line, which needs no display; everything else is the
// window.

#include "app/cli/command_line.hpp"

#ifdef SPIKESCOPE_GUI
#include "app/window/run_window.hpp"
#endif

int main(int argc, char** argv)
{
#ifdef SPIKESCOPE_GUI
    if (!app::cli::is_command(argc, argv)) {
        return app::run_window(argc, argv);
    }
    return app::cli::run(argc, argv, app::draw_finished_run);
#else
    return app::cli::run(argc, argv);
#endif
}
