#pragma once
// What the platform pushes (protocol §4 and §5) as one value, the same for XML and JSON pushes. The structs carry
// WeChat's own names in snake case; elements that a push leaves out stay empty, elements we do not know are dropped.

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace bot::wechat {

// ---- messages ----

struct text_message {
    std::string content;
    std::string bizmsgmenuid;  // only when a menu link was tapped
    std::string menu_id;
    bool operator==(const text_message&) const = default;
};
struct image_message {
    std::string pic_url;
    std::string media_id;  // valid three days
    bool operator==(const image_message&) const = default;
};
struct voice_message {
    std::string media_id;
    std::string format;        // amr, speex, mp3
    std::string recognition;   // being withdrawn by the platform: often empty
    std::string media_id_16k;  // the same voice at 16 kHz; may be empty
    bool operator==(const voice_message&) const = default;
};
struct video_message {
    std::string media_id;
    std::string thumb_media_id;
    bool operator==(const video_message&) const = default;
};
struct shortvideo_message {
    std::string media_id;
    std::string thumb_media_id;
    bool operator==(const shortvideo_message&) const = default;
};
struct location_message {
    double location_x = 0;  // latitude, degrees
    double location_y = 0;  // longitude, degrees
    int scale = 0;
    std::string label;
    bool operator==(const location_message&) const = default;
};
struct link_message {
    std::string title;
    std::string description;
    std::string url;
    bool operator==(const link_message&) const = default;
};
struct miniprogrampage_message {
    std::string title;
    std::string app_id;
    std::string page_path;
    std::string thumb_url;
    std::string thumb_media_id;
    bool operator==(const miniprogrampage_message&) const = default;
};
struct file_message {
    std::string title;
    std::string description;
    std::string file_key;
    std::string file_md5;
    std::uint64_t file_total_len = 0;  // bytes
    bool operator==(const file_message&) const = default;
};
// A type we do not know, or a location whose coordinates cannot be read. Its name is inbound::msg_type.
struct unknown_message {
    bool operator==(const unknown_message&) const = default;
};

// ---- events; inbound::event and inbound::event_key hold Event and EventKey ----

struct subscribe_event {
    std::string ticket;  // of the QR code that led here; its scene is in event_key, with the prefix "qrscene_"
    bool operator==(const subscribe_event&) const = default;
};
struct unsubscribe_event {
    bool operator==(const unsubscribe_event&) const = default;
};
struct scan_event {
    std::string ticket;
    bool operator==(const scan_event&) const = default;
};
struct location_event {
    double latitude = 0;
    double longitude = 0;
    double precision = 0;
    bool operator==(const location_event&) const = default;
};
struct click_event {
    bool operator==(const click_event&) const = default;
};
struct view_event {
    std::string menu_id;
    bool operator==(const view_event&) const = default;
};
struct view_miniprogram_event {
    std::string menu_id;
    bool operator==(const view_miniprogram_event&) const = default;
};
struct scan_code_info {
    std::string scan_type;
    std::string scan_result;
    bool operator==(const scan_code_info&) const = default;
};
struct scancode_push_event {
    scan_code_info scan_code;
    bool operator==(const scancode_push_event&) const = default;
};
struct scancode_waitmsg_event {
    scan_code_info scan_code;
    bool operator==(const scancode_waitmsg_event&) const = default;
};
struct send_pics_info {
    int count = 0;
    std::vector<std::string> pic_md5_sums;
    bool operator==(const send_pics_info&) const = default;
};
struct pic_sysphoto_event {
    send_pics_info send_pics;
    bool operator==(const pic_sysphoto_event&) const = default;
};
struct pic_photo_or_album_event {
    send_pics_info send_pics;
    bool operator==(const pic_photo_or_album_event&) const = default;
};
struct pic_weixin_event {
    send_pics_info send_pics;
    bool operator==(const pic_weixin_event&) const = default;
};
struct location_select_event {
    double location_x = 0;  // latitude
    double location_y = 0;  // longitude
    int scale = 0;
    std::string label;
    std::string poiname;
    bool operator==(const location_select_event&) const = default;
};
struct templatesendjobfinish_event {
    std::string msg_id;  // of the template message sent (MsgID), exceeds 2^53
    std::string status;  // "success", "failed:user block", "failed: system failed"
    bool operator==(const templatesendjobfinish_event&) const = default;
};
// One entry of the lists of the three subscription events; each event fills its own part.
struct subscribe_msg_entry {
    std::string template_id;
    std::string subscribe_status_string;  // accept, reject
    std::string popup_scene;              // 1 web page, 2 article
    std::string msg_id;
    std::string error_code;
    std::string error_status;
    bool operator==(const subscribe_msg_entry&) const = default;
};
struct subscribe_msg_popup_event {
    std::vector<subscribe_msg_entry> list;
    bool operator==(const subscribe_msg_popup_event&) const = default;
};
struct subscribe_msg_change_event {
    std::vector<subscribe_msg_entry> list;
    bool operator==(const subscribe_msg_change_event&) const = default;
};
struct subscribe_msg_sent_event {
    std::vector<subscribe_msg_entry> list;
    bool operator==(const subscribe_msg_sent_event&) const = default;
};
struct masssendjobfinish_event {
    std::string msg_id;
    std::string status;
    std::int64_t total_count = 0;
    std::int64_t filter_count = 0;
    std::int64_t sent_count = 0;
    std::int64_t error_count = 0;
    bool operator==(const masssendjobfinish_event&) const = default;
};
struct published_article {
    std::string idx;
    std::string article_url;
    bool operator==(const published_article&) const = default;
};
struct publishjobfinish_event {
    std::string publish_id;
    std::string publish_status;
    std::string article_id;
    std::vector<published_article> articles;
    std::vector<std::string> fail_idx;
    bool operator==(const publishjobfinish_event&) const = default;
};
struct kf_create_session_event {
    std::string kf_account;
    bool operator==(const kf_create_session_event&) const = default;
};
struct kf_close_session_event {
    std::string kf_account;
    std::string close_type;
    bool operator==(const kf_close_session_event&) const = default;
};
struct kf_switch_session_event {
    std::string from_kf_account;
    std::string to_kf_account;
    bool operator==(const kf_switch_session_event&) const = default;
};
// Of these three the person meant is open_id; inbound::from may be a system account.
struct user_info_modified_event {
    std::string open_id;
    std::string app_id;
    std::string union_id;
    bool operator==(const user_info_modified_event&) const = default;
};
struct user_authorization_revoke_event {
    std::string open_id;
    std::string app_id;
    std::string revoke_info;  // 201 address … 207 chosen pictures (protocol §5)
    bool operator==(const user_authorization_revoke_event&) const = default;
};
struct user_authorization_cancellation_event {
    std::string open_id;
    std::string app_id;
    bool operator==(const user_authorization_cancellation_event&) const = default;
};
struct wxa_media_check_event {
    std::string app_id;
    std::string trace_id;
    std::string version;
    std::string suggest;
    std::string label;
    bool operator==(const wxa_media_check_event&) const = default;
};
// The account's own certification: qualification_verify_success and _fail, naming_verify_success and _fail,
// annual_renew, verify_expired. Which one is inbound::event.
struct verification_event {
    std::string expired_time;  // Unix seconds
    std::string fail_time;
    std::string fail_reason;
    bool operator==(const verification_event&) const = default;
};
struct user_enter_tempsession_event {
    std::string session_from;
    bool operator==(const user_enter_tempsession_event&) const = default;
};
struct debug_demo_event {
    std::string debug_str;
    bool operator==(const debug_demo_event&) const = default;
};
// Its name is inbound::event.
struct unknown_event {
    bool operator==(const unknown_event&) const = default;
};

using inbound_content = std::variant<
    text_message, image_message, voice_message, video_message, shortvideo_message, location_message, link_message,
    miniprogrampage_message, file_message, unknown_message, subscribe_event, unsubscribe_event, scan_event,
    location_event, click_event, view_event, view_miniprogram_event, scancode_push_event, scancode_waitmsg_event,
    pic_sysphoto_event, pic_photo_or_album_event, pic_weixin_event, location_select_event,
    templatesendjobfinish_event, subscribe_msg_popup_event, subscribe_msg_change_event, subscribe_msg_sent_event,
    masssendjobfinish_event, publishjobfinish_event, kf_create_session_event, kf_close_session_event,
    kf_switch_session_event, user_info_modified_event, user_authorization_revoke_event,
    user_authorization_cancellation_event, wxa_media_check_event, verification_event, user_enter_tempsession_event,
    debug_demo_event, unknown_event>;

struct inbound {
    std::string to;    // ToUserName: our original id
    std::string from;  // FromUserName: the citizen's OpenID
    std::chrono::sys_seconds create_time{};
    std::string msg_type;       // as the platform wrote it
    std::uint64_t msg_id = 0;   // 0 in events, which have none
    std::string msg_id_text;    // as the platform wrote it
    std::string event;          // Event as the platform wrote it; empty in messages
    std::string event_key;
    std::string agent_id;       // WeCom only: unused here
    inbound_content content;
    bool operator==(const inbound&) const = default;
};

}  // namespace bot::wechat
