#!/usr/bin/env python3
"""lint.py CHECK ROOT: prints file:line: reason for each violation; the exit status is 1 when there is one."""

import importlib
import sys

CHECKS = ("layering", "coroutines", "sizes", "words", "transactions")


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in CHECKS:
        print(f"usage: lint.py {'|'.join(CHECKS)} ROOT", file=sys.stderr)
        return 2
    problems = importlib.import_module(arguments[0]).check(arguments[1])
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
