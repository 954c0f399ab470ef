#include "bot/wechat/reply_body.hpp"

#include "bot/wechat/unicode.hpp"
#include "bot/wechat/xml_text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <span>

namespace bot::wechat {
namespace {

namespace json = boost::json;

// An answer to a message takes one article, an answer to an event up to eight.
std::span<const article> fitting_articles(const inbound& to, const news_reply& news)
{
    const std::size_t most = to.msg_type == "event" ? 8 : 1;
    return std::span(news.articles).first(std::min(most, news.articles.size()));
}

struct anything_to_say {
    bool operator()(const no_reply&) const { return false; }
    bool operator()(const text_reply& text) const
    {
        return text.content.find_first_not_of(" \t\r\n") != std::string::npos;
    }
    bool operator()(const image_reply& image) const { return !image.media_id.empty(); }
    bool operator()(const voice_reply& voice) const { return !voice.media_id.empty(); }
    bool operator()(const video_reply& video) const { return !video.media_id.empty(); }
    bool operator()(const music_reply& music) const { return !music.thumb_media_id.empty(); }
    bool operator()(const news_reply& news) const { return !news.articles.empty(); }
    bool operator()(const transfer_reply&) const { return true; }
};

struct xml_writer {
    const inbound& to;
    std::string& xml;

    void operator()(const no_reply&) {}
    void operator()(const text_reply& text)
    {
        type("text");
        field("Content", text.content);
    }
    void operator()(const image_reply& image)
    {
        type("image");
        xml += "<Image>";
        field("MediaId", image.media_id);
        xml += "</Image>";
    }
    void operator()(const voice_reply& voice)
    {
        type("voice");
        xml += "<Voice>";
        field("MediaId", voice.media_id);
        xml += "</Voice>";
    }
    void operator()(const video_reply& video)
    {
        type("video");
        xml += "<Video>";
        field("MediaId", video.media_id);
        field("Title", video.title);
        field("Description", video.description);
        xml += "</Video>";
    }
    void operator()(const music_reply& music)
    {
        type("music");
        xml += "<Music>";
        field("Title", music.title);
        field("Description", music.description);
        field("MusicUrl", music.music_url);
        field("HQMusicUrl", music.hq_music_url);
        field("ThumbMediaId", music.thumb_media_id);
        xml += "</Music>";
    }
    void operator()(const news_reply& news)
    {
        const auto articles = fitting_articles(to, news);
        type("news");
        append_plain(xml, "ArticleCount", std::to_string(articles.size()));
        xml += "<Articles>";
        for (const auto& one : articles) {
            xml += "<item>";
            field("Title", one.title);
            field("Description", one.description);
            field("PicUrl", one.picture_url);
            field("Url", one.url);
            xml += "</item>";
        }
        xml += "</Articles>";
    }
    void operator()(const transfer_reply& transfer)
    {
        type("transfer_customer_service");
        if (transfer.kf_account.empty())
            return;
        xml += "<TransInfo>";
        field("KfAccount", transfer.kf_account);
        xml += "</TransInfo>";
    }

private:
    void type(std::string_view name) { field("MsgType", name); }
    void field(std::string_view name, std::string_view text) { append_cdata(xml, name, text); }
};

json::string legal(std::string_view text)
{
    std::string made;
    append_legal(made, text);
    return json::string(made);
}

struct json_writer {
    const inbound& to;
    json::object& body;

    void operator()(const no_reply&) {}
    void operator()(const text_reply& text)
    {
        body["MsgType"] = "text";
        body["Content"] = legal(text.content);
    }
    void operator()(const image_reply& image)
    {
        body["MsgType"] = "image";
        body["Image"] = json::object{{"MediaId", legal(image.media_id)}};
    }
    void operator()(const voice_reply& voice)
    {
        body["MsgType"] = "voice";
        body["Voice"] = json::object{{"MediaId", legal(voice.media_id)}};
    }
    void operator()(const video_reply& video)
    {
        body["MsgType"] = "video";
        body["Video"] = json::object{
            {"MediaId", legal(video.media_id)},
            {"Title", legal(video.title)},
            {"Description", legal(video.description)},
        };
    }
    void operator()(const music_reply& music)
    {
        body["MsgType"] = "music";
        body["Music"] = json::object{
            {"Title", legal(music.title)},
            {"Description", legal(music.description)},
            {"MusicUrl", legal(music.music_url)},
            {"HQMusicUrl", legal(music.hq_music_url)},
            {"ThumbMediaId", legal(music.thumb_media_id)},
        };
    }
    void operator()(const news_reply& news)
    {
        json::array articles;
        for (const auto& one : fitting_articles(to, news))
            articles.push_back(json::object{
                {"Title", legal(one.title)},
                {"Description", legal(one.description)},
                {"PicUrl", legal(one.picture_url)},
                {"Url", legal(one.url)},
            });
        body["MsgType"] = "news";
        body["ArticleCount"] = articles.size();
        body["Articles"] = std::move(articles);
    }
    void operator()(const transfer_reply& transfer)
    {
        body["MsgType"] = "transfer_customer_service";
        if (!transfer.kf_account.empty())
            body["TransInfo"] = json::object{{"KfAccount", legal(transfer.kf_account)}};
    }
};

std::string xml_reply(const inbound& to, const passive_reply& reply, std::int64_t seconds)
{
    std::string xml;
    xml.reserve(512);
    xml += "<xml>";
    append_cdata(xml, "ToUserName", to.from);
    append_cdata(xml, "FromUserName", to.to);
    append_plain(xml, "CreateTime", std::to_string(seconds));
    std::visit(xml_writer{to, xml}, reply);
    xml += "</xml>";
    return xml;
}

std::string json_reply(const inbound& to, const passive_reply& reply, std::int64_t seconds)
{
    json::object body;
    body["ToUserName"] = legal(to.from);
    body["FromUserName"] = legal(to.to);
    body["CreateTime"] = seconds;
    std::visit(json_writer{to, body}, reply);
    return json::serialize(body);
}

// Whether the text can be sent as it is.
bool ready(std::string_view text) { return text.size() <= max_text_bytes && legal_prefix(text) == text.size(); }

}  // namespace

std::optional<std::string> clear_reply(
    const inbound& to, const passive_reply& reply, bot::instant at, push_format format
)
{
    if (const auto* text = std::get_if<text_reply>(&reply); text != nullptr && !ready(text->content))
        return clear_reply(to, text_reply{fitting_text(text->content)}, at, format);
    if (!std::visit(anything_to_say{}, reply))
        return std::nullopt;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return format == push_format::json ? json_reply(to, reply, seconds) : xml_reply(to, reply, seconds);
}

std::string fitting_text(std::string_view text)
{
    std::string legal;
    append_legal(legal, text);
    if (legal.size() <= max_text_bytes)
        return legal;
    std::string_view kept = cut_text(legal, max_text_bytes);
    const auto tag = kept.rfind('<');
    if (tag != kept.npos && kept.find('>', tag) == kept.npos)
        kept = kept.substr(0, tag);
    const auto link = kept.rfind("<a ");
    if (link != kept.npos && kept.find("</a>", link) == kept.npos)
        kept = kept.substr(0, link);
    return std::string(kept);
}

}  // namespace bot::wechat
