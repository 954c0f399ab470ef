#include "dialogs/understanding/numerals.hpp"

#include "dialogs/understanding/code_points.hpp"

namespace dialogs {

namespace {

constexpr int most_digits = 12;
constexpr int most_decimals = 6;

// 10, 100, 1000, 10^4, 10^8; 0 for anything else.
std::int64_t unit_value(char32_t point)
{
    switch (point) {
        case U'十':
        case U'拾':
            return 10;
        case U'百':
        case U'佰':
            return 100;
        case U'千':
        case U'仟':
            return 1'000;
        case U'万':
        case U'萬':
            return 10'000;
        case U'亿':
        case U'億':
            return 100'000'000;
        default:
            return 0;
    }
}

class reader {
public:
    reader(std::u32string_view text, std::size_t at) : text_{text}, at_{at} { out_.begin = at; }

    std::optional<numeral> read()
    {
        out_.arabic = is_digit(peek());
        while (ok_ && step()) {
        }
        if (!ok_ || !any_)
            return std::nullopt;
        finish();
        if (!ok_)
            return std::nullopt;
        out_.end = at_;
        return out_;
    }

private:
    char32_t peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0'; }

    bool step()
    {
        const char32_t point = peek();
        if (is_digit(point))
            return pending_digits_ == 0 && read_arabic();
        if (chinese_digit(point) >= 0)
            return read_chinese(chinese_digit(point));
        if (unit_value(point) > 0)
            return read_unit(unit_value(point));
        if (point == U'几' && any_) {  // 十几万
            out_.vague = true;
            ++at_;
            pending_ = numeral_scale;
            pending_digits_ = 1;
            return true;
        }
        if (point == U'半' && last_unit_ > 10 && pending_digits_ == 0) {  // 三万半
            add(total_, last_unit_ * numeral_scale / 2);
            ++at_;
            return false;
        }
        return read_letter_unit(point);
    }

    // "35,000.50": commas only before groups of three digits.
    bool read_arabic()
    {
        std::int64_t value = 0;
        int digits = 0;
        for (;;) {
            if (is_digit(peek())) {
                value = value * 10 + static_cast<std::int64_t>(peek() - U'0');
                ++digits;
                ++at_;
            } else if (peek() == U',' && digits > 0 && digits <= 9 && group_follows()) {
                ++at_;
            } else {
                break;
            }
            if (digits > most_digits)
                return ok_ = false;
        }
        pending_ = value * numeral_scale;
        if (peek() == U'.' && is_digit(peek(1)))
            read_decimals();
        pending_digits_ = digits;
        pending_arabic_ = true;
        return any_ = true;
    }

    bool group_follows() const
    {
        return is_digit(peek(1)) && is_digit(peek(2)) && is_digit(peek(3)) && !is_digit(peek(4));
    }

    void read_decimals()
    {
        std::int64_t place = numeral_scale;
        int decimals = 0;
        for (++at_; is_digit(peek()); ++at_, ++decimals) {
            place /= 10;
            pending_ += static_cast<std::int64_t>(peek() - U'0') * place;
        }
        fraction_ = true;
        if (decimals > most_decimals)
            ok_ = false;
    }

    bool read_chinese(int digit)
    {
        if (pending_digits_ > 0 && pending_arabic_)
            return false;  // "3五" is two numbers
        if (digit == 0 && last_unit_ > 0 && pending_digits_ == 0) {  // 一百零五
            zero_ = true;
            ++at_;
            return true;
        }
        if (pending_digits_ >= most_digits)
            return ok_ = false;
        pending_ = pending_ * 10 + digit * numeral_scale;
        pending_arabic_ = false;
        ++pending_digits_;
        ++at_;
        return any_ = true;
    }

    bool read_unit(std::int64_t unit)
    {
        if (pending_digits_ == 0 && (unit >= 10'000 ? section_ + total_ == 0 : unit != 10 || last_unit_ > 0))
            return false;  // "千万" of 千万别; a bare 十 is ten
        if (pending_digits_ > 1 && !pending_arabic_)
            out_.vague = true;  // 三五百
        if (unit < 10'000 && last_unit_ > 0 && last_unit_ <= unit && last_unit_ < 10'000)
            return false;
        const auto times = pending_digits_ == 0 && unit == 10 ? numeral_scale : pending_;
        if (unit < 10'000)
            add(section_, multiplied(times, unit));
        else
            close_section(unit);
        pending_ = 0;
        pending_digits_ = 0;
        zero_ = false;
        last_unit_ = unit;
        out_.has_unit = true;
        ++at_;
        return any_ = true;
    }

    void close_section(std::int64_t unit)
    {
        add(section_, pending_);
        if (unit == 100'000'000) {
            add(section_, total_);
            total_ = 0;
        }
        add(total_, multiplied(section_, unit));
        section_ = 0;
    }

    // 3k, 2w; not 3km.
    bool read_letter_unit(char32_t point)
    {
        if ((point != U'k' && point != U'w') || pending_digits_ == 0 || !pending_arabic_ || is_ascii_word(peek(1)))
            return false;
        pending_ = multiplied(pending_, point == U'k' ? 1'000 : 10'000);
        out_.has_unit = true;
        ++at_;
        return false;
    }

    void finish()
    {
        // 三万五 is 35,000 and 三百五 is 350, but 三百零五 is 305.
        if (pending_digits_ == 1 && last_unit_ > 10 && !zero_ && !fraction_)
            pending_ = multiplied(pending_, last_unit_) / 10;
        if (pending_digits_ > 1 && !pending_arabic_ && last_unit_ > 0)
            out_.vague = true;
        out_.scaled = 0;
        add(out_.scaled, total_);
        add(out_.scaled, section_);
        add(out_.scaled, pending_);
    }

    void add(std::int64_t& to, std::int64_t more)
    {
        if (__builtin_add_overflow(to, more, &to))
            ok_ = false;
    }

    std::int64_t multiplied(std::int64_t a, std::int64_t b)
    {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a, b, &product))
            ok_ = false;
        return product;
    }

    std::u32string_view text_;
    std::size_t at_;
    numeral out_;
    std::int64_t total_ = 0;      // 万 and above
    std::int64_t section_ = 0;    // below the next 万
    std::int64_t pending_ = 0;    // digits that wait for their unit
    int pending_digits_ = 0;
    bool pending_arabic_ = false;
    bool fraction_ = false;
    bool zero_ = false;
    bool any_ = false;
    bool ok_ = true;
    std::int64_t last_unit_ = 0;
};

}  // namespace

int chinese_digit(char32_t point)
{
    constexpr std::u32string_view plain = U"零一二三四五六七八九";
    constexpr std::u32string_view formal = U"〇壹贰叁肆伍陆柒捌玖";
    constexpr std::u32string_view other = U"○幺两";
    if (const auto at = plain.find(point); at != std::u32string_view::npos)
        return static_cast<int>(at);
    if (const auto at = formal.find(point); at != std::u32string_view::npos)
        return static_cast<int>(at);
    const auto at = other.find(point);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<numeral> numeral_at(std::u32string_view text, std::size_t at)
{
    if (at >= text.size())
        return std::nullopt;
    return reader{text, at}.read();
}

}  // namespace dialogs
