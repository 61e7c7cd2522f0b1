"""Looks for what may belong into the catalogue: ``python -m scripts.discover [--output FILE]``.

Exit status: 0 done, 1 problems for a human (what was found is reported), 2 wrong usage or no usable token.

Environment: GITHUB_TOKEN or GH_TOKEN, and for tests GITHUB_GRAPHQL_URL.
"""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests
from pydantic import SecretStr

from scripts.catalogue.declined import load_declined
from scripts.catalogue.load import load
from scripts.catalogue.problems import Problem
from scripts.command.options import begin
from scripts.facts.candidates import PATH, Known, Shown, fresh, known, load_shown, save_shown
from scripts.facts.discovery import TOPICS, Findings, Plan, discover, lists_of
from scripts.facts.github import GitHub
from scripts.facts.http import Client, RefusedError
from scripts.facts.store import load_facts
from scripts.render.candidates import candidates_report
from scripts.view.candidates import ranked

USER_AGENT = "awesome-asgi (https://github.com/awesome-asgi/awesome-asgi)"
ANONYMOUS = "No token for GitHub: set GITHUB_TOKEN or GH_TOKEN. Any token will do, it needs no rights."
DONE, PROBLEMS, USAGE = range(3)


def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def main(arguments: list[str] | None = None, clock: Callable[[], dt.date] = today) -> int:
    parser = _parser()
    options, root = begin(parser, arguments)
    token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or ""
    if not token:
        print(ANONYMOUS)
        return USAGE
    read = _read(root)
    if isinstance(read, list):
        print(*sorted(read), sep="\n")
        return PROBLEMS
    catalogued, shown, lists = read
    memory = catalogued, shown
    plan = Plan(options.topic or TOPICS, options.list or lists, options.most_requests)
    if len(plan.topics) + len(plan.lists) > plan.most:
        parser.error(f"{plan} Allow more with --most-requests, or name fewer with --topic and --list.")
    print(f"Will ask for {plan}", file=sys.stderr)
    client = Client(_session, time.time, time.sleep, options.max_wait, options.timeout)
    address = os.environ.get("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql")
    try:
        skip = catalogued.names | (set() if options.again else shown.keys())
        findings = discover(GitHub(client, address, SecretStr(token)), plan, skip)
    except RefusedError as error:
        print(error)
        return USAGE
    return _finish(root, options, findings, memory, clock())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.discover", description="Look for candidates.")
    parser.add_argument("--topic", action="append", metavar="TOPIC", help="ask for these topics instead of ours")
    parser.add_argument("--list", action="append", metavar="OWNER/NAME", help="read these lists instead of ours")
    parser.add_argument("--most-requests", type=int, default=60, metavar="N", help="ask no more often (default: 60)")
    parser.add_argument("--max-wait", type=float, default=120, metavar="SECONDS", help="wait no longer for limits")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS", help="wait no longer for one answer")
    parser.add_argument("--again", action="store_true", help="also what was shown before")
    parser.add_argument("--dry-run", action="store_true", help="do not remember what was shown")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of printing it")
    return parser


def _session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    return session


def _read(root: Path) -> tuple[Known, dict[str, Shown], list[str]] | list[Problem]:
    """What is known, what was shown before and the lists of the catalogue."""
    catalogue = load(root)
    facts, problems = load_facts(root)
    _, decisions, unreadable = load_declined(root)
    shown = load_shown(root)
    problems += [*unreadable, *catalogue.problems]
    if problems or isinstance(shown, Problem):
        return problems + ([shown] if isinstance(shown, Problem) else [])
    return known(catalogue.listings, facts, decisions), shown, lists_of(catalogue.listings)


def _finish(
    root: Path,
    options: argparse.Namespace,
    findings: Findings,
    memory: tuple[Known, dict[str, Shown]],
    day: dt.date,
) -> int:
    catalogued, shown = memory
    candidates = fresh(findings.found, findings.places, catalogued)
    if not options.again:
        candidates = [one for one in candidates if one.remote.name.casefold() not in shown]
    notes = list(findings.failed)
    if findings.left_out:
        notes.append(f"{findings.left_out} repositories that lists name were left out: --most-requests was reached.")
    asked = f"{findings.requests} questions about topics, lists and what the lists name."
    report = candidates_report(ranked(candidates, day), notes, day, asked)
    try:
        if options.output:
            options.output.write_text(report, encoding="utf-8")
        else:
            print(report, end="")
        if not options.dry_run:
            fresh_ones = {one.remote.name.casefold(): Shown(first=day, places=one.places) for one in candidates}
            kept = {name: record for name, record in shown.items() if name not in catalogued.names}
            save_shown(root, fresh_ones | kept)
    except OSError as error:
        print(f"{options.output or PATH}: cannot be written ({error.strerror}). Check permissions and free space.")
        return PROBLEMS
    return PROBLEMS if notes else DONE


if __name__ == "__main__":
    sys.exit(main())
