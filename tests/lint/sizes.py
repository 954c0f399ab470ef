"""Files of at most 400 lines, tests of 600; functions of at most 60 lines, in tests 100."""

import re

import sources

FILE, TEST_FILE = 400, 600
FUNCTION, TEST_FUNCTION = 60, 100
# As clang-format writes them: the brace of a function stands alone on its line.
OPENING = re.compile(r"^([ ]*)\{$")


def functions(text):
    """(first line, length) of each function body, braces included."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        opening = OPENING.match(line)
        if not opening:
            continue
        closing = opening.group(1) + "}"
        for end in range(at + 1, len(lines)):
            if lines[end].startswith(closing):
                yield at + 1, end - at + 1
                break


def check(root):
    problems = []
    for path in sources.files(root, (".cpp", ".hpp", ".py", ".ts", ".mjs", ".cmake")):
        text = sources.text_of(root, path)
        test = path.startswith("tests/")
        length = text.count("\n")
        if length > (TEST_FILE if test else FILE):
            problems.append(f"{path}:1: {length} lines: split the file by what its parts are about")
        if not path.endswith((".cpp", ".hpp")):
            continue
        for line, size in functions(sources.code_only(text)):
            if size > (TEST_FUNCTION if test else FUNCTION):
                problems.append(f"{path}:{line}: a function of {size} lines")
    return problems
