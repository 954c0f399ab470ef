#!/usr/bin/env python3
"""headers.py ROOT STAMPS COMPILER [FLAG...]: each header compiles alone. A header whose text and whose project headers
are as they were at the last success is not compiled again (STAMPS keeps one small file a header)."""

import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys

import sources

ROOMS = ("bot", "cases", "dialogs", "storage", "handlers", "web")


def digest(paths, command):
    made = hashlib.sha256(" ".join(command).encode())
    for path in paths:
        with open(path, "rb") as file:
            made.update(hashlib.sha256(file.read()).digest())
    return made.hexdigest()


def unchanged(stamp, command):
    try:
        with open(stamp, encoding="utf-8") as file:
            kept = json.load(file)
        return digest(kept["reads"], command) == kept["digest"]
    except (OSError, ValueError, KeyError):
        return False


def compile_alone(root, stamps, command, header):
    """None, or what the compiler says."""
    stamp = os.path.join(stamps, header.replace("/", "__") + ".json")
    if unchanged(stamp, command):
        return None
    run = subprocess.run(
        [*command, "-I", root, "-include", header, "-x", "c++", "-fsyntax-only", "-MMD", "-MF", stamp + ".d", os.devnull],
        cwd=root, capture_output=True, text=True, check=False,
    )
    if run.returncode != 0:
        return f"{header}: does not compile alone\n{run.stderr.strip()}"
    with open(stamp + ".d", encoding="utf-8") as file:
        listed = re.sub(r"\\\n", " ", file.read()).split(":", 1)[1].split()
    reads = sorted(os.path.join(root, path) for path in listed if os.path.abspath(path) != os.devnull)
    with open(stamp, "w", encoding="utf-8") as file:
        json.dump({"reads": reads, "digest": digest(reads, command)}, file)
    return None


def main(arguments):
    root, stamps, command = os.path.abspath(arguments[0]), arguments[1], arguments[2:]
    os.makedirs(stamps, exist_ok=True)
    headers = sources.files(root, (".hpp",), ROOMS)
    if not headers:
        print("no headers found", file=sys.stderr)
        return 2
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = pool.map(lambda header: compile_alone(root, stamps, command, header), headers)
        problems = [problem for problem in said if problem]
    for problem in problems:
        print(problem)
    print(f"{len(headers)} headers, {len(problems)} do not compile alone")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
