#include "bot/wechat/numbers.hpp"
#include "bot/wechat/reply_body.hpp"

namespace bot::wechat {
namespace {

using node = field_tree::node;

std::string own(std::string_view text) { return std::string(text); }

std::optional<passive_reply> read_news(const node& body)
{
    news_reply news;
    for (const auto& list : body.children("Articles")) {
        auto items = list.children("item");
        if (items.empty())  // JSON: the list itself is the array
            items.push_back(list);
        for (const auto& item : items)
            news.articles.push_back({
                .title = own(item.text("Title")),
                .description = own(item.text("Description")),
                .picture_url = own(item.text("PicUrl")),
                .url = own(item.text("Url")),
            });
    }
    const auto count = read_number<std::size_t>(body.text("ArticleCount"));
    if (news.articles.empty() || count != news.articles.size())
        return std::nullopt;
    return news;
}

std::optional<passive_reply> read_video(const node& video)
{
    return video_reply{
        .media_id = own(video.text("MediaId")),
        .title = own(video.text("Title")),
        .description = own(video.text("Description")),
    };
}

std::optional<passive_reply> read_music(const node& music)
{
    return music_reply{
        .title = own(music.text("Title")),
        .description = own(music.text("Description")),
        .music_url = own(music.text("MusicUrl")),
        .hq_music_url = own(music.text("HQMusicUrl")),
        .thumb_media_id = own(music.text("ThumbMediaId")),
    };
}

}  // namespace

std::optional<passive_reply> read_reply(const field_tree& reply)
{
    const auto body = reply.top();
    const auto type = body.text("MsgType");
    if (type == "text") {
        const auto content = body.text("Content");
        return content.empty() ? std::nullopt : std::optional<passive_reply>(text_reply{own(content)});
    }
    if (type == "image")
        return image_reply{own(body.child("Image").text("MediaId"))};
    if (type == "voice")
        return voice_reply{own(body.child("Voice").text("MediaId"))};
    if (type == "video")
        return read_video(body.child("Video"));
    if (type == "music")
        return read_music(body.child("Music"));
    if (type == "news")
        return read_news(body);
    if (type == "transfer_customer_service")
        return transfer_reply{own(body.child("TransInfo").text("KfAccount"))};
    return std::nullopt;
}

}  // namespace bot::wechat
