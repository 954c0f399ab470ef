#!/usr/bin/env python3
"""Counts the test cases of one ctest run and prints them by suite, the sum as the last line.

usage: count_tests.py PLAN.json CTEST.xml FOLDER [--allow-skipped]

PLAN.json   what `ctest --show-only=json-v1` printed: which executable each ctest case runs
CTEST.xml   what `ctest --output-junit` wrote: how each ctest case ended
FOLDER      where GTEST_OUTPUT=json:FOLDER/ let each GoogleTest executable leave its cases

A ctest case that leaves no GoogleTest file (a lint, a script, or an executable that died) counts as one case.
One that failed although all its cases passed (a leak at the end, a time-out) adds one failed case.
Exit code 1 when a case failed, or was skipped without --allow-skipped.
"""

import collections
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

OUTCOMES = ("passed", "failed", "skipped")


def outcome_of_case(case):
    if case.get("failures"):
        return "failed"
    if case["result"] == "SKIPPED" or case["status"] == "NOTRUN":
        return "skipped"
    return "passed" if case["result"] == "COMPLETED" else "failed"


def count_google_cases(file, executable, counts):
    """Adds the cases of one GoogleTest output file by suite; gives the number of failed ones."""
    report = json.loads(file.read_text(encoding="utf-8"))
    failed = 0
    for suite in report["testsuites"]:
        for case in suite["testsuite"]:
            outcome = outcome_of_case(case)
            counts[f"{executable}: {suite['name']}"][outcome] += 1
            failed += outcome == "failed"
    return failed


def ctest_outcomes(file):
    """How each ctest case ended, by its name."""
    names = {"run": "passed", "fail": "failed", "notrun": "skipped", "disabled": "skipped"}
    root = xml.parse(file).getroot()
    found = {}
    for case in root.iter("testcase"):
        outcome = names[case.get("status")]
        # A required file that is missing, or an executable that was not built, is "notrun": nothing was tested.
        reason = case.find("skipped")
        if outcome == "skipped" and reason is not None and "SKIP_" not in (reason.get("message") or ""):
            outcome = "failed"
        found[case.get("name")] = outcome
    return found


def ctest_cases(file, files):
    """The ctest cases by the executable they run, the one that left cases when it stands behind a wrapper."""
    plan = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
    by_executable = collections.defaultdict(list)
    for test in plan["tests"]:
        words = [pathlib.Path(word).name for word in test.get("command") or [test["name"]]]
        executable = next((word for word in words if word in files), words[0])
        by_executable[executable].append(test["name"])
    return by_executable


def main():
    plan, ctest, folder = sys.argv[1:4]
    ended = ctest_outcomes(ctest)
    files = {file.stem: file for file in pathlib.Path(folder).glob("*.json")}

    counts = collections.defaultdict(collections.Counter)
    for executable, cases in ctest_cases(plan, files).items():
        # A second run of the same executable leaves NAME_1.json, a third NAME_2.json …
        stems = [executable] + [f"{executable}_{i}" for i in range(1, len(cases))]
        left = [files.pop(stem) for stem in stems if stem in files]
        failed_runs = sum(ended.get(name) != "passed" for name in cases)
        failed_cases = sum(count_google_cases(file, executable, counts) for file in left)
        if not left:
            for name in cases:
                counts[name][ended.get(name, "failed")] += 1
        elif len(left) < len(cases) or failed_runs and not failed_cases:
            counts[f"{executable}: ended badly"]["failed"] += max(failed_runs, len(cases) - len(left))
    for stem, file in files.items():
        count_google_cases(file, stem, counts)

    total = collections.Counter()
    for name in sorted(counts):
        row = counts[name]
        total.update(row)
        marks = ", ".join(f"{row[outcome]} {outcome}" for outcome in OUTCOMES if row[outcome])
        print(f"  {name:<58} {marks}")
    if total["skipped"] and "--allow-skipped" not in sys.argv:
        print("Skipped cases count as a failure of this run: everything they need is installed by deploy/packages test.")
    print(", ".join(f"{total[outcome]} {outcome}" for outcome in OUTCOMES), flush=True)
    bad = total["failed"] or not total["passed"] or (total["skipped"] and "--allow-skipped" not in sys.argv)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
