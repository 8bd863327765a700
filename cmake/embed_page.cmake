# Writes docs/models.md into a C++ source, so that the program can show it:
#   cmake -D PAGE=docs/models.md -D OUTPUT=models_page.cpp -P embed_page.cmake
file(READ "${PAGE}" page)
file(WRITE "${OUTPUT}" "#include \"engine/models/model_text.hpp\"

namespace engine::models {

constinit const std::string_view models_page = R\"page(${page})page\";

} // namespace engine::models
")
