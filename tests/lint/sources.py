"""What the checks read: the files of the tree that people write, and C++ without its comments and strings."""

import os
import re

ROOMS = ("bot", "cases", "dialogs", "storage", "handlers", "web", "cmake", "deploy", "tests")
SKIPPED = {"node_modules", "build", "dist", "corpus", "__pycache__"}


def files(root, endings, rooms=ROOMS):
    """Paths relative to root, with '/', sorted."""
    found = []
    for room in rooms:
        for folder, names, leaves in os.walk(os.path.join(root, room)):
            names[:] = [n for n in names if n not in SKIPPED and not n.startswith(".")]
            found += [
                os.path.relpath(os.path.join(folder, leaf), root) for leaf in leaves if leaf.endswith(endings)
            ]
    return sorted(found)


def text_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


_TOKEN = re.compile(
    r'R"(?P<tag>[^(\s]{0,16})\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"
    r"|//[^\n]*"
    r"|/\*.*?\*/",
    re.S,
)


def _emptied(match):
    kept = "".join(c if c == "\n" else " " for c in match.group(0))
    return '""' + kept[2:] if match.group(0)[0] in '"R' else kept


def code_only(text):
    """Comments become blanks and strings empty; offsets and line numbers stay."""
    return _TOKEN.sub(_emptied, text)


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1
