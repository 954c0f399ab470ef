#include "dialogs/engine/consult_answer.hpp"

#include "dialogs/engine/consult_clocks.hpp"
#include "dialogs/knowledge/law_library.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <chrono>

namespace dialogs {

namespace {

// Of an article shown beside a rule; the rest follows when asked for.
constexpr std::size_t shown_characters = 150;
constexpr std::size_t shown_articles = 2;
constexpr int found_articles = 3;
// A law is in force at the latest so long after it was adopted.
constexpr auto longest_before_in_force = std::chrono::days{400};

class answer_writer {
public:
    answer_writer(const book& data, const by_text<std::string>& texts, const legal_matter& matter)
        : data_(data), texts_(texts), matter_(matter), card_(*matter.card)
    {
    }

    written_answer write()
    {
        written_answer out;
        std::string first = card_.danger ? text("danger") + "\n" : std::string{};
        first += fill(text("restate"), {{"restate", card_.restate}}) + told();
        if (card_.aid)
            first += "\n" + text("aid");
        out.parts.push_back(std::move(first));
        const auto standing = standing_of_law();
        if (standing != law_stands::as_read)
            out.parts.push_back(standing == law_stands::gone ? text("gone_law") : fill(text("changed_law"), {{"law", articles(out)}}));
        else
            out.parts.push_back(rule() + articles_below(out));
        std::string here;
        if (standing == law_stands::as_read)
            here = fill(text("means"), {{"means", card_.means}}) + missing();
        if (auto running = clocks(); !running.empty())
            here += (here.empty() ? "" : "\n") + running;
        if (!here.empty())
            out.parts.push_back(std::move(here));
        out.parts.push_back(fill(text("evidence"), {{"list", joined(card_.evidence)}}) + "\n" + ways() + "\n" + text("limits"));
        return out;
    }

private:
    enum class law_stands { as_read, changed, gone };

    const std::string& text(std::string_view name) const { return texts_.find(name)->second; }

    std::string joined(const std::vector<std::string>& list) const
    {
        std::string out;
        for (const auto& item : list)
            out += (out.empty() ? "" : text("listing")) + item;
        return out;
    }

    std::string told() const
    {
        std::vector<std::string> items;
        for (const auto& f : matter_.facts)
            if (!f.value.empty())
                items.push_back(fill(text("told_item"), {{"fact", f.fact}, {"value", f.value}}));
        return items.empty() ? std::string{} : "\n" + fill(text("told"), {{"facts", joined(items)}});
    }

    std::string missing() const
    {
        std::vector<std::string> items;
        for (const auto& f : matter_.facts)
            if (f.value.empty())
                items.push_back(f.fact);
        return items.empty() ? std::string{} : "\n" + fill(text("missing"), {{"facts", joined(items)}});
    }

    std::string rule() const
    {
        std::vector<std::string> cited;
        for (std::size_t i = 0; i < card_.law.size(); ++i) {
            const auto& law = card_.law[i];
            auto articles = law.article;
            while (i + 1 < card_.law.size() && card_.law[i + 1].law == law.law && card_.law[i + 1].version == law.version)
                articles += text("and_article") + card_.law[++i].article;
            cited.push_back(fill(text("cited"), {{"law", law.law},
                                                 {"article", articles},
                                                 {"year", std::to_string(static_cast<int>(law.version.year()))},
                                                 {"month", std::to_string(static_cast<unsigned>(law.version.month()))},
                                                 {"day", std::to_string(static_cast<unsigned>(law.version.day()))}}));
        }
        return fill(text("rule"), {{"rule", card_.rule}, {"law", joined(cited)}});
    }

    // The store says from when a version holds, the card of what day the version is that was read. What begins to hold much
    // later than that is a newer version; where the store has the older one too, only another wording counts.
    bool changed_since(const cited_law& cited, const article_text& found) const
    {
        const auto read_by = std::chrono::sys_days{cited.version} + longest_before_in_force;
        if (!found.valid_from || std::chrono::sys_days{*found.valid_from} <= read_by)
            return false;
        const auto then = data_.laws->show(cited.law, cited.article, cases::date{read_by});
        return !then || then->text != found.text;
    }

    // No article, no rule: with a law store at hand every article must be in force there and not be of a newer version.
    // A law that the store does not have at all says nothing about it.
    law_stands standing_of_law() const
    {
        if (!data_.laws)
            return law_stands::as_read;
        auto out = law_stands::as_read;
        for (const auto& cited : card_.law) {
            const auto found = data_.laws->show(cited.law, cited.article, matter_.today);
            const bool known = found || data_.laws->show(cited.law, "1", matter_.today);
            if (!known)
                continue;
            if (!found || found->status == standing::repealed)
                return law_stands::gone;
            if (changed_since(cited, *found))
                out = law_stands::changed;
        }
        return out;
    }

    std::string articles(written_answer& out) const
    {
        std::string all;
        std::size_t shown = 0;
        for (const auto& cited : card_.law) {
            const auto found = data_.laws->show(cited.law, cited.article, matter_.today);
            if (!found)
                continue;
            if (shown++ == shown_articles) {
                out.more_articles = true;
                break;
            }
            const auto head = first_characters(found->text, shown_characters);
            const bool cut = head.size() < found->text.size();
            out.more_articles |= cut;
            all += (all.empty() ? "" : "\n") +
                   fill(text(cut ? "verbatim_cut" : "verbatim"), {{"law", found->law}, {"article", found->article}, {"text", head}});
        }
        return all;
    }
    std::string articles_below(written_answer& out) const
    {
        if (!data_.laws)
            return {};
        const auto all = articles(out);
        return all.empty() ? all : "\n" + all;
    }

    std::string clocks() const
    {
        std::string lines;
        bool counted = false;
        for (const auto& id : card_.deadlines) {
            const auto* clock = data_.clocks.find(id);
            const auto start = clock->question == matter_.clock_question ? matter_.start : std::string{};
            const auto line = clock_line(data_, texts_, *clock, start, matter_.today);
            counted |= line.counted;
            lines += (lines.empty() ? "" : "\n") + line.text;
        }
        if (lines.empty())
            return lines;
        return fill(text("clocks"), {{"clocks", lines}, {"authority", text(counted ? "authority" : "authority_general")}});
    }

    std::string ways() const
    {
        std::string lines;
        for (const auto& id : card_.ways)
            if (const auto* way = data_.cards.way(id))
                lines += (lines.empty() ? "" : "\n") + fill(text("way_line"), {{"way", way->text}});
        return fill(text("ways"), {{"ways", lines}});
    }

    const book& data_;
    const by_text<std::string>& texts_;
    const legal_matter& matter_;
    const answer_card& card_;
};

}  // namespace

written_answer write_answer(const book& data, const by_text<std::string>& texts, const legal_matter& matter)
{
    return answer_writer(data, texts, matter).write();
}

std::vector<std::string> write_articles(const book& data, const by_text<std::string>& texts, const answer_card& card, cases::date today)
{
    std::vector<std::string> out;
    if (data.laws)
        for (const auto& cited : card.law)
            if (const auto found = data.laws->show(cited.law, cited.article, today))
                out.push_back(fill(texts.find("verbatim")->second, {{"law", found->law}, {"article", found->article}, {"text", found->text}}));
    return out;
}

std::optional<std::string> write_found(const book& data, const by_text<std::string>& texts, const std::string& question, cases::date today)
{
    if (!data.laws)
        return std::nullopt;
    std::string all;
    for (const auto& found : data.laws->search(question, found_articles, today)) {
        if (found.status != standing::in_force)
            continue;
        const auto head = first_characters(found.text, shown_characters);
        const auto how = head.size() < found.text.size() ? "verbatim_cut" : "verbatim";
        all += (all.empty() ? "" : "\n") +
               fill(texts.find(how)->second, {{"law", found.law}, {"article", found.article}, {"text", head}});
    }
    if (all.empty())
        return std::nullopt;
    return fill(texts.find("found_articles")->second, {{"law", all}});
}

const clock_entry* clock_to_ask(const book& data, const answer_card& card)
{
    for (const auto& id : card.deadlines)
        if (const auto* clock = data.clocks.find(id); clock && clock->length)
            return clock;
    return nullptr;
}

}  // namespace dialogs
