#include "bot/wechat/inbound_reader.hpp"

#include "bot/wechat/numbers.hpp"

#include <array>
#include <utility>

namespace bot::wechat {
namespace {

using node = field_tree::node;

std::string own(std::string_view text) { return std::string(text); }

inbound_content read_text(const node& push)
{
    return text_message{
        .content = own(push.text("Content")),
        .bizmsgmenuid = own(push.text("bizmsgmenuid")),
        .menu_id = own(push.text("MenuId")),
    };
}

inbound_content read_image(const node& push)
{
    return image_message{.pic_url = own(push.text("PicUrl")), .media_id = own(push.text("MediaId"))};
}

inbound_content read_voice(const node& push)
{
    return voice_message{
        .media_id = own(push.text("MediaId")),
        .format = own(push.text("Format")),
        .recognition = own(push.text("Recognition")),
        .media_id_16k = own(push.text("MediaId16K")),
    };
}

inbound_content read_video(const node& push)
{
    return video_message{
        .media_id = own(push.text("MediaId")), .thumb_media_id = own(push.text("ThumbMediaId"))
    };
}

inbound_content read_shortvideo(const node& push)
{
    return shortvideo_message{
        .media_id = own(push.text("MediaId")), .thumb_media_id = own(push.text("ThumbMediaId"))
    };
}

inbound_content read_location(const node& push)
{
    const auto latitude = read_number<double>(push.text("Location_X"));
    const auto longitude = read_number<double>(push.text("Location_Y"));
    if (!latitude || !longitude || *latitude < -90 || *latitude > 90 || *longitude < -180 || *longitude > 180)
        return unknown_message{};
    return location_message{
        .location_x = *latitude,
        .location_y = *longitude,
        .scale = read_number<int>(push.text("Scale")).value_or(0),
        .label = own(push.text("Label")),
    };
}

inbound_content read_link(const node& push)
{
    return link_message{
        .title = own(push.text("Title")),
        .description = own(push.text("Description")),
        .url = own(push.text("Url")),
    };
}

inbound_content read_miniprogrampage(const node& push)
{
    return miniprogrampage_message{
        .title = own(push.text("Title")),
        .app_id = own(push.text("AppId")),
        .page_path = own(push.text("PagePath")),
        .thumb_url = own(push.text("ThumbUrl")),
        .thumb_media_id = own(push.text("ThumbMediaId")),
    };
}

inbound_content read_file(const node& push)
{
    return file_message{
        .title = own(push.text("Title")),
        .description = own(push.text("Description")),
        .file_key = own(push.text("FileKey")),
        .file_md5 = own(push.text("FileMd5")),
        .file_total_len = read_number<std::uint64_t>(push.text("FileTotalLen")).value_or(0),
    };
}

constexpr std::array<std::pair<std::string_view, inbound_content (*)(const node&)>, 9> messages{{
    {"text", read_text},
    {"image", read_image},
    {"voice", read_voice},
    {"video", read_video},
    {"shortvideo", read_shortvideo},
    {"location", read_location},
    {"link", read_link},
    {"miniprogrampage", read_miniprogrampage},
    {"file", read_file},
}};

inbound_content read_message(std::string_view type, const node& push)
{
    for (const auto& [name, read] : messages)
        if (name == type)
            return read(push);
    return unknown_message{};
}

}  // namespace

std::optional<inbound> read_inbound(const field_tree& push)
{
    constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999; milliseconds lie beyond it
    const auto top = push.top();
    const auto created = read_number<std::int64_t>(top.text("CreateTime"));
    if (!created || *created < 0 || *created > last_second)
        return std::nullopt;

    inbound read;
    read.to = own(top.text("ToUserName"));
    read.from = own(top.text("FromUserName"));
    read.create_time = std::chrono::sys_seconds(std::chrono::seconds(*created));
    read.msg_type = own(top.text("MsgType"));
    read.agent_id = own(top.text("AgentID"));
    if (read.to.empty() || read.from.empty() || read.msg_type.empty())
        return std::nullopt;
    if (read.msg_type != "event") {
        read.msg_id_text = own(top.text("MsgId"));
        read.msg_id = read_number<std::uint64_t>(read.msg_id_text).value_or(0);
        read.content = read_message(read.msg_type, top);
        return read;
    }
    read.event = own(top.text("Event"));
    read.event_key = own(top.text("EventKey"));
    if (read.event.empty())
        return std::nullopt;
    read.content = read_event(read.event, top);
    return read;
}

}  // namespace bot::wechat
