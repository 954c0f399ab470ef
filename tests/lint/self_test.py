#!/usr/bin/env python3
"""self_test.py COMPILER: plants violations in a temporary tree and sees each one found, and fair code left alone."""

import importlib
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
COMPILER = sys.argv.pop() if len(sys.argv) > 1 else "clang++-19"


def found(check, path, text):
    """What the check says about a tree of this one file."""
    with tempfile.TemporaryDirectory() as root:
        plant(root, path, text)
        return importlib.import_module(check).check(root)


def plant(root, path, text):
    target = os.path.join(root, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)


class Planted(unittest.TestCase):
    def refuses(self, check, path, text):
        self.assertTrue(found(check, path, text), f"{check} overlooks {path}: {text[:200]}")

    def accepts(self, check, path, text):
        self.assertEqual(found(check, path, text), [])

    def test_layering(self):
        for path, header in (
            ("bot/base/a.cpp", '"cases/life_cycle.hpp"'),
            ("bot/base/a.hpp", "<spdlog/logger.h>"),
            ("cases/a.cpp", '"dialogs/turn.hpp"'),
            ("cases/a.cpp", "<boost/json.hpp>"),
            ("dialogs/engine/a.cpp", '"storage/case_store.hpp"'),
            ("dialogs/engine/a.cpp", "<boost/asio/awaitable.hpp>"),
            ("dialogs/engine/a.hpp", "<yaml.h>"),
            ("storage/a.cpp", '"bot/turns/pipeline.hpp"'),
            ("storage/a.hpp", "<boost/asio/steady_timer.hpp>"),
            ("storage/sqlite/a.hpp", "<sqlite3.h>"),
            ("storage/sqlite/a.cpp", "<cppconn/driver.h>"),
            ("bot/turns/a.cpp", '"storage/sqlite/journal.hpp"'),
            ("bot/turns/a.cpp", '"handlers/webhook.hpp"'),
            ("bot/turns/a.cpp", "<cppconn/driver.h>"),
            ("bot/async/a.hpp", '"bot/net/server.hpp"'),
            ("bot/net/server.cpp", "<boost/beast/core/tcp_stream.hpp>"),
            ("handlers/a.cpp", "<boost/beast/http.hpp>"),
            ("handlers/a.cpp", '"bot/app/serve.hpp"'),
            ("bot/wechat/a.hpp", "<httplib.h>"),
            ("bot/app/a.hpp", "<httplib.h>"),
            ("bot/app/a.cpp", "<sqlite3.h>"),
            ("bot/unknown/a.cpp", "<vector>"),
        ):
            self.refuses("layering", path, f"#include {header}\n")
        self.refuses("layering", "cases/a.cpp", "auto now = std::chrono::system_clock::now();\n")
        self.refuses("layering", "dialogs/engine/a.cpp", "std::random_device seed;\n")
        self.accepts("layering", "dialogs/engine/a.cpp", '// no system_clock here\n#include "cases/a.hpp"\n#include <map>\n')
        self.accepts("layering", "storage/a.hpp", "#include <boost/asio/awaitable.hpp>\n")
        self.accepts("layering", "bot/net/session.cpp", "#include <boost/beast/http/basic_parser.hpp>\n")
        self.accepts("layering", "bot/wechat/a.cpp", "#include <httplib.h>\n#include <openssl/evp.h>\n")

    def test_coroutines(self):
        for statement in (
            "co_await send({});",
            "auto r = co_await send(order{1, text});",
            "co_await f(c ? a : b);",
            "co_await spawn(ex, [s] { run(s); });",
            "auto x = item{a, (co_await g()).b};",
            "use(table[co_await index()]);",
            "co_await f(\n    a,\n    pair{b, c}\n);",
            "co_return co_await f({1});",
        ):
            self.refuses("coroutines", "bot/a.cpp", "task f()\n{\n    begin();\n    " + statement + "\n}\n")
        for statement in (
            "co_await send(order);",
            "auto [a, b] = co_await both();",
            "if (auto r = co_await f(); !r) { stop(); }",
            "while (more) { more = co_await f(); }",
            "try {\n        r = co_await f();\n    } catch (...) {\n        g({1});\n    }",
            "item x{1, 2};\n    co_await f(x);\n    item y{3};",
            "for (auto& e : list) co_await f(e);",
            "co_await f(\"{[?\");  // { [ ?",
        ):
            self.accepts("coroutines", "bot/a.cpp", "task f()\n{\n    begin();\n    " + statement + "\n}\n")
        self.refuses("coroutines", "bot/a.cpp", "void f()\n{\n    co_spawn(io, g(), asio::detached);\n}\n")
        self.refuses("coroutines", "bot/a.cpp", "auto f = [this](int n) -> awaitable<int> { co_return n; };\n")
        self.refuses("coroutines", "bot/a.cpp", "auto f = [&] { co_await g(); };\n")
        self.accepts("coroutines", "bot/a.cpp", "auto f = [this](int n) { return run(n); };\n")
        self.accepts("coroutines", "bot/a.cpp", "auto f = [](int n) -> awaitable<int> { co_return n; };\n")
        self.accepts("coroutines", "bot/a.cpp", "auto f = [t](int) { return [](T u) -> awaitable<T> { co_return u; }(t); };\n")

    def test_sizes(self):
        self.refuses("sizes", "bot/a.cpp", "int a;\n" * 401)
        self.accepts("sizes", "bot/a.cpp", "int a;\n" * 400)
        self.refuses("sizes", "tests/unit/a.cpp", "int a;\n" * 601)
        self.accepts("sizes", "tests/unit/a.cpp", "int a;\n" * 600)
        self.refuses("sizes", "bot/a.cpp", "void f()\n{\n" + "    g();\n" * 59 + "}\n")
        self.accepts("sizes", "bot/a.cpp", "void f()\n{\n" + "    g();\n" * 58 + "}\n")
        self.refuses("sizes", "bot/a.hpp", "struct s {\n    void f()\n    {\n" + "        g();\n" * 59 + "    }\n};\n")
        self.accepts("sizes", "bot/a.cpp", "namespace a {\n" + "void g();\n" * 100 + "}\n")

    def test_words(self):
        self.refuses("words", "bot/case_manager.cpp", "\n")
        self.refuses("words", "bot/a.cpp", "int string_utils();\n")
        self.refuses("words", "bot/a.cpp", "class SessionHelper;\n")
        self.refuses("words", "bot/a.cpp", "// TODO: later\n")
        self.refuses("words", "bot/a.cpp", 'auto text = "\u8c03\u89e3";\n')
        self.refuses("words", "bot/a.hpp", "// \u8c03\u89e3\n")
        self.refuses("words", "cmake/a.cmake", "# \u8c03\u89e3\n")
        self.accepts("words", "tests/unit/a.cpp", 'auto text = "\u8c03\u89e3";\n')
        self.accepts("words", "dialogs/flows/a.yaml", "say: \u8c03\u89e3\n")
        self.accepts("words", "bot/a.cpp", "#include <utility>\nstd::common_type_t<int, long> n;  // a common helper\n")

    def test_transactions(self):
        connector = "#include <cppconn/connection.h>\n"
        for call in ("connection->commit();", "c.rollback ();", "c->setAutoCommit(false);"):
            self.refuses("transactions", "storage/mysql/a.cpp", connector + "void f() { " + call + " }\n")
        self.accepts("transactions", "storage/mysql/a.cpp", connector + '// c->commit()\nvoid f() { run("COMMIT"); }\n')
        self.accepts("transactions", "storage/journal.cpp", "void f() { batch.commit(); }\n")

    def test_headers(self):
        with tempfile.TemporaryDirectory() as root:
            stamps = os.path.join(root, "stamps")
            command = [sys.executable, "-B", os.path.join(HERE, "headers.py"), root, stamps, COMPILER, "-std=c++20"]
            status = lambda: subprocess.run(command, capture_output=True, check=False).returncode
            plant(root, "bot/a.hpp", '#pragma once\n#include "bot/b.hpp"\ninline number one() { return 1; }\n')
            plant(root, "bot/b.hpp", "#pragma once\nusing number = int;\n")
            self.assertEqual(status(), 0)
            self.assertEqual(status(), 0)
            plant(root, "bot/b.hpp", "#pragma once\nusing count = int;\n")
            self.assertEqual(status(), 1, "a changed header that another one reads")
            plant(root, "bot/b.hpp", "#pragma once\nusing number = int;\n")
            plant(root, "bot/c.hpp", "#pragma once\nstd::string text();\n")
            self.assertEqual(status(), 1)

    def test_command_line(self):
        run = lambda *words: subprocess.run(
            [sys.executable, "-B", os.path.join(HERE, "lint.py"), *words], capture_output=True, text=True, check=False
        )
        with tempfile.TemporaryDirectory() as root:
            plant(root, "cases/a.cpp", '#include "dialogs/turn.hpp"\n')
            result = run("layering", root)
            self.assertEqual(result.returncode, 1)
            self.assertIn("cases/a.cpp:1: dialogs/turn.hpp", result.stdout)
            self.assertEqual(run("words", root).returncode, 0)
            self.assertEqual(run("no_such_check", root).returncode, 2)


if __name__ == "__main__":
    unittest.main(verbosity=0)
