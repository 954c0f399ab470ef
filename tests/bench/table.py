#!/usr/bin/env python3
"""Turns the runs that tests/bench/run recorded into figures: medians, ratios of neighbouring runs, one markdown table.

  table.py --table RESULTS --summary OUT     the table on stdout, the same as JSON into OUT
  table.py --capacity RESULTS SUBJECT FACTOR a rate: the median throughput of the subject times the factor
  table.py --line RUN                        one line on one run
"""

import json
import sys
from statistics import median

SUBJECTS = ["anchor", "mariadb", "sqlite"]
TITLES = {"anchor": "co-wechat + koa", "mariadb": "hejie, MariaDB", "sqlite": "hejie, SQLite"}
QUIET_CORES = 0.3  # a run with more foreign CPU use than this is noisy
FAILURES = ["server_errors", "other_status", "closed", "timed_out", "broken_answers", "connect_failed", "unsent",
            "unanswered"]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Runs:
    """The runs of one row by subject and round; noisy rounds are left out when at least three quiet ones remain."""

    def __init__(self, records, row):
        self.rounds = {}
        for record in records:
            if record["row"] == row:
                self.rounds.setdefault(record["round"], {})[record["subject"]] = record["run"]
        self.recorded = len(self.rounds)
        quiet = {n: r for n, r in self.rounds.items()
                 if all(run.get("others_cores", 0) < QUIET_CORES for run in r.values())}
        self.all_quiet = len(quiet) >= min(3, self.recorded) and self.recorded > 0
        if self.all_quiet:
            self.rounds = quiet

    def of(self, subject):
        return [r[subject] for r in self.rounds.values() if subject in r]

    def values(self, subject, value):
        take = value if callable(value) else lambda run: run[value]
        return [take(run) for run in self.of(subject)]

    def middle(self, subject, value):
        values = self.values(subject, value)
        return median(values) if values else None

    def ratios(self, subject, to, value):
        """Neighbouring runs are compared: the machine's mood changes from round to round."""
        return [r[subject][value] / r[to][value] for r in self.rounds.values() if subject in r and to in r and r[to][value]]


class Table:
    def __init__(self):
        self.rows, self.figures = [], {}

    def add(self, key, title, wanted, cell, subjects=SUBJECTS):
        cells = {}
        for subject in subjects:
            found = cell(subject)
            if found is not None:
                cells[subject] = found
        if cells:
            self.rows.append((title, [cells.get(s, (None, "–"))[1] for s in SUBJECTS], wanted))
            self.figures[key] = {s: value for s, (value, _) in cells.items()}

    def text(self):
        head = ["Figure"] + [TITLES[s] for s in SUBJECTS] + ["wanted of hejie"]
        lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        lines += ["| " + " | ".join([title, *cells, wanted]) + " |" for title, cells, wanted in self.rows]
        return "\n".join(lines)


def spread(runs, value, form="{:,.0f}"):
    def cell(subject):
        values = sorted(runs.values(subject, value))
        if not values:
            return None
        text = form.format(median(values))
        if len(values) > 1:
            text += f" ({form.format(values[0])}–{form.format(values[-1])})"
        return median(values), text
    return cell


def ratio(runs, to, value):
    def cell(subject):
        found = sorted(runs.ratios(subject, to, value)) if subject != to else []
        return (median(found), f"{median(found):.2f}× ({found[0]:.2f}–{found[-1]:.2f})") if found else None
    return cell


def throughput_rows(table, runs):
    table.add("replies_per_s", "replies/s, closed loop", "", spread(runs, "replies_per_s"))
    table.add("ratio", "÷ the anchor in the same round", "MariaDB ≥ 4, SQLite ≥ 3", ratio(runs, "anchor", "replies_per_s"))
    for key, title in [("p50_ms", "p50"), ("p90_ms", "p90"), ("p99_ms", "p99"), ("p999_ms", "p99.9")]:
        table.add(key, f"{title}, closed loop, ms", "", spread(runs, key, "{:.2f}"))

    def cpu(subject):
        sums = runs.values(subject, "cpu_us")
        if not sums:
            return None
        parts = [median(column) for column in zip(*(
            [p["cpu_us"] for p in run["processes"]] for run in runs.of(subject)))]
        text = f"{median(sums):.1f}"
        if len(parts) > 1:
            text += " (" + " + ".join(f"{part:.1f}" for part in parts) + ")"
        return median(sums), text
    table.add("cpu_us", "CPU µs a reply (server + database)", "≤ 60", cpu)
    table.add("rss_mib", "RSS of the server under load, MiB", "",
              spread(runs, lambda run: run["processes"][0]["rss_mib"], "{:.0f}"))
    table.add("generator_us", "CPU µs a reply of the generator itself", "", spread(runs, "own_cpu_us", "{:.1f}"))


def latency_rows(table, runs):
    table.add("half_rate", "offered: half of its own capacity, messages/s", "", spread(runs, "rate"))
    table.add("half_p50_ms", "p50 there, from the intended time, ms", "", spread(runs, "p50_ms", "{:.2f}"))
    table.add("half_p99_ms", "p99 there, ms", "< 10", spread(runs, "p99_ms", "{:.2f}"))
    table.add("half_p999_ms", "p99.9 there, ms", "", spread(runs, "p999_ms", "{:.2f}"))


def overload_rows(table, runs, capacity):
    table.add("overload_rate", "offered: 150 % of its capacity, messages/s", "", spread(runs, "rate"))
    table.add("goodput", "answered in time ÷ capacity", "≥ 0.9",
              spread(runs, lambda run: run["in_time_per_s"] / capacity[run["subject"]], "{:.2f}"))
    table.add("overload_errors", "connections refused, closed or timed out", "0",
              spread(runs, lambda run: run["connect_failed"] + run["closed"] + run["timed_out"] + run["unanswered"]))
    table.add("shed", "answered with 5xx, or with no words", "", spread(runs, lambda run: run["server_errors"] + run["silent"]))
    table.add("overload_unsent", "never sent: no connection free for 1 s", "", spread(runs, "unsent"))
    table.add("overload_max_ms", "slowest reply, ms", "", spread(runs, "max_ms"))


def copies_rows(table, runs, key, title, capacity):
    table.add(f"{key}_differing", f"{title}: replies that differ", "0",
              lambda s: (lambda v: (sum(v), f"{sum(v):,}") if v else None)(runs.values(s, "differing")))
    table.add(f"{key}_messages", f"{title}: messages/s ÷ without copies", "",
              spread(runs, lambda run: run["messages_per_s"] / capacity[run["subject"]], "{:.2f}"))
    table.add(f"{key}_replies", f"{title}: replies/s ÷ without copies", "≥ 0.8",
              spread(runs, lambda run: run["replies_per_s"] / capacity[run["subject"]], "{:.2f}"))


def start_rows(table, runs):
    table.add("first_reply_ms", "start to first reply, ms", "< 50", spread(runs, "first_reply_ms", "{:.1f}"))
    table.add("start_cpu_ms", "CPU of the start, ms", "", spread(runs, "cpu_ms"))
    table.add("idle_rss_mib", "idle RSS, MiB", "< 30", spread(runs, "rss_mib", "{:.1f}"))


def health_rows(table, records):
    def total(of):
        def cell(subject):
            found = [of(r["run"]) for r in records if r["subject"] == subject and "wrong" in r["run"]]
            return (sum(found), f"{sum(found):,}") if found else None
        return cell
    table.add("checked", "replies measured, all rows", "", total(lambda run: run["replies"]))
    table.add("wrong", "wrong replies, all rows", "0", total(lambda run: run["wrong"]))
    calm = [r for r in records if r["row"] != "overload"]
    table.add("failures", "failed deliveries but in overload", "0",
              lambda s: (lambda v: (sum(v), f"{sum(v):,}"))(
                  [sum(r["run"][f] for f in FAILURES) for r in calm if r["subject"] == s and "wrong" in r["run"]]))


def make_table(records):
    for record in records:
        record["run"]["subject"] = record["subject"]
    rows = {name: Runs(records, name) for name in ["throughput", "latency", "overload", "dup", "replicas", "start"]}
    capacity = {s: rows["throughput"].middle(s, "replies_per_s") for s in SUBJECTS}
    table = Table()
    throughput_rows(table, rows["throughput"])
    latency_rows(table, rows["latency"])
    overload_rows(table, rows["overload"], capacity)
    copies_rows(table, rows["dup"], "dup", "3 copies at once", capacity)
    copies_rows(table, rows["replicas"], "replicas", "3 copies over two replicas", capacity)
    start_rows(table, rows["start"])
    health_rows(table, records)
    notes = [f"{name}: {len(runs.rounds)} of {runs.recorded} rounds used"
             + ("" if runs.all_quiet or name == "start" else f", NOT quiet (other processes took over {QUIET_CORES} core)")
             for name, runs in rows.items() if runs.recorded]
    examples = [f"{r['row']}, {TITLES[r['subject']]}: {r['run']['example']}" for r in records if r["run"].get("example")]
    return table, notes, examples


def main(arguments):
    match arguments:
        case ["--line", run]:
            r = json.loads(run)
            print(f"{r['messages_per_s']:,.0f} messages/s, p99 {r['p99_ms']:.2f} ms, {r['cpu_us']:.0f} µs a reply, "
                  f"wrong {r['wrong']}, others {r['others_cores']:.2f} cores")
        case ["--capacity", path, subject, factor]:
            print(round(Runs(read(path), "throughput").middle(subject, "messages_per_s") * float(factor)))
        case ["--table", path, "--summary", summary]:
            table, notes, examples = make_table(read(path))
            print(table.text() + "\n\n" + "\n".join(f"- {note}" for note in notes + examples[:3]))
            with open(summary, "w", encoding="utf-8") as out:
                json.dump({"figures": table.figures, "rounds": notes, "wrong_examples": examples[:3]}, out,
                          ensure_ascii=False, indent=1)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
