#include "bot/wechat/to_said.hpp"

#include "bot/wechat/inbound_reader.hpp"

namespace bot::wechat {
namespace {

// The platform puts it before the scene of a new follower, not before that of one who follows already.
std::string scene_of(std::string_view event_key)
{
    constexpr std::string_view prefix = "qrscene_";
    if (event_key.starts_with(prefix))
        event_key.remove_prefix(prefix.size());
    return std::string(event_key);
}

struct mapping {
    const inbound& message;

    dialogs::said operator()(const text_message& text) const
    {
        return dialogs::said_text{.text = text.content, .choice = text.bizmsgmenuid};
    }
    dialogs::said operator()(const image_message& image) const
    {
        return dialogs::sent_picture{.media_id = image.media_id, .url = image.pic_url};
    }
    dialogs::said operator()(const voice_message& voice) const
    {
        return dialogs::sent_voice{.media_id = voice.media_id, .transcript = voice.recognition};
    }
    dialogs::said operator()(const video_message& video) const { return dialogs::sent_video{video.media_id}; }
    dialogs::said operator()(const shortvideo_message& video) const { return dialogs::sent_video{video.media_id}; }
    dialogs::said operator()(const location_message& place) const
    {
        return dialogs::sent_location{
            .latitude = place.location_x, .longitude = place.location_y, .label = place.label
        };
    }
    dialogs::said operator()(const link_message& link) const
    {
        return dialogs::sent_link{.title = link.title, .url = link.url};
    }
    // A card of a mini program is shared like a link, but has no address that a browser could open.
    dialogs::said operator()(const miniprogrampage_message& page) const
    {
        return dialogs::sent_link{.title = page.title, .url = {}};
    }
    // FileKey cannot be downloaded with any interface we have, so that it is no media id.
    dialogs::said operator()(const file_message& file) const
    {
        return dialogs::sent_file{.title = file.title, .media_id = {}};
    }
    dialogs::said operator()(const unknown_message&) const { return dialogs::noticed{message.msg_type}; }

    dialogs::said operator()(const subscribe_event&) const
    {
        return dialogs::followed{scene_of(message.event_key)};
    }
    dialogs::said operator()(const unsubscribe_event&) const { return dialogs::unfollowed{}; }
    dialogs::said operator()(const scan_event&) const { return dialogs::scanned{message.event_key}; }
    dialogs::said operator()(const click_event&) const { return dialogs::tapped_menu{message.event_key}; }
    // The client shows a spinner until something is answered.
    dialogs::said operator()(const scancode_waitmsg_event&) const
    {
        return dialogs::tapped_menu{message.event_key};
    }
    dialogs::said operator()(const auto&) const
    {
        return dialogs::noticed{std::string(canonical_event(message.event))};
    }
};

}  // namespace

dialogs::said to_said(const inbound& message) { return std::visit(mapping{message}, message.content); }

}  // namespace bot::wechat
