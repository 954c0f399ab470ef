// Temporary media (protocol §8.7): kept three days.

#include "bot/simulator/api.hpp"
#include "bot/simulator/percent.hpp"

namespace bot::simulator {
namespace {

constexpr std::chrono::hours media_life{72};

struct upload_limit {
    std::string_view type;
    std::size_t bytes;
};

constexpr upload_limit limits[]{
    {"image", 10 * 1024 * 1024},
    {"voice", 2 * 1024 * 1024},
    {"video", 10 * 1024 * 1024},
    {"thumb", 64 * 1024},
};

}  // namespace

api_answer get_media(platform_state& platform, const api_request& request, const boost::json::object&)
{
    const auto id = query_value(request.query, "media_id");
    const auto found = platform.media.find(id);
    if (found == platform.media.end() || platform.now() - found->second.since > media_life)
        return errcode_answer(40007);
    const auto& kept = found->second;
    return {
        .content_type = kept.content_type,
        .body = kept.bytes,
        .disposition = "attachment; filename=\"" + id.substr(0, 16) + "\"",
    };
}

api_answer show_picture(platform_state& platform, const api_request& request, const boost::json::object&)
{
    const auto found = platform.media.find(request.path.substr(std::string_view("/picture/").size()));
    if (found == platform.media.end() || found->second.type != "image")
        return {.status = 404, .content_type = "text/plain"};
    return {.content_type = found->second.content_type, .body = found->second.bytes};
}

api_answer upload_media(platform_state& platform, const api_request& request, const boost::json::object&)
{
    const auto type = query_value(request.query, "type");
    const upload_limit* limit = nullptr;
    for (const auto& one : limits) limit = one.type == type ? &one : limit;
    if (limit == nullptr) return errcode_answer(40004);
    if (!request.upload || request.upload->bytes.empty()) return errcode_answer(41005);
    if (request.upload->bytes.size() > limit->bytes) return errcode_answer(45001);
    auto kept = *request.upload;
    kept.type = type;
    const auto id = platform.keep_media(std::move(kept));
    const auto now = std::chrono::floor<std::chrono::seconds>(platform.now()).time_since_epoch().count();
    return json_answer(
        {{"type", type}, {type == "thumb" ? "thumb_media_id" : "media_id", id}, {"created_at", now}}
    );
}

}  // namespace bot::simulator
