#include "tests/bench/turns/citizens.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iterator>

namespace load {

namespace {

std::int64_t unix_seconds()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME_COARSE, &t);
    return t.tv_sec;
}

void append_number(std::uint64_t number, std::string& out)
{
    char digits[20];
    out.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

std::string_view view(const hex_digest& d)
{
    return {d.data(), d.size()};
}

}  // namespace

const char* name_of(verdict v)
{
    static constexpr const char* names[] = {
        "good",
        "silent",
        "not_an_envelope",
        "bad_signature",
        "bad_cipher",
        "not_swapped",
        "empty_content",
        "not_expected",
        "not_echoed",
        "differing",
    };
    static_assert(std::size(names) == static_cast<std::size_t>(verdict::count));
    return names[static_cast<std::size_t>(v)];
}

citizens::citizens(options o) : options_(std::move(o)), codec_(options_.as), random_(std::random_device{}())
{
    run_ = random_digits(10);
    // Message ids are unique over runs against one database: milliseconds since 1970, then a count.
    next_message_ = static_cast<std::uint64_t>(unix_seconds()) * 1000 << 20;
}

std::string_view citizens::random_digits(std::size_t count)
{
    digits_.resize(count);
    auto bits = random_();
    for (auto& digit : digits_) {
        digit = static_cast<char>('0' + bits % 10);
        bits /= 10;
    }
    return digits_;
}

std::uint32_t citizens::add()
{
    all_.emplace_back();
    const auto who = static_cast<std::uint32_t>(all_.size() - 1);
    renew(who);
    return who;
}

void citizens::renew(std::uint32_t who)
{
    auto& c = all_[who];
    c.number = ++next_number_;
    c.openid = "oLoad" + run_;  // 28 characters, as the platform's
    auto digits = std::to_string(c.number);
    c.openid.append(28 - c.openid.size() - digits.size(), '0').append(digits);
    c.at = 0;
    c.attempts = 0;
    c.xml.clear();
}

bool citizens::advance(std::uint32_t who)
{
    auto& c = all_[who];
    c.xml.clear();
    c.attempts = 0;
    if (++c.at < options_.says.size()) return false;
    renew(who);
    return true;
}

void citizens::compose(citizen& c)
{
    const auto& line = options_.says[c.at];
    fill_in(line.value, c.number, c.said);
    append_message(
        {options_.as.original_id, c.openid, unix_seconds(), ++next_message_}, line.kind, c.said, c.xml
    );
}

void citizens::write_body(const citizen& c)
{
    body_.clear();
    if (!options_.as.safe) {
        body_.append(c.xml);
        return;
    }
    body_.append("<xml><ToUserName><![CDATA[").append(options_.as.original_id);
    body_.append("]]></ToUserName><Encrypt><![CDATA[").append(encrypted_).append("]]></Encrypt></xml>");
}

void citizens::write_request(
    std::uint32_t who, std::string_view host, std::string_view path, std::string& out
)
{
    auto& c = all_[who];
    if (c.xml.empty()) compose(c);
    encrypted_.clear();
    if (options_.as.safe) codec_.seal(c.xml, random_digits(16), encrypted_);
    write_body(c);

    char stamp_digits[20];
    auto* stamp_end = std::to_chars(std::begin(stamp_digits), std::end(stamp_digits), unix_seconds()).ptr;
    const std::string_view stamp(stamp_digits, stamp_end), nonce = random_digits(10);
    std::string_view parts[] = {options_.as.token, stamp, nonce};
    out.append("POST ").append(path).append("?signature=").append(view(codec_.sign(parts)));
    out.append("&timestamp=")
        .append(stamp)
        .append("&nonce=")
        .append(nonce)
        .append("&openid=")
        .append(c.openid);
    if (options_.as.safe) {
        std::string_view sealed[] = {options_.as.token, stamp, nonce, encrypted_};
        out.append("&encrypt_type=aes&msg_signature=").append(view(codec_.sign(sealed)));
    }
    out.append(" HTTP/1.1\r\nHost: ").append(host);
    out.append("\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nContent-Type: text/xml\r\nContent-Length: ");
    append_number(body_.size(), out);
    out.append("\r\n\r\n").append(body_);
}

verdict citizens::open_reply(citizen& c, std::string_view& shown)
{
    static constexpr std::string_view tags[] = {"<Encrypt>", "<MsgSignature>", "<TimeStamp>", "<Nonce>"};
    for (std::size_t i = 0; i < 4; ++i)
        if (!element(shown, tags[i], envelope_[i])) return verdict::not_an_envelope;
    std::string_view parts[] = {options_.as.token, envelope_[2], envelope_[3], envelope_[0]};
    if (view(codec_.sign(parts)) != envelope_[1]) return verdict::bad_signature;
    const char* reason = "";
    auto clear = codec_.open(envelope_[0], reason);
    shown = clear.empty() ? reason : clear;
    return clear.empty() ? verdict::bad_cipher : check_clear(c, clear);
}

namespace {

// What the echo peers give back: the label of a place, else what was said.
std::string_view echo_of(said kind, std::string_view value)
{
    if (kind != said::location) return value;
    auto label = value.find(' ', value.find(' ') + 1);
    return label == value.npos ? value : value.substr(label + 1);
}

}  // namespace

verdict citizens::check_clear(citizen& c, std::string_view clear)
{
    if (!element(clear, "<ToUserName>", field_) || field_ != c.openid) return verdict::not_swapped;
    if (!element(clear, "<FromUserName>", field_) || field_ != options_.as.original_id)
        return verdict::not_swapped;
    // A reply that is no text shows its title; one without either shows the citizen nothing.
    if ((!element(clear, "<Content>", field_) && !element(clear, "<Title>", field_)) || field_.empty())
        return verdict::empty_content;
    const auto& line = options_.says[c.at];
    if (options_.echo && field_ != echo_of(line.kind, c.said)) return verdict::not_echoed;
    auto missing = [&](const std::string& wanted) { return clear.find(wanted) == clear.npos; };
    if (!options_.echo && std::ranges::any_of(line.expected, missing)) return verdict::not_expected;
    if (c.answered) return clear == c.reply ? verdict::good : verdict::differing;
    c.reply.assign(clear);
    return verdict::good;
}

verdict citizens::judge(std::uint32_t who, std::string_view body, std::string& example)
{
    auto& c = all_[who];
    auto shown = body;
    auto found = verdict::good;
    if (body.empty() || body == "success") {
        const bool due = !options_.says[c.at].may_be_silent;
        found = c.answered && !c.reply.empty() ? verdict::differing : due ? verdict::silent : verdict::good;
        if (!c.answered) c.reply.clear();
    } else {
        found = options_.as.safe ? open_reply(c, shown) : check_clear(c, body);
        if (found == verdict::good && c.silent) found = verdict::differing;
    }
    if (found > verdict::silent && example.empty()) {
        example = name_of(found);
        example.append(" at message ").append(std::to_string(c.at + 1)).append(" of the script, said \"");
        example.append(c.said).append("\", got: ").append(shown);
    }
    return found;
}

}  // namespace load
