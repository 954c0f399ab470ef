#include "tests/unit/dialogs/flow_coverage.hpp"

#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace test {

using namespace dialogs;

coverage::coverage(book data, const book& staffed) : data_(std::move(data))
{
    for (std::size_t i = 0; i < text_names.size(); ++i) {
        const std::string name(text_names[i].name);
        if (static_cast<text_id>(i) != text_id::weekdays)  // said word by word
            sentence_of("text " + name, data_.texts[i]);
        if (staffed.texts[i] != data_.texts[i])
            sentence_of("text on call " + name, staffed.texts[i]);
    }
    for (const auto& [id, page] : data_.pages)
        all_.insert("page " + id);
    for (const auto& [id, flow] : data_.flows) {
        for (const auto& [name, text] : flow.texts)
            sentence_of("text " + id + "." + name, text);
        for (const auto& s : flow.steps) {
            all_.insert(id + "/" + s.id);
            for (const auto& o : s.options)
                all_.insert(id + "/" + s.id + " = " + o.value);
        }
    }
}

void coverage::sentence_of(const std::string& node, const std::string& text)
{
    all_.insert(node);
    sentence made{node, {}};
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        auto piece = std::string(rest.substr(0, open));
        while (!piece.empty() && (piece.back() == '\n' || piece.back() == ' '))
            piece.pop_back();
        if (!piece.empty())
            made.pieces.push_back(std::move(piece));
        if (open == std::string_view::npos)
            break;
        const auto close = rest.find('}', open);
        rest.remove_prefix(close == std::string_view::npos ? rest.size() : close + 1);
    }
    if (made.pieces.empty())
        visited_.insert(node);  // nothing but a placeholder: nothing to recognise
    sentences_.push_back(std::move(made));
}

void coverage::visit(const std::string& node)
{
    if (all_.contains(node))
        visited_.insert(node);
}

void coverage::look_at(const frame& f)
{
    const auto flow = data_.flows.find(f.flow);
    if (flow == data_.flows.end())
        return;
    visit(f.flow + "/" + f.step);
    for (const auto& step : f.asked)
        visit(f.flow + "/" + step);
    for (const auto& s : flow->second.steps)
        if (const auto slot = f.slots.find(s.slot); slot != f.slots.end() && answered(f, s.id))
            for (const auto& o : s.options)
                if (o.value == slot->second.value || (slot->second.value.empty() && o.value == "skip") || o.label == slot->second.value)
                    visit(f.flow + "/" + s.id + " = " + o.value);
}

bool coverage::answered(const frame& f, const std::string& step) { return std::find(f.asked.begin(), f.asked.end(), step) != f.asked.end(); }

void coverage::said(const std::string& text)
{
    std::erase_if(sentences_, [&](const sentence& s) {
        std::size_t at = 0;
        for (const auto& piece : s.pieces) {
            at = text.find(piece, at);
            if (at == std::string::npos)
                return false;
            at += piece.size();
        }
        visited_.insert(s.node);
        done_by(s.node);
        return true;
    });
}

// A step of code that ends its dialogue is in no state afterwards: what it has said shows that it ran.
void coverage::done_by(const std::string& node)
{
    for (const auto& [id, flow] : data_.flows)
        for (const auto& s : flow.steps) {
            if (s.type != slot_type::run || !s.does)
                continue;
            std::istringstream names{std::string(s.does->texts)};
            for (std::string name; names >> name;)
                if (node == "text " + id + "." + name)
                    visit(id + "/" + s.id);
        }
}

void coverage::turn(const conversation& before, const dialogs::said& what, const conversation& after, const dialogs::turn& made)
{
    for (const auto& f : after.stack)
        look_at(f);
    if (after.paused)
        look_at(*after.paused);
    if (!after.page.empty())
        visit("page " + after.page);
    for (const auto& r : made.replies) {
        said(r.text);
        for (const auto& c : r.choices)
            said(c.label);
    }
    for (const auto& e : made.effects) {
        if (const auto* later = std::get_if<send_later>(&e))
            said(later->text);
        if (const auto* delivered = std::get_if<deliver_material>(&e))
            said(delivered->meaning);
    }
    // A choice that leaves its dialogue, or ends it, is in no state afterwards.
    if (before.stack.empty())
        return;
    const auto& f = before.stack.back();
    const auto flow = data_.flows.find(f.flow);
    const auto* s = flow == data_.flows.end() ? nullptr : flow->second.find(f.step);
    const auto heard = hear(what);
    if (!s)
        return;
    for (const auto& o : s->options)
        if (heard.target == o.target)
            visit(f.flow + "/" + s->id + " = " + o.value);
    if (const auto word = s->words.find(heard.plain); word != s->words.end())
        visit(f.flow + "/" + s->id + " = " + s->options[static_cast<std::size_t>(word->second)].value);
}

std::vector<std::string> coverage::missing() const
{
    std::vector<std::string> out;
    std::set_difference(all_.begin(), all_.end(), visited_.begin(), visited_.end(), std::back_inserter(out));
    return out;
}

}  // namespace test
