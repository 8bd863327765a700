# Flags shared by every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# For sanitizers: line tables only and few optimisations, which compiles in half the time of RelWithDebInfo.
set(CMAKE_CXX_FLAGS_SANITIZED "-O1 -g1" CACHE STRING "Flags of the build type Sanitized")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  # A source compiled with precompiled headers does not come from the cache.
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

add_library(project_options INTERFACE)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(project_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual
  # GCC 12 takes "text" + std::string for overlapping memory (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # Scalar and vector twins, and every processor, must give the same bits.
  -ffp-contract=off)
if(SPIKESCOPE_WERROR)
  target_compile_options(project_options INTERFACE -Werror)
endif()
if(SPIKESCOPE_SANITIZE)
  target_compile_options(project_options INTERFACE -fsanitize=${SPIKESCOPE_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(project_options INTERFACE -fsanitize=${SPIKESCOPE_SANITIZE})
endif()

configure_file(${CMAKE_CURRENT_LIST_DIR}/version.hpp.in ${PROJECT_BINARY_DIR}/generated/version.hpp @ONLY)
