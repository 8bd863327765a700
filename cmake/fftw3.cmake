# Target fftw3: Debian's package has no CMake configuration.
find_path(FFTW3_INCLUDE_DIR fftw3.h REQUIRED)
find_library(FFTW3_LIBRARY fftw3 REQUIRED)
add_library(fftw3 INTERFACE)
target_include_directories(fftw3 SYSTEM INTERFACE ${FFTW3_INCLUDE_DIR})
target_link_libraries(fftw3 INTERFACE ${FFTW3_LIBRARY})
