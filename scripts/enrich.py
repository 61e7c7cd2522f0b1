"""Asks the forge and the package index what they know: ``python -m scripts.enrich [SLUG…]``.

Exit status: 0 done, 1 problems for a human, 2 wrong usage or no usable token, 3 the gate refused.

Environment: GITHUB_TOKEN or GH_TOKEN, GITLAB_TOKEN (optional), and for tests the addresses GITHUB_GRAPHQL_URL,
GITLAB_API_URL, FORGEJO_API_URL, PACKAGE_INDEX_URL and DOWNLOADS_URL.
"""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

import requests
from pydantic import SecretStr
from tqdm import tqdm

from scripts.catalogue import disk
from scripts.catalogue.load import Catalogue, Listing, load
from scripts.catalogue.problems import Problem
from scripts.command.alone import HinderedError, alone
from scripts.command.options import begin, named_entries
from scripts.facts import changes, downloads, gate, github, history, packages, rest, store
from scripts.facts.http import Client, FetchError, LimitedError, RefusedError
from scripts.facts.models import Downloads, Record
from scripts.facts.outcomes import Failed, Outcome
from scripts.facts.ownership import strangers
from scripts.facts.refresh import Tally, take
from scripts.facts.renames import Move, moved, proposal, rekeyed
from scripts.facts.targets import FORGEJO, GITHUB, GITLAB, Targets, targets_of

SOURCES = ("forge", "packages", "downloads")
USER_AGENT = "awesome-asgi (https://github.com/awesome-asgi/awesome-asgi)"
ANONYMOUS = "No token for GitHub: set GITHUB_TOKEN or GH_TOKEN, or ask only the package index: --source packages."
DONE, PROBLEMS, USAGE, REFUSED = range(4)


class Forge(Protocol):
    """What all forges have in common."""

    def observe(self, names: Sequence[str], today: dt.date) -> Iterator[tuple[str, Outcome]]: ...


@dataclass(slots=True)
class Run:
    """One refresh: what it was asked to do, what it knows, and what it found out."""

    root: Path
    options: argparse.Namespace
    client: Client
    today: dt.date
    targets: Targets  # of the chosen entries
    everything: Targets  # of all entries
    by_slug: Mapping[str, Listing]
    old: store.Facts
    tallies: dict[str, Tally] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def tally(self, source: str) -> Tally:
        return self.tallies.setdefault(source, Tally())


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options, root = begin(parser, arguments)
    try:
        with alone(root / store.FOLDER, ".lock", "refresh", store.FOLDER):
            return _locked(root, options)
    except RefusedError as error:
        print(error)
        return USAGE
    except HinderedError as error:
        print(error)
        return PROBLEMS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.enrich", description="Refresh the facts.")
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="refresh only these entries")
    parser.add_argument("--source", choices=SOURCES, action="append", help="ask only this (default: forge, packages)")
    parser.add_argument("--max-age", type=int, default=0, metavar="DAYS", help="leave out what is known more recently")
    parser.add_argument("--max-wait", type=float, default=120, metavar="SECONDS", help="wait no longer for limits")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS", help="wait no longer for one answer")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--fix", action="store_true", help="write new addresses into the entries")
    return parser


def _locked(root: Path, options: argparse.Namespace) -> int:
    catalogue = load(root)
    old, problems = store.load_facts(root)
    events, more = changes.load_changes(root)
    problems += [*more, *catalogue.problems]  # an entry that cannot be read would lose its facts
    if problems:
        return _say(problems)
    chosen = named_entries(catalogue.listings, options.slugs)
    if isinstance(chosen, str):
        print(chosen)
        return USAGE
    sources = options.source or ["forge", "packages"]
    targets = targets_of(chosen)
    if "forge" in sources and targets.repositories[GITHUB] and not _token():
        print(ANONYMOUS)
        return USAGE
    client = Client(_session, time.time, time.sleep, options.max_wait, options.timeout)
    today = dt.datetime.now(dt.UTC).date()
    by_slug = {listing.slug: listing for listing in catalogue.listings}
    everything = targets_of(catalogue.listings)
    run = Run(root, options, client, today, targets, everything, by_slug, old.wanted_by(everything))
    return _finish(run, catalogue, events, _refreshed(run, sources))


def _token() -> str:
    return os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or ""


def _session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.trust_env = True  # proxies and certificates of the machine
    return session


def _forges(client: Client) -> dict[str, Forge]:
    address = os.environ.get("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql")
    gitlab, forgejo = os.environ.get("GITLAB_API_URL"), os.environ.get("FORGEJO_API_URL")
    return {
        GITHUB: github.GitHub(client, address, SecretStr(_token())),
        GITLAB: rest.RestForge(client, lambda host: gitlab or f"https://{host}/api/v4", rest.gitlab, _gitlab_token()),
        FORGEJO: rest.RestForge(client, lambda host: forgejo or f"https://{host}/api/v1", rest.forgejo),
    }


def _gitlab_token() -> dict[str, str]:
    """Optional. There is one GitLab that we ask, so it goes nowhere else."""
    token = os.environ.get("GITLAB_TOKEN")
    return {"PRIVATE-TOKEN": token} if token else {}


def _refreshed(run: Run, sources: Sequence[str]) -> store.Facts:
    """The facts after asking. Raises RefusedError."""
    new = run.old
    if "forge" in sources:
        forges = {name: dict(records) for name, records in new.forges.items()}
        for name, forge in _forges(run.client).items():
            asked = _due(run, run.targets.repositories[name], forges.get(name, {}))
            outcomes = _collect(name, asked, forge.observe(asked, run.today))
            forges[name] = take(forges.get(name, {}), outcomes, run.today, run.tally(name))
            if isinstance(forge, github.GitHub) and forge.remaining is not None:
                run.tally(name).note = f"; cost {forge.cost}, {forge.remaining:,} left this hour"
        new = replace(new, forges=forges)
    if "packages" in sources:
        index = packages.Index(run.client, os.environ.get("PACKAGE_INDEX_URL", packages.DEFAULT_ADDRESS))
        asked = _due(run, run.targets.packages, new.packages)
        outcomes = _collect("packages", asked, index.observe(asked, new.packages, run.today))
        new = replace(new, packages=take(new.packages, outcomes, run.today, run.tally("packages")))
    if "downloads" in sources:
        new = replace(new, downloads=_downloads(run))
    return new


def _due(run: Run, names: Iterable[str], known: Mapping[str, Record]) -> list[str]:
    """The names that are not known recently enough."""
    age = run.options.max_age
    return [name for name in names if name not in known or (run.today - known[name].observed).days >= age]


def _collect(source: str, names: Sequence[str], outcomes: Iterator[tuple[str, Outcome]]) -> list[tuple[str, Outcome]]:
    """Every outcome, with progress. What a limit cuts off has failed; what came before counts. Raises RefusedError."""
    found: list[tuple[str, Outcome]] = []
    progress = tqdm(total=len(names), desc=source, unit="", disable=None, file=sys.stderr)
    try:
        for outcome in outcomes:
            found.append(outcome)
            progress.update()
            if progress.disable and len(found) % github.PER_REQUEST == 0:
                print(f"{source}: {len(found)} of {len(names)}", file=sys.stderr)
    except LimitedError as error:
        done = {name for name, _ in found}
        found += [(name, Failed(str(error))) for name in names if name not in done]
    finally:
        progress.close()
    return found


def _downloads(run: Run) -> Mapping[str, Downloads]:
    asked = _due(run, run.targets.packages, run.old.downloads)
    tally = run.tally("downloads")
    if not asked:
        return run.old.downloads
    address = os.environ.get("DOWNLOADS_URL", downloads.DEFAULT_ADDRESS)
    try:
        found = downloads.observe(run.client, address, asked, run.today)
    except FetchError as error:
        tally.failed = dict.fromkeys(asked, str(error))
        return run.old.downloads
    tally.refreshed = [*found]
    return {**run.old.downloads, **found}


def _finish(run: Run, catalogue: Catalogue, events: Sequence[changes.Event], new: store.Facts) -> int:
    if refused := gate.refusal(run.old, new):
        print(*_summary(run), refused, sep="\n")
        return REFUSED
    urls = run.tally("packages").urls
    owners = ((run.by_slug[slug], urls[name]) for name in urls for slug in run.targets.packages[name])
    run.problems += strangers(owners, run.by_slug)
    happened = [
        *changes.additions(catalogue.listings, events),
        *changes.differences(run.everything, run.old, new, run.today),
    ]
    moves = [Move(forge, *names) for forge, tally in run.tallies.items() for names in tally.renamed.items()]
    edits = {path: text for move in moves for path, text in _edits(run, move)}
    if run.options.fix:
        new = replace(new, forges=rekeyed(new.forges, moves))
    if not run.options.dry_run:
        changes.append_changes(run.root, events, happened)
        if run.options.fix:
            for path, text in edits.items():
                disk.replace(run.root, PurePosixPath(path), text.encode("utf-8"))
        store.save_facts(run.root, new)
        history.save_history(run.root, new, run.today)
    return _report(run, edits)


def _edits(run: Run, move: Move) -> Iterator[tuple[str, str]]:
    """The new text of each entry whose repository moved, by path; prints each as a diff."""
    for slug in run.everything.repositories[move.forge][move.before]:
        path = run.by_slug[slug].path
        before = (run.root / path).read_text(encoding="utf-8")
        after = moved(before, move.address, move.former)
        print(proposal(path, before, after), end="")
        yield path, after


def _report(run: Run, edits: Mapping[str, str]) -> int:
    for source, tally in run.tallies.items():
        for name, reason in [*tally.reused.items(), *tally.gone.items(), *tally.failed.items()]:
            print(f"{source}: {name}: {reason}")
        for name in tally.archived:
            print(f"{source}: {name}: was archived")
    if any(tally.failed for tally in run.tallies.values()):
        print("What failed keeps the facts that it had. Run again later.")
    if any(tally.gone or tally.reused for tally in run.tallies.values()):
        print("What is gone or another's now needs a look: `make report` says what to do.")
    if edits and not run.options.fix:
        print("Run again with --fix to write these addresses into the entries.")
    print(*_summary(run), sep="\n")
    unsolved = any(tally.failed or tally.gone or tally.reused for tally in run.tallies.values())
    unsolved = unsolved or (bool(edits) and not run.options.fix)
    return _say(run.problems) or (PROBLEMS if unsolved else DONE)


def _summary(run: Run) -> Iterator[str]:
    return (f"{source}: {tally.summary()}" for source, tally in run.tallies.items())


def _say(problems: Sequence[Problem]) -> int:
    for problem in sorted(problems):
        print(problem)
    return PROBLEMS if problems else DONE


if __name__ == "__main__":
    sys.exit(main())
