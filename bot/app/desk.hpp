#pragma once
// The commands of whoever works at the desk: free times, invitations, who holds a conversation, requests about stored
// data; and those of whoever edits the texts: replay and the table of texts. Each gives the process's exit code and
// throws configuration_error or std::runtime_error for what main() prints in one sentence.

#include "bot/app/configuration.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bot::app {

struct slots_options {
    configuration settings;
    std::string kind;               // mediation, counselling
    std::string place, with;        // as a citizen is shown them
    std::string from;               // first day, "2026-12-01"; empty: tomorrow
    std::vector<std::string> times; // "09:00"
    int days = 10;                  // working days
    int capacity = 1;
    int limit = 100;
    bool json = false;
};
int slots_add(const slots_options& options, std::ostream& out);
int slots_list(const slots_options& options, std::ostream& out);

struct invite_options {
    configuration settings;
    std::string case_code;
    std::string by = "terminal";
    int days = 15;
    bool clear = false;  // the other side may be asked: a person has looked
    bool json = false;
};
int invite(const invite_options& options, std::ostream& out);

struct owner_options {
    configuration settings;
    std::int64_t citizen = 0;
    std::string who;
    std::string reason;
    std::string text;
    int limit = 100;
    bool all = false;
    bool json = false;
};
int owner_list(const owner_options& options, std::ostream& out);
int owner_take(const owner_options& options, std::ostream& out);
int owner_release(const owner_options& options, std::ostream& out);
int owner_say(const owner_options& options, std::ostream& out);

struct data_options {
    configuration settings;
    std::string code;
    std::string decision;
    std::string state;
    bool json = false;
};
int data_list(const data_options& options, std::ostream& out);
int data_erase(const data_options& options, std::ostream& out);
int data_settle(const data_options& options, std::ostream& out);
int export_citizen(const data_options& options, std::ostream& out);

struct texts_options {
    std::string directory;  // of the data files; empty: the embedded ones
    bool csv = false;       // else separated by tabs
};
int export_texts(const texts_options& options, std::ostream& out);

struct replay_options {
    configuration settings;
    std::int64_t citizen = 0;
    bool all = false;
    int show = 20;             // differences written out
};
// 1 when something differs.
int replay(const replay_options& options, std::ostream& out);

// Adds `hejie slots|invite|owner|data|export|replay`.
void add_desk_commands(CLI::App& app, int& code);

}  // namespace bot::app
