"""BEGIN, COMMIT and ROLLBACK are sent as statements: the connector's own calls swallow errors."""

import re

import sources

CALL = re.compile(r"(?:->|\.)\s*(commit|rollback|setAutoCommit)\s*\(")
USES_CONNECTOR = re.compile(r'#\s*include\s*[<"](?:cppconn/|mysql_)')


def check(root):
    problems = []
    for path in sources.files(root, (".cpp", ".hpp"), ("bot", "storage", "handlers", "tests")):
        text = sources.text_of(root, path)
        if not USES_CONNECTOR.search(text):
            continue
        code = sources.code_only(text)
        problems += [
            f"{path}:{sources.line_at(code, m.start())}: {m.group(1)}() of the connector hides its errors"
            for m in CALL.finditer(code)
        ]
    return problems
