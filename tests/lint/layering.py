"""Who may include whom. The arrow: bot/base <- cases <- dialogs <- storage ports <- bot/turns <- handlers <- bot/app;
adapters (storage/sqlite, storage/mysql ...) hang off the side and are named by bot/app only."""

import re

import sources

ADAPTERS = ("storage/sqlite/", "storage/mysql/")
ANY = None

# Longest matching folder wins: folder -> (own headers it may include, third-party headers it may include anywhere,
# those it may include in .cpp only). The standard library and POSIX are not listed: any header without one of FOREIGN
# counts as such. A folder may always include itself.
TABLE = {
    "bot/base": ((), ("boost/system/",), ("spdlog/", "prometheus/", "fmt/")),
    "cases": (("bot/base/",), (), ()),
    "dialogs": (("bot/base/", "cases/"), ("boost/system/",), ("yaml.h", "unicode/", "boost/json", "boost/container/")),
    "storage": (
        ("bot/base/", "bot/async/", "cases/", "dialogs/"),
        ("boost/asio/awaitable.hpp", "boost/system/"),
        ("openssl/", "boost/json", "boost/url", "sqlite3.h", "cppconn/", "mysql_"),
    ),
    "bot/async": (("bot/base/",), ("boost/asio/", "boost/system/"), ()),
    "bot/net": (("bot/base/", "bot/async/"), ("boost/asio/", "boost/beast/", "boost/system/"), ("openssl/",)),
    "bot/wechat": (
        ("bot/base/", "dialogs/turn.hpp"),
        ("boost/system/",),
        ("openssl/", "pugixml.hpp", "httplib.h", "boost/json"),
    ),
    "bot/wecom": (("bot/base/", "bot/wechat/"), ("boost/system/",), ("openssl/", "pugixml.hpp", "httplib.h", "boost/json")),
    "bot/turns": (
        ("bot/base/", "bot/async/", "bot/wechat/", "cases/", "dialogs/", "storage/"),
        ("boost/asio/", "boost/system/"),
        ("boost/json",),
    ),
    "bot/outbox": (
        ("bot/base/", "bot/async/", "bot/wechat/", "bot/wecom/", "cases/", "dialogs/", "storage/"),
        ("boost/asio/", "boost/system/"),
        ("boost/json",),
    ),
    "bot/simulator": (
        ("bot/base/", "bot/async/", "bot/net/", "bot/wechat/", "bot/wecom/"),
        ("boost/asio/", "boost/system/"),
        ("httplib.h", "boost/json", "openssl/"),
    ),
    "bot/phrasing": (("bot/base/", "cases/", "dialogs/"), ("boost/system/",), ("httplib.h", "boost/json", "boost/url")),
    "handlers": (
        (
            "bot/base/", "bot/async/", "bot/net/", "bot/wechat/", "bot/wecom/", "bot/turns/", "bot/outbox/",
            "cases/", "dialogs/", "storage/",
        ),
        ("boost/asio/", "boost/system/"),
        ("boost/json", "boost/url", "openssl/"),
    ),
    "web": (("bot/base/",), (), ()),
    "bot/app": (ANY, ANY, ANY),
}

FOREIGN = re.compile(
    r"boost/|openssl/|cppconn/|mysql|sqlite3|httplib|pugixml|yaml\.h|toml|CLI/|spdlog/|fmt/|prometheus/|unicode/"
)
# Driver headers by the only folder that may see them, and never in a header that others include.
DRIVERS = {"sqlite3": "storage/", "cppconn/": "storage/", "mysql": "storage/"}
BEAST_STREAM_FILES = ("bot/net/session", "bot/net/websocket", "bot/net/request_parser", "bot/net/separate_compilation")
BEAST_VALUES = ("boost/beast/core/string.hpp", "boost/beast/http/status.hpp")
# Shared by the .cpp files of one folder, seen by nobody else; they may use what a .cpp may.
PRIVATE_HEADERS = {
    "bot/simulator/api.hpp",
    "bot/simulator/pages_json.hpp",
    "bot/wechat/openssl.hpp",
    "dialogs/engine/stored_json.hpp",
    "dialogs/engine/yaml_reader.hpp",
    "dialogs/understanding/sheet.hpp",
}
# Of these, one that the .cpp files of a whole room share: whatever reads tables.
SHARED_IN_ROOM = {"dialogs/understanding/sheet.hpp": "dialogs/"}
PURE = ("cases/", "dialogs/")
IMPURE = re.compile(r"\b(system_clock|steady_clock|random_device|std::thread|std::mutex|std::ifstream|std::ofstream|getenv)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.M)


def row_of(path):
    folders = [folder for folder in TABLE if path.startswith(folder + "/")]
    return max(folders, key=len) if folders else None


def why_not(path, header):
    """None when path may include header."""
    folder = row_of(path)
    if folder is None:
        return "stands in a folder that the table does not know"
    own, everywhere, in_cpp = TABLE[folder]
    if "boost/beast/" in header and header not in BEAST_VALUES and not path.startswith(BEAST_STREAM_FILES):
        return "Beast streams are known to bot/net/session only"
    if "httplib" in header and not path.endswith(".cpp"):
        return "cpp-httplib is included in .cpp files only"
    for driver, home in DRIVERS.items():
        if header.startswith(driver) and not (path.startswith(home) and path.endswith(".cpp")):
            return "a database driver is known to .cpp files of its adapter only"
    if "cppconn/" in header and "mysql" not in path:
        return "the connector is known to the MySQL adapter only"
    if own is ANY:
        return None
    if FOREIGN.match(header):
        inside = path.endswith(".cpp") or path in PRIVATE_HEADERS
        allowed = everywhere + (in_cpp if inside else ())
        return None if header.startswith(allowed) else f"{folder} does not use this library here"
    if "/" not in header or row_of(header) is None:
        return None
    if header.startswith(ADAPTERS) and not path.startswith("storage/"):
        return "only bot/app names an adapter"
    if header in PRIVATE_HEADERS and header.rsplit("/", 1)[0] != path.rsplit("/", 1)[0]:
        if not (path.endswith(".cpp") and path.startswith(SHARED_IN_ROOM.get(header, "\0"))):
            return "a private header of another folder"
    if row_of(header) == folder or header.startswith(own):
        return None
    return f"against the arrow: {folder} may not know {row_of(header)}"


def check(root):
    problems = []
    for path in sources.files(root, (".cpp", ".hpp"), ("bot", "cases", "dialogs", "storage", "handlers", "web")):
        text = sources.text_of(root, path)
        for match in INCLUDE.finditer(text):
            reason = why_not(path, match.group(1))
            if reason:
                problems.append(f"{path}:{sources.line_at(text, match.start())}: {match.group(1)}: {reason}")
        if path.startswith(PURE):
            code = sources.code_only(text)
            problems += [
                f"{path}:{sources.line_at(code, m.start())}: {m.group(1)}: this room is pure"
                for m in IMPURE.finditer(code)
            ]
    return problems
