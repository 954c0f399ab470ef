#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/load.hpp"
#include "dialogs/engine/yaml_reader.hpp"

#include <cstdio>

namespace dialogs {

namespace {

// Reads one file; a fault is noted and reading goes on with the next thing.
class flow_reader : yaml_reader {
public:
    flow_reader(book& into, const source_file& file, fault_list& faults)
        : yaml_reader(file.path, faults), book_(into)
    {
    }

    void read(const yaml::node& root)
    {
        if (!root.is_map())
            return fault(root, "a flow file is a map");
        known_keys(
            root, {"settings", "commands", "questions", "corrections", "gleaning", "intents", "texts", "unstaffed", "pages", "flow", "title", "consent", "finish",
                   "keeps", "wants", "start_say", "steps"}
        );
        if (const auto settings = root["settings"]) {
            known_keys(settings, {"notice_version", "code_prefix", "duty_on_call", "staff_open", "staff_close"});
            read_minute(settings, "staff_open", book_.staff_hours.open);
            read_minute(settings, "staff_close", book_.staff_hours.close);
            read_text(settings, "notice_version", book_.notice_version);
            read_text(settings, "code_prefix", book_.code_prefix);
            if (const auto duty = settings["duty_on_call"]; duty && !yaml::read(duty, book_.duty_on_call))
                fault(duty, "duty_on_call is true or false");
        }
        if (const auto intents = root["intents"])
            read_intents(intents);
        read_words(root);
        for (const auto& entry : map_of(root["commands"]))
            read_command(entry.first, entry.second);
        if (!root["flow"])
            for (const auto& entry : map_of(root["texts"]))
                read_named_text(entry.first, entry.second, book_.texts);
        for (const auto& entry : map_of(root["unstaffed"]))
            read_named_text(entry.first, entry.second, book_.unstaffed);
        for (const auto& node : list_of(root["pages"]))
            read_page(node);
        if (root["flow"])
            read_flow(root);
    }

private:
    void read_intents(const yaml::node& node)
    {
        known_keys(node, {"sure", "sure_in_offer", "open"});
        book_.intents.path = path_;
        read_probability(node, "sure", book_.intents.sure);
        read_probability(node, "sure_in_offer", book_.intents.sure_in_offer);
        for (const auto& entry : map_of(node["open"]))
            book_.intents.opens.emplace(entry.first.text(), intent_target{entry.second.text(), line_of(entry.second)});
    }

    void read_probability(const yaml::node& map, const char* key, double& into)
    {
        if (!yaml::read(map[key], into) || into <= 0 || into > 1)
            fault(map, std::string("'") + key + "' is a probability above 0, at most 1");
    }

    // Lists of words that the engine looks for in what citizens say.
    void read_words(const yaml::node& root)
    {
        const auto lists = [&](const char* key, std::initializer_list<std::pair<std::string_view, std::vector<std::string>*>> into) {
            for (const auto& entry : map_of(root[key])) {
                const auto at = std::find_if(into.begin(), into.end(), [&](const auto& list) { return list.first == entry.first.text(); });
                if (at == into.end())
                    fault(entry.first, "unknown key '" + entry.first.text() + "'");
                else
                    *at->second = texts_of(entry.second);
            }
        };
        auto& asks = book_.questions;
        lists("questions", {{"ends", &asks.ends}, {"about", &asks.about}, {"marks", &asks.marks}});
        auto& put = book_.corrections;
        lists("corrections", {{"leads", &put.leads}, {"verbs", &put.verbs}, {"wrong", &put.wrong}, {"becomes", &put.becomes}, {"is", &put.is}});
        auto& glean = book_.gleaning;
        lists("gleaning", {{"after_name", &glean.after_name}, {"before_place", &glean.before_place}, {"after_place", &glean.after_place},
                           {"before_company", &glean.before_company}, {"companies", &glean.companies}});
    }

    // "09:00"
    void read_minute(const yaml::node& map, const char* key, int& into)
    {
        std::string text;
        if (!read_text(map, key, text))
            return;
        int hour = 0, minute = 0;
        if (std::sscanf(text.c_str(), "%2d:%2d", &hour, &minute) != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return fault(map[key], std::string("'") + key + "' is a time like 09:00");
        into = hour * 60 + minute;
    }

    void read_command(const yaml::node& key, const yaml::node& words)
    {
        const auto at = std::find(command_names.begin(), command_names.end(), key.text());
        if (at == command_names.end())
            return fault(key, "unknown command '" + key.text() + "'");
        const auto what = static_cast<command>(at - command_names.begin());
        // These mean something only where they are asked for, or where nothing is under way.
        const bool everywhere = what != command::crisis_clear_no && what != command::crisis_leave &&
                                what != command::ack && what != command::done && what != command::keep && what != command::skip && what != command::none_right;
        for (const auto& word : texts_of(words)) {
            const auto said = plain(word);
            book_.command_words[static_cast<std::size_t>(what)].emplace(said, true);
            if (everywhere && !book_.commands.emplace(said, what).second)
                fault(words, "'" + word + "' belongs to two commands");
        }
    }

    void read_named_text(const yaml::node& key, const yaml::node& node, book::text_table& into)
    {
        const auto at = std::find_if(text_names.begin(), text_names.end(), [&](const text_name& t) {
            return t.name == key.text();
        });
        if (at == text_names.end())
            return fault(key, "unknown text '" + key.text() + "'");
        if (!node.is_text() || node.text().empty())
            return fault(key, "text '" + key.text() + "' is empty");
        auto& slot = into[static_cast<std::size_t>(at - text_names.begin())];
        if (!slot.empty())
            fault(key, "text '" + key.text() + "' stands twice");
        slot = node.text();
        check_placeholders(node, slot, at->placeholders);
    }

    void opener(const yaml::node& node, const std::string& word, const std::string& to)
    {
        if (!book_.openers.emplace(plain(word), to).second)
            fault(node, "'" + word + "' opens two things");
    }

    void read_page(const yaml::node& node)
    {
        known_keys(node, {"id", "say", "text", "choices"});
        page made;
        made.path = path_;
        made.line = line_of(node);
        if (!read_text(node, "id", made.id))
            return fault(node, "page without an id");
        if (!read_text(node, "text", made.text))
            fault(node, "page '" + made.id + "': missing text");
        for (const auto& word : texts_of(node["say"]))
            opener(node["say"], word, "menu/" + made.id);
        for (const auto& item : list_of(node["choices"])) {
            choice offered;
            known_keys(item, {"label", "to"});
            if (!read_text(item, "label", offered.label) || !read_text(item, "to", offered.target))
                fault(item, "page '" + made.id + "': a choice needs label and to");
            else
                made.choices.push_back(std::move(offered));
        }
        if (!book_.pages.emplace(made.id, made).second)
            fault(node, "page '" + made.id + "' stands twice");
    }

    void read_flow(const yaml::node& root)
    {
        flow made;
        made.path = path_;
        made.line = line_of(root["flow"]);
        read_text(root, "flow", made.id);
        if (!read_text(root, "title", made.title))
            fault(root["flow"], "flow '" + made.id + "': missing title");
        std::string consent;
        if (read_text(root, "consent", consent) && consent != "required")
            fault(root["consent"], "consent is 'required' or absent");
        made.needs_consent = !consent.empty();
        if (read_text(root, "finish", made.finish))
            made.ends = find_ending(made.finish);
        if (!made.ends)
            fault(root["flow"], "flow '" + made.id + "': 'finish' names no ending of endings.cpp: '" + made.finish + "'");
        read_bool(root, "keeps", made.keeps);
        read_wants(made.needs, root["wants"]);
        for (const auto& entry : map_of(root["texts"]))
            read_own_text(made, entry.first, entry.second);
        for (const auto& word : texts_of(root["start_say"]))
            opener(root["start_say"], word, made.id + "/start");
        for (const auto& node : list_of(root["steps"]))
            step_reader(path_, faults_).read(made, node);
        if (made.steps.empty())
            fault(root["flow"], "flow '" + made.id + "' has no steps");
        const auto id = made.id;
        if (!book_.flows.emplace(id, std::move(made)).second)
            fault(root["flow"], "flow '" + id + "' stands twice");
    }

    void read_own_text(flow& into, const yaml::node& key, const yaml::node& node)
    {
        if (!node.is_text() || node.text().empty())
            return fault(key, "text '" + key.text() + "' is empty");
        if (!into.texts.emplace(key.text(), node.text()).second)
            return fault(key, "text '" + key.text() + "' stands twice");
        into.text_lines.emplace(key.text(), line_of(key));
    }

    book& book_;
};

}  // namespace

void read_flow_file(book& into, const source_file& file, fault_list& faults)
{
    try {
        flow_reader(into, file, faults).read(yaml::document(file.content).root());
    } catch (const yaml::error& e) {
        faults.add(file.path, e.line, e.what());
    }
}

}  // namespace dialogs
