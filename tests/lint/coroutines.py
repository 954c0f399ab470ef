"""No brace, no '[' and no '?' in a statement with co_await: some compilers destroy such temporaries twice or never.
Also no capturing lambda that is itself a coroutine, and never asio::detached."""

import re

import sources

AWAIT = re.compile(r"\bco_await\b")
BINDING = re.compile(r"auto\s*(?:&&?)?\s*\[[^\]]*\]\s*=")
DETACHED = re.compile(r"\b(?:asio::)detached\b")
LAMBDA = re.compile(r"\[([^\]]*)\]\s*(?:\([^()]*\))?\s*(?:mutable\s*)?(?:->\s*[\w:<>,\s]*?)?\{")


def body_at(code, brace):
    """What stands between code[brace] and the brace that closes it."""
    depth = 0
    for at in range(brace, len(code)):
        if code[at] == "{":
            depth += 1
        elif code[at] == "}":
            depth -= 1
            if depth == 0:
                return code[brace + 1:at]
    return code[brace + 1:]


def capturing_coroutines(code):
    """Offsets of lambdas that capture and have a co_await, co_return or co_yield of their own."""
    for match in LAMBDA.finditer(code):
        if not match.group(1).strip() or re.search(r"(\w|\))\s*$", code[:match.start()]):
            continue  # captures nothing, or is a subscript
        body = body_at(code, match.end() - 1)
        for inner in LAMBDA.finditer(body):
            nested = body_at(body, inner.end() - 1)
            body = body.replace(nested, " " * len(nested), 1)
        if re.search(r"\bco_(await|return|yield)\b", body):
            yield match.start()


def statement_around(code, at):
    """The full expression that holds code[at]: back to the ';', '{' or '}' before it, on to the ';' that ends it."""
    start = at
    depth = 0
    while start > 0:
        c = code[start - 1]
        if c in ")]":
            depth += 1
        elif c in "([":
            depth -= 1
        if c == ";" and depth <= 0:
            break
        if c == "{" and not is_initialiser(code, start - 1):
            break
        if c == "}" and depth <= 0 and not closes_initialiser(code, start - 1):
            break
        start -= 1
    end = at
    depth = 0
    while end < len(code):
        c = code[end]
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
            if depth < 0 and opens_control(code, start):
                break  # the condition of if, while, for, switch ends here
        elif c == ";" and depth <= 0:
            break
        elif c == "{" and depth <= 0 and not is_initialiser(code, end):
            break
        end += 1
    return start, code[start:end]


def is_initialiser(code, brace):
    """Whether this '{' makes a value rather than opens a block."""
    before = code[:brace].rstrip()
    if not before or before[-1] in ";{}":
        return False
    if before[-1] == ")" or re.search(r"\b(else|do|try|const|noexcept|override|final|mutable)$", before):
        return False
    head = before[max(before.rfind(c) for c in ";{}") + 1:]
    return not re.match(r"\s*(?:struct|class|enum|union|namespace)\b", head) and "->" not in head


def closes_initialiser(code, brace):
    depth = 0
    for at in range(brace, -1, -1):
        if code[at] == "}":
            depth += 1
        elif code[at] == "{":
            depth -= 1
            if depth == 0:
                return is_initialiser(code, at)
    return False


def opens_control(code, start):
    return re.match(r"\s*(?:if|while|for|switch)\b", code[start:]) is not None


def check(root):
    problems = []
    for path in sources.files(root, (".cpp", ".hpp"), ("bot", "cases", "dialogs", "storage", "handlers", "tests")):
        text = sources.text_of(root, path)
        code = sources.code_only(text)
        for match in AWAIT.finditer(code):
            _, statement = statement_around(code, match.start())
            statement = BINDING.sub("auto bound =", statement)
            found = [c for c in "{[?" if c in statement]
            if found:
                problems.append(
                    f"{path}:{sources.line_at(code, match.start())}: '{found[0]}' in a statement with co_await:"
                    " name the value on the line above"
                )
        for match in DETACHED.finditer(code):
            problems.append(f"{path}:{sources.line_at(code, match.start())}: asio::detached: use a task_group")
        for at in capturing_coroutines(code):
            problems.append(
                f"{path}:{sources.line_at(code, at)}: a capturing lambda is a coroutine: its captures die with it"
            )
    return problems
