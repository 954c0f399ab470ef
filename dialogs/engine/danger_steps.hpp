#pragma once
// Steps of the frame of somebody in danger: what the next message answers. Only for danger.cpp and danger_talk.cpp.

#include <string_view>

namespace dialogs {

inline constexpr std::string_view danger_thoughts = "ask";     // the gentle question of C2
inline constexpr std::string_view danger_company = "present";  // is somebody with you?
inline constexpr std::string_view danger_where = "where";
inline constexpr std::string_view danger_third = "third";      // about somebody else
inline constexpr std::string_view danger_safe = "safe";        // are you safe? (violence at home)
inline constexpr std::string_view danger_private = "private";  // can others read this?
inline constexpr std::string_view danger_help = "help";        // what there is for people who are beaten

}  // namespace dialogs
