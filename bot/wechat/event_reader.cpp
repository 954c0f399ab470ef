#include "bot/wechat/inbound_reader.hpp"
#include "bot/wechat/numbers.hpp"

#include <algorithm>
#include <array>

namespace bot::wechat {
namespace {

using node = field_tree::node;

std::string own(std::string_view text) { return std::string(text); }

// Receipts spell it MsgID, messages MsgId.
std::string message_id(const node& of)
{
    const auto receipt = of.text("MsgID");
    return own(receipt.empty() ? of.text("MsgId") : receipt);
}

inbound_content read_subscribe(const node& push) { return subscribe_event{.ticket = own(push.text("Ticket"))}; }
inbound_content read_unsubscribe(const node&) { return unsubscribe_event{}; }
inbound_content read_scan(const node& push) { return scan_event{.ticket = own(push.text("Ticket"))}; }
inbound_content read_click(const node&) { return click_event{}; }
inbound_content read_view(const node& push) { return view_event{.menu_id = own(push.text("MenuId"))}; }

inbound_content read_location(const node& push)
{
    return location_event{
        .latitude = read_number<double>(push.text("Latitude")).value_or(0),
        .longitude = read_number<double>(push.text("Longitude")).value_or(0),
        .precision = read_number<double>(push.text("Precision")).value_or(0),
    };
}

inbound_content read_view_miniprogram(const node& push)
{
    return view_miniprogram_event{.menu_id = own(push.text("MenuId"))};
}

template <class Event>
inbound_content read_scancode(const node& push)
{
    const auto info = push.child("ScanCodeInfo");
    return Event{{.scan_type = own(info.text("ScanType")), .scan_result = own(info.text("ScanResult"))}};
}

// XML: PicList/item*; JSON: the same, or PicList itself an array.
template <class Event>
inbound_content read_pictures(const node& push)
{
    const auto info = push.child("SendPicsInfo");
    send_pics_info read{.count = read_number<int>(info.text("Count")).value_or(0), .pic_md5_sums = {}};
    for (const auto& list : info.children("PicList")) {
        auto items = list.children("item");
        if (items.empty())
            items.push_back(list);
        for (const auto& item : items)
            if (const auto sum = item.child("PicMd5Sum"))
                read.pic_md5_sums.push_back(own(sum.text()));
    }
    return Event{std::move(read)};
}

inbound_content read_location_select(const node& push)
{
    const auto info = push.child("SendLocationInfo");
    return location_select_event{
        .location_x = read_number<double>(info.text("Location_X")).value_or(0),
        .location_y = read_number<double>(info.text("Location_Y")).value_or(0),
        .scale = read_number<int>(info.text("Scale")).value_or(0),
        .label = own(info.text("Label")),
        .poiname = own(info.text("Poiname")),
    };
}

inbound_content read_templatesendjobfinish(const node& push)
{
    return templatesendjobfinish_event{.msg_id = message_id(push), .status = own(push.text("Status"))};
}

// The entries stand in an element named like the event; a change has been seen in the popup's element, and JSON pushes
// leave the element out.
std::vector<subscribe_msg_entry> subscribe_entries(const node& push)
{
    node around = push;
    for (const std::string_view name :
         {"SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"})
        if (const auto found = push.child(name))
            around = found;
    std::vector<subscribe_msg_entry> entries;
    for (const auto& entry : around.children("List"))
        entries.push_back({
            .template_id = own(entry.text("TemplateId")),
            .subscribe_status_string = own(entry.text("SubscribeStatusString")),
            .popup_scene = own(entry.text("PopupScene")),
            .msg_id = message_id(entry),
            .error_code = own(entry.text("ErrorCode")),
            .error_status = own(entry.text("ErrorStatus")),
        });
    return entries;
}

template <class Event>
inbound_content read_subscribe_msg(const node& push)
{
    return Event{subscribe_entries(push)};
}

inbound_content read_masssendjobfinish(const node& push)
{
    const auto count = [&](std::string_view name) {
        return read_number<std::int64_t>(push.text(name)).value_or(0);
    };
    return masssendjobfinish_event{
        .msg_id = message_id(push),
        .status = own(push.text("Status")),
        .total_count = count("TotalCount"),
        .filter_count = count("FilterCount"),
        .sent_count = count("SentCount"),
        .error_count = count("ErrorCount"),
    };
}

inbound_content read_publishjobfinish(const node& push)
{
    const auto info = push.child("PublishEventInfo");
    publishjobfinish_event read{
        .publish_id = own(info.text("publish_id")),
        .publish_status = own(info.text("publish_status")),
        .article_id = own(info.text("article_id")),
        .articles = {},
        .fail_idx = {},
    };
    for (const auto& item : info.child("article_detail").children("item"))
        read.articles.push_back({.idx = own(item.text("idx")), .article_url = own(item.text("article_url"))});
    for (const auto& index : info.children("fail_idx"))
        read.fail_idx.push_back(own(index.text()));
    return read;
}

inbound_content read_kf_create(const node& push)
{
    return kf_create_session_event{.kf_account = own(push.text("KfAccount"))};
}

inbound_content read_kf_close(const node& push)
{
    return kf_close_session_event{
        .kf_account = own(push.text("KfAccount")), .close_type = own(push.text("CloseType"))
    };
}

inbound_content read_kf_switch(const node& push)
{
    return kf_switch_session_event{
        .from_kf_account = own(push.text("FromKfAccount")), .to_kf_account = own(push.text("ToKfAccount"))
    };
}

inbound_content read_user_info_modified(const node& push)
{
    return user_info_modified_event{
        .open_id = own(push.text("OpenID")),
        .app_id = own(push.text("AppID")),
        .union_id = own(push.text("UnionID")),
    };
}

inbound_content read_authorization_revoke(const node& push)
{
    return user_authorization_revoke_event{
        .open_id = own(push.text("OpenID")),
        .app_id = own(push.text("AppID")),
        .revoke_info = own(push.text("RevokeInfo")),
    };
}

inbound_content read_authorization_cancellation(const node& push)
{
    return user_authorization_cancellation_event{
        .open_id = own(push.text("OpenID")), .app_id = own(push.text("AppID"))
    };
}

inbound_content read_media_check(const node& push)
{
    const auto result = push.child("result");
    return wxa_media_check_event{
        .app_id = own(push.text("appid")),
        .trace_id = own(push.text("trace_id")),
        .version = own(push.text("version")),
        .suggest = own(result.text("suggest")),
        .label = own(result.text("label")),
    };
}

inbound_content read_verification(const node& push)
{
    return verification_event{
        .expired_time = own(push.text("ExpiredTime")),
        .fail_time = own(push.text("FailTime")),
        .fail_reason = own(push.text("FailReason")),
    };
}

inbound_content read_enter_tempsession(const node& push)
{
    return user_enter_tempsession_event{.session_from = own(push.text("SessionFrom"))};
}

inbound_content read_debug_demo(const node& push)
{
    return debug_demo_event{.debug_str = own(push.text("debug_str"))};
}

struct known_event {
    std::string_view name;  // as the protocol reference writes it
    inbound_content (*read)(const node& push);
};

constexpr std::array known_events{
    known_event{"subscribe", read_subscribe},
    known_event{"unsubscribe", read_unsubscribe},
    known_event{"SCAN", read_scan},
    known_event{"LOCATION", read_location},
    known_event{"CLICK", read_click},
    known_event{"VIEW", read_view},
    known_event{"view_miniprogram", read_view_miniprogram},
    known_event{"scancode_push", read_scancode<scancode_push_event>},
    known_event{"scancode_waitmsg", read_scancode<scancode_waitmsg_event>},
    known_event{"pic_sysphoto", read_pictures<pic_sysphoto_event>},
    known_event{"pic_photo_or_album", read_pictures<pic_photo_or_album_event>},
    known_event{"pic_weixin", read_pictures<pic_weixin_event>},
    known_event{"location_select", read_location_select},
    known_event{"TEMPLATESENDJOBFINISH", read_templatesendjobfinish},
    known_event{"subscribe_msg_popup_event", read_subscribe_msg<subscribe_msg_popup_event>},
    known_event{"subscribe_msg_change_event", read_subscribe_msg<subscribe_msg_change_event>},
    known_event{"subscribe_msg_sent_event", read_subscribe_msg<subscribe_msg_sent_event>},
    known_event{"MASSSENDJOBFINISH", read_masssendjobfinish},
    known_event{"PUBLISHJOBFINISH", read_publishjobfinish},
    known_event{"kf_create_session", read_kf_create},
    known_event{"kf_close_session", read_kf_close},
    known_event{"kf_switch_session", read_kf_switch},
    known_event{"user_info_modified", read_user_info_modified},
    known_event{"user_authorization_revoke", read_authorization_revoke},
    known_event{"user_authorization_cancellation", read_authorization_cancellation},
    known_event{"wxa_media_check", read_media_check},
    known_event{"qualification_verify_success", read_verification},
    known_event{"qualification_verify_fail", read_verification},
    known_event{"naming_verify_success", read_verification},
    known_event{"naming_verify_fail", read_verification},
    known_event{"annual_renew", read_verification},
    known_event{"verify_expired", read_verification},
    known_event{"user_enter_tempsession", read_enter_tempsession},
    known_event{"debug_demo", read_debug_demo},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const known_event* find_event(std::string_view name)
{
    const auto same = [&](const known_event& known) {
        return std::equal(
            known.name.begin(), known.name.end(), name.begin(), name.end(),
            [](char a, char b) { return lower(a) == lower(b); }
        );
    };
    const auto* found = std::find_if(known_events.begin(), known_events.end(), same);
    return found == known_events.end() ? nullptr : found;
}

}  // namespace

inbound_content read_event(std::string_view event, const field_tree::node& push)
{
    const auto* known = find_event(event);
    return known != nullptr ? known->read(push) : unknown_event{};
}

std::string_view canonical_event(std::string_view event)
{
    const auto* known = find_event(event);
    return known != nullptr ? known->name : event;
}

}  // namespace bot::wechat
