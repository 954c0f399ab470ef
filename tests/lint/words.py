"""Names that say nothing, notes that promise work, and sentences for people in code instead of data."""

import os
import re

import sources

EMPTY_NAMES = {"manager", "managers", "helper", "helpers", "util", "utils", "common", "misc"}
IDENTIFIER = re.compile(r"(?<![\w])(?:std::)?[A-Za-z_]\w*")
NOTE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Ideographs; punctuation alone says nothing. Sentences live in data files; tests read them back.
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# The rooms that read Chinese: numerals, units and answers are their grammar. They say nothing to anybody.
READERS = ("dialogs/understanding/", "dialogs/engine/readers", "dialogs/knowledge/")
CODE = (".cpp", ".hpp", ".cmake", "CMakeLists.txt", ".py", ".sh", ".mjs")


def parts(name, test):
    """manager of case_manager and, where names are not sentences as in tests, of CaseManager."""
    words = name.split("_") if test else re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
    return {word.lower() for word in words}


def empty_names(path, code):
    test = path.startswith("tests/")
    stem = os.path.splitext(os.path.basename(path))[0]
    if parts(stem, test) & EMPTY_NAMES:
        yield f"{path}:1: the file's name says nothing about it"
    code = re.sub(r"^[ \t]*#[ \t]*include[^\n]*", "", code, flags=re.M)
    seen = set()
    for match in IDENTIFIER.finditer(code):
        name = match.group(0)
        if name.startswith("std::") or name in seen or not parts(name, test) & EMPTY_NAMES:
            continue
        seen.add(name)
        yield f"{path}:{sources.line_at(code, match.start())}: {name}: the name says nothing"


def chinese_lines(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        found = CHINESE.search(line)
        if found:
            yield f"{path}:{number}: '{found.group(0)}': words for people stand in data files"


def check(root):
    problems = []
    for path in sources.files(root, CODE):
        text = sources.text_of(root, path)
        if path.startswith("tests/lint/"):
            continue
        for match in NOTE.finditer(text):
            problems.append(f"{path}:{sources.line_at(text, match.start())}: {match.group(1)}: do it or write an issue")
        if path.endswith((".cpp", ".hpp")):
            problems += empty_names(path, sources.code_only(text))
        if not path.startswith(("tests/",) + READERS):
            problems += chinese_lines(path, text)
    return problems
