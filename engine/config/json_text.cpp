#include "engine/config/json.hpp"

#include <nlohmann/json.hpp>

namespace engine::config {

namespace {

constexpr std::size_t width = 100;

std::string escaped(const std::string& text) { return nlohmann::json(text).dump(); }

bool is_container(const Json& json) { return json.is_array() || json.is_object(); }

/// Text on one line, given up once it is longer than `limit`.
bool append_compact(const Json& json, std::size_t limit, std::string& out)
{
    switch (json.kind()) {
    case Json::Kind::null:
        out += "null";
        break;
    case Json::Kind::boolean:
        out += json.as_boolean() ? "true" : "false";
        break;
    case Json::Kind::number:
        out += json.number_source();
        break;
    case Json::Kind::string:
        out += escaped(json.as_string());
        break;
    case Json::Kind::array:
        out += '[';
        for (std::size_t i = 0; i < json.size(); ++i) {
            out += i > 0 ? ", " : "";
            if (!append_compact(json.at(i), limit, out)) {
                return false;
            }
        }
        out += ']';
        break;
    case Json::Kind::object:
        out += json.size() > 0 ? "{ " : "{";
        for (std::size_t i = 0; i < json.size(); ++i) {
            out += (i > 0 ? ", " : "") + escaped(json.key(i)) + ": ";
            if (!append_compact(json.at(i), limit, out)) {
                return false;
            }
        }
        out += json.size() > 0 ? " }" : "}";
        break;
    }
    return out.size() <= limit;
}

/// Lists of objects or of lists are tables: one row a line even where all would fit.
bool is_table(const Json& json)
{
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json.is_array() ? is_container(json.at(i)) : is_table(json.at(i))) {
            return true;
        }
    }
    return false;
}

class Writer {
public:
    std::string out;

    void write(const Json& json, std::size_t indent, std::size_t used)
    {
        std::string line;
        if (!is_container(json) || json.size() == 0) {
            append_compact(json, std::string::npos, line);
            out += line;
            return;
        }
        const std::size_t room = used + 1 < width ? width - used - 1 : 0;
        if (indent > 0 && !is_table(json) && append_compact(json, room, line)) {
            out += line;
        } else if (json.is_object()) {
            write_object(json, indent);
        } else {
            write_array(json, indent);
        }
    }

private:
    void new_line(std::size_t indent)
    {
        out += '\n';
        out.append(indent, ' ');
    }

    void write_object(const Json& json, std::size_t indent)
    {
        out += '{';
        for (std::size_t i = 0; i < json.size(); ++i) {
            new_line(indent + 2);
            const std::string key = escaped(json.key(i)) + ": ";
            out += key;
            write(json.at(i), indent + 2, indent + 2 + key.size());
            out += i + 1 < json.size() ? "," : "";
        }
        new_line(indent);
        out += '}';
    }

    /// Numbers and texts follow each other as words do; containers begin lines.
    void write_array(const Json& json, std::size_t indent)
    {
        out += '[';
        std::size_t used = width;
        for (std::size_t i = 0; i < json.size(); ++i) {
            if (is_container(json.at(i))) {
                new_line(indent + 2);
                write(json.at(i), indent + 2, indent + 2);
                used = width;
            } else {
                std::string item;
                append_compact(json.at(i), std::string::npos, item);
                if (used + item.size() + 2 > width) {
                    new_line(indent + 2);
                    used = indent + 2;
                } else {
                    out += ' ';
                    ++used;
                }
                out += item;
                used += item.size() + 1;
            }
            out += i + 1 < json.size() ? "," : "";
        }
        new_line(indent);
        out += ']';
    }
};

} // namespace

std::string Json::text() const
{
    Writer writer;
    writer.write(*this, 0, 0);
    return writer.out + "\n";
}

} // namespace engine::config
