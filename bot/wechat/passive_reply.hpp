#pragma once
// Passive replies (protocol §6.1): what may be said in the answer to the platform's own request.

#include "dialogs/turn.hpp"

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace bot::wechat {

struct no_reply {};  // "success": received, nothing is said, do not retry
struct text_reply {
    std::string content;
};
struct image_reply {
    std::string media_id;
};
struct voice_reply {
    std::string media_id;
};
struct video_reply {
    std::string media_id, title, description;
};
struct music_reply {
    std::string title, description, music_url, hq_music_url, thumb_media_id;
};
struct article {
    std::string title, description, picture_url, url;
};
struct news_reply {
    std::vector<article> articles;
};
struct transfer_reply {
    std::string kf_account;  // empty: any agent
};

using passive_reply = std::variant<
    no_reply, text_reply, image_reply, voice_reply, video_reply, music_reply, news_reply, transfer_reply>;

// Largest text of a passive reply in bytes of UTF-8 (protocol §6.1).
constexpr std::size_t max_text_bytes = 2048;

// The replies of a turn as one passive reply: texts joined by an empty line, choices as tappable bizmsgmenu links that
// carry their target. Text that came from a citizen cannot make a link of its own. no_reply when there are none.
passive_reply render(const std::vector<dialogs::reply>& replies);

}  // namespace bot::wechat
