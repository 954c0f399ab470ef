#include "dialogs/knowledge/answer_cards.hpp"

#include "cases/dispute_type.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/knowledge/card_index.hpp"
#include "dialogs/knowledge/cited_law_rows.hpp"
#include "dialogs/knowledge/clock_table.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace dialogs {

struct answer_cards::impl {
    std::vector<answer_card> cards;
    std::map<std::string, std::size_t, std::less<>> by_id;
    std::vector<way_out> ways;
    std::vector<std::string> topics;
    // Made by the first search: no server needs it before it answers, and some never.
    std::once_flag indexed;
    card_index index;

    const card_index& searched();
};

namespace {

// A clerk's answer is short: these are the most characters, and the fewest and most entries, of a card.
constexpr long title_characters = 20, prose_characters = 160;

struct bounds {
    const char* key;
    std::size_t fewest, most;
};

std::string_view stem(std::string_view path)
{
    const auto slash = path.rfind('/');
    const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return name.substr(0, name.rfind('.'));
}

class card_reader {
public:
    card_reader(answer_cards::impl& into, const card_file& from) : into_(into), path_(from.path), file_(from.path, from.content) {}

    void read()
    {
        file_.only_keys(file_.root(), {"topic", "cards"});
        if (file_.text(file_.root(), "topic") != stem(path_))
            file_.fault(file_.root(), "the topic is the file's name");
        for (const auto& row : file_.rows(file_.root(), "cards"))
            read_card(row);
        file_.finish();
    }

private:
    std::string prose(const yaml::node& row, const char* key, long most)
    {
        auto said = file_.text(row, key);
        if (count_characters(said) > most)
            file_.fault(row[key], std::string(key) + " is longer than " + std::to_string(most) + " characters");
        return said;
    }
    std::vector<std::string> some(const yaml::node& row, const bounds& within)
    {
        auto list = file_.texts(row, within.key);
        if (list.size() < within.fewest || list.size() > within.most)
            file_.fault(row, std::string(within.key) + " has " + std::to_string(within.fewest) + " to " + std::to_string(within.most) +
                                 " entries");
        return list;
    }
    bool flag(const yaml::node& row, const char* key)
    {
        bool on = false;
        if (row[key] && !yaml::read(row[key], on))
            file_.fault(row[key], std::string(key) + " is true or false");
        return on;
    }

    void read_card(const yaml::node& row)
    {
        file_.only_keys(row, {"id", "title", "label", "types", "phrases", "facts", "restate", "rule", "law", "means", "deadlines",
                              "evidence", "ways", "aid", "danger"});
        answer_card made;
        made.path = path_;
        made.line = row.line();
        made.id = file_.text(row, "id");
        made.title = prose(row, "title", title_characters);
        made.label = file_.text(row, "label");
        made.types = file_.texts(row, "types");
        made.phrases = some(row, {"phrases", 3, 12});
        made.facts = some(row, {"facts", 1, 4});
        made.restate = prose(row, "restate", prose_characters);
        made.rule = prose(row, "rule", prose_characters);
        made.law = read_cited_laws(file_, row);
        made.means = prose(row, "means", prose_characters);
        made.deadlines = file_.texts(row, "deadlines");
        made.evidence = some(row, {"evidence", 1, 6});
        made.ways = some(row, {"ways", 1, 8});
        made.aid = flag(row, "aid");
        made.danger = flag(row, "danger");
        check_names(row, made);
        if (!into_.by_id.emplace(made.id, into_.cards.size()).second)
            file_.fault(row, "the card " + made.id + " stands there twice");
        into_.cards.push_back(std::move(made));
    }

    void check_names(const yaml::node& row, const answer_card& made)
    {
        for (const auto& type : made.types)
            if (!cases::is_dispute_type(type))
                file_.fault(row, "no dispute type has the id " + type);
        for (const auto& clock : made.deadlines)
            if (std::find(std::begin(clock_ids), std::end(clock_ids), clock) == std::end(clock_ids))
                file_.fault(row, "no clock has the id " + clock);
        for (const auto& way : made.ways)
            if (std::none_of(into_.ways.begin(), into_.ways.end(), [&](const way_out& w) { return w.id == way; }))
                file_.fault(row, "no way out has the id " + way);
    }

    answer_cards::impl& into_;
    std::string path_;
    sheet file_;
};

void read_words(answer_cards::impl& into, const card_file& from)
{
    sheet file(from.path, from.content);
    file.only_keys(file.root(), {"ways", "topics"});
    for (const auto& row : file.rows(file.root(), "ways")) {
        file.only_keys(row, {"id", "text", "label", "to"});
        way_out made{file.text(row, "id"), file.text(row, "text"), file.text_if_any(row, "label"), file.text_if_any(row, "to")};
        if (made.label.empty() != made.to.empty())
            file.fault(row, "a tap has a label and leads somewhere");
        into.ways.push_back(std::move(made));
    }
    into.topics = file.texts(file.root(), "topics");
    file.finish();
}

// Topics without a card are not offered; those that nobody listed come last.
void settle_topics(answer_cards::impl& into)
{
    std::erase_if(into.topics, [&](const std::string& topic) {
        return std::none_of(into.cards.begin(), into.cards.end(), [&](const answer_card& c) { return c.label == topic; });
    });
    for (const auto& card : into.cards)
        if (std::find(into.topics.begin(), into.topics.end(), card.label) == into.topics.end())
            into.topics.push_back(card.label);
}

}  // namespace

const card_index& answer_cards::impl::searched()
{
    std::call_once(indexed, [this] {
        for (std::uint32_t i = 0; i < cards.size(); ++i) {
            const auto& card = cards[i];
            index.add_phrase(i, card.title);
            for (const auto& phrase : card.phrases)
                index.add_phrase(i, phrase);
            index.add_prose(i, card.restate + " " + card.label + " " + card.rule);
        }
        index.build();
    });
    return index;
}

answer_cards::answer_cards() : impl_(std::make_unique<impl>()) {}
answer_cards::~answer_cards() = default;
answer_cards::answer_cards(answer_cards&&) noexcept = default;
answer_cards& answer_cards::operator=(answer_cards&&) noexcept = default;

answer_cards::answer_cards(std::span<const card_file> answers, const card_file& words) : impl_(std::make_unique<impl>())
{
    std::vector<std::string> faults;
    const auto gather = [&faults](auto&& read) {
        try {
            read();
        } catch (const flow_error& e) {
            faults.insert(faults.end(), e.faults().begin(), e.faults().end());
        }
    };
    gather([&] { read_words(*impl_, words); });
    for (const auto& file : answers)
        gather([&] { card_reader(*impl_, file).read(); });
    if (!faults.empty())
        throw flow_error(std::move(faults));
    settle_topics(*impl_);
}

const std::vector<answer_card>& answer_cards::all() const { return impl_->cards; }

const answer_card* answer_cards::find(std::string_view id) const
{
    const auto at = impl_->by_id.find(id);
    return at == impl_->by_id.end() ? nullptr : &impl_->cards[at->second];
}

const way_out* answer_cards::way(std::string_view id) const
{
    const auto at = std::find_if(impl_->ways.begin(), impl_->ways.end(), [id](const way_out& w) { return w.id == id; });
    return at == impl_->ways.end() ? nullptr : &*at;
}

const std::vector<std::string>& answer_cards::topics() const { return impl_->topics; }

std::vector<const answer_card*> answer_cards::of_topic(std::string_view label) const
{
    std::vector<const answer_card*> out;
    for (const auto& card : impl_->cards)
        if (card.label == label)
            out.push_back(&card);
    return out;
}

std::vector<card_hit> answer_cards::search(std::string_view question, std::size_t most) const
{
    std::vector<card_hit> out;
    for (const auto& found : impl_->searched().search(question)) {
        if (out.size() == most)
            break;
        out.push_back({&impl_->cards[found.card], found.score, found.covered});
    }
    return out;
}

}  // namespace dialogs
