#include "bot/wechat/push_format.hpp"
#include "bot/wechat/unicode.hpp"

#include <pugixml.hpp>

namespace bot::wechat {
namespace {

// DOCTYPE nodes are kept so that they can be refused; entities are never defined by a push, only the five of XML and
// numeric references are read. A value of spaces alone is a value.
constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_doctype |
                             pugi::parse_ws_pcdata_single;

class xml_reader {
public:
    // references: the push holds numeric character references, which may spell what UTF-8 forbids.
    xml_reader(field_tree& out, bool references) : out_(out), references_(references) {}

    bool element(const pugi::xml_node& node)
    {
        if (out_.depth() == field_tree::largest_depth || !out_.open(node.name()))
            return false;
        for (const auto& child : node.children()) {
            switch (child.type()) {
                case pugi::node_element:
                    if (!element(child))
                        return false;
                    break;
                case pugi::node_pcdata:
                case pugi::node_cdata:
                    if (!text(child.value()))
                        return false;
                    break;
                default: return false;
            }
        }
        out_.close();
        return true;
    }

private:
    bool text(std::string_view value)
    {
        if (references_ && !valid_utf8(value))
            return false;
        out_.append_text(value);
        return true;
    }

    field_tree& out_;
    bool references_;
};

}  // namespace

bool read_xml(std::string_view body, field_tree& out)
{
    pugi::xml_document document;
    if (!document.load_buffer(body.data(), body.size(), options, pugi::encoding_utf8))
        return false;
    pugi::xml_node top;
    for (const auto& node : document.children()) {
        if (node.type() != pugi::node_element || top)
            return false;
        top = node;
    }
    return std::string_view(top.name()) == "xml" && xml_reader(out, body.find("&#") != body.npos).element(top);
}

}  // namespace bot::wechat
