#include "bot/wechat/inbound_xml.hpp"

#include "bot/wechat/xml_text.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

namespace bot::wechat {
namespace {

std::string decimal(auto value)
{
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

// Appends the part of the push that belongs to its content.
struct content_writer {
    const inbound& message;
    std::string& xml;

    void operator()(const text_message& text)
    {
        type("text");
        field("Content", text.content);
        id();
        optional("bizmsgmenuid", text.bizmsgmenuid);
        optional("MenuId", text.menu_id);
    }
    void operator()(const image_message& image)
    {
        type("image");
        field("PicUrl", image.pic_url);
        field("MediaId", image.media_id);
        id();
    }
    void operator()(const voice_message& voice)
    {
        type("voice");
        field("MediaId", voice.media_id);
        field("Format", voice.format);
        id();
        optional("MediaId16K", voice.media_id_16k);
        field("Recognition", voice.recognition);
    }
    void operator()(const video_message& video)
    {
        type("video");
        field("MediaId", video.media_id);
        field("ThumbMediaId", video.thumb_media_id);
        id();
    }
    void operator()(const shortvideo_message& video)
    {
        type("shortvideo");
        field("MediaId", video.media_id);
        field("ThumbMediaId", video.thumb_media_id);
        id();
    }
    void operator()(const location_message& place)
    {
        type("location");
        append_plain(xml, "Location_X", decimal(place.location_x));
        append_plain(xml, "Location_Y", decimal(place.location_y));
        append_plain(xml, "Scale", decimal(place.scale));
        field("Label", place.label);
        id();
    }
    void operator()(const link_message& link)
    {
        type("link");
        field("Title", link.title);
        field("Description", link.description);
        field("Url", link.url);
        id();
    }
    void operator()(const subscribe_event& event)
    {
        type("event");
        field("Event", "subscribe");
        field("EventKey", message.event_key);
        optional("Ticket", event.ticket);
    }
    void operator()(const unsubscribe_event&)
    {
        type("event");
        field("Event", "unsubscribe");
        field("EventKey", message.event_key);
    }
    void operator()(const scan_event& event)
    {
        type("event");
        field("Event", "SCAN");
        field("EventKey", message.event_key);
        optional("Ticket", event.ticket);
    }
    void operator()(const click_event&)
    {
        type("event");
        field("Event", "CLICK");
        field("EventKey", message.event_key);
    }
    void operator()(const auto&) { throw std::invalid_argument("a person cannot send a push of this type"); }

private:
    void type(std::string_view name) { field("MsgType", name); }
    void field(std::string_view name, std::string_view text) { append_cdata(xml, name, text); }
    void optional(std::string_view name, std::string_view text)
    {
        if (!text.empty())
            field(name, text);
    }
    void id()
    {
        const auto text = message.msg_id_text.empty() ? decimal(message.msg_id) : message.msg_id_text;
        if (text.find_first_not_of("0123456789") == text.npos)
            append_plain(xml, "MsgId", text);
        else
            field("MsgId", text);
    }
};

}  // namespace

std::string to_xml(const inbound& message)
{
    std::string xml = "<xml>";
    append_cdata(xml, "ToUserName", message.to);
    append_cdata(xml, "FromUserName", message.from);
    append_plain(xml, "CreateTime", decimal(message.create_time.time_since_epoch().count()));
    std::visit(content_writer{message, xml}, message.content);
    xml += "</xml>";
    return xml;
}

}  // namespace bot::wechat
