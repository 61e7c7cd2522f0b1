"""Checks what entries link to: ``python -m scripts.links [SLUG…]``.

Prints a summary, then what needs a human. With --propose, standard output is a diff for ``git apply`` and nothing else.

Exit status: 0 nothing for a human, 1 something, 2 wrong usage, 3 the gate refused to believe what was found.

Environment: LINK_ARCHIVE_URL, where archived copies are looked for (default: the Internet Archive).
"""

import argparse
import asyncio
import datetime as dt
import os
import ssl
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import certifi
import httpcore
from tqdm import tqdm

from scripts.catalogue.load import load
from scripts.catalogue.problems import Problem
from scripts.command.alone import HinderedError, alone
from scripts.command.options import begin, named_entries
from scripts.facts.links import archive, gate
from scripts.facts.links.ask import Asker
from scripts.facts.links.check import findings, hosts_of
from scripts.facts.links.connections import World, connected
from scripts.facts.links.judge import Finding
from scripts.facts.links.places import Place, places_of
from scripts.facts.links.problems import problems_of
from scripts.facts.links.propose import is_publication, proposals
from scripts.facts.links.reach import resolver
from scripts.facts.links.remember import remembered
from scripts.facts.links.state import PATH, Link, Links, Verdict, load_links, save_links
from scripts.facts.links.turns import Turns
from scripts.facts.store import FOLDER

USER_AGENT = "awesome-asgi-links (+https://github.com/awesome-asgi/awesome-asgi)"
DONE, PROBLEMS, USAGE, REFUSED = range(4)
EVERY = 100  # addresses between lines of progress where there is no terminal


@dataclass(slots=True)
class Run:
    """One round: what it was asked to do, and what it knows."""

    root: Path
    options: argparse.Namespace
    today: dt.date
    world: World
    places: Mapping[str, tuple[Place, ...]]  # of the chosen entries
    known: Links


def main(arguments: list[str] | None = None, world: World | None = None) -> int:
    """``world``: where tests put theirs."""
    parser = _parser()
    options, root = begin(parser, arguments)
    try:
        with alone(root / FOLDER, ".links.lock", "check of links", PATH):
            return _locked(root, options, world or _real())
    except HinderedError as error:
        print(error)
        return PROBLEMS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.links", description="Check what entries link to.")
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="check only these entries")
    parser.add_argument("--max-age", type=int, default=0, metavar="DAYS", help="leave out what was asked more recently")
    parser.add_argument("--timeout", type=float, default=20, metavar="SECONDS", help="wait no longer for one answer")
    parser.add_argument("--max-wait", type=float, default=60, metavar="SECONDS", help="wait no longer for a limit")
    parser.add_argument("--spacing", type=float, default=1, metavar="SECONDS", help="pause between requests to a host")
    parser.add_argument(
        "--parallel", type=int, default=64, metavar="REQUESTS", help="ask at most so many hosts at once"
    )
    parser.add_argument("--propose", action="store_true", help="print a diff that writes new addresses into entries")
    parser.add_argument("--accept", action="append", metavar="URL", help="this address is in order; ask nobody")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    return parser


def _real() -> World:
    return World(resolver(), httpcore.AnyIOBackend(), ssl.create_default_context(cafile=certifi.where()))


def _locked(root: Path, options: argparse.Namespace, world: World) -> int:
    catalogue = load(root)
    known, problems = load_links(root)
    problems += catalogue.problems  # an entry that cannot be read would lose what is known of its links
    if problems:
        return _say(problems)
    chosen = named_entries(catalogue.listings, options.slugs)
    if isinstance(chosen, str):
        print(chosen)
        return USAGE
    wanted = places_of(catalogue.listings)
    kept = {url: link for url, link in known.items() if url in wanted}
    today = dt.datetime.now(dt.UTC).date()
    run = Run(root, options, today, world, places_of(chosen), kept)
    return _accept(run) if options.accept else asyncio.run(_check(run))


def _accept(run: Run) -> int:
    """Notes that somebody looked."""
    links = dict(run.known)
    for url in run.options.accept:
        if url not in links or not links[url].matter:
            print(f"{url} has nothing to accept. Give the address as it was printed.")
            return USAGE
        links[url] = links[url].model_copy(update={"accepted": links[url].matter})
    if not run.options.dry_run:
        save_links(run.root, links)
    return DONE


async def _check(run: Run) -> int:
    options = run.options
    due = [url for url in run.places if _is_due(run.known.get(url), run.today, options.max_age)]
    async with connected(run.world) as connections:
        turns = Turns(options.spacing, options.parallel)
        asker = Asker(connections, turns, USER_AGENT, time.time, options.timeout, options.max_wait)
        found = await _found(asker, due, run)
        if refused := gate.refusal(run.known, found):
            print(refused)
            return REFUSED
        links = {**run.known, **{url: remembered(run.known.get(url), day, run.today) for url, day in found.items()}}
        links = await _with_copies(asker, run, links)
    if not options.dry_run:
        save_links(run.root, links)
    return _report(run, links, len(due) - len(found))


def _is_due(link: Link | None, today: dt.date, age: int) -> bool:
    return link is None or (today - link.observed).days >= age


async def _found(asker: Asker, due: Sequence[str], run: Run) -> Mapping[str, Finding]:
    """What every address is today, with progress."""
    found: dict[str, Finding] = {}
    with tqdm(total=len(due), desc="links", unit="", disable=None, file=sys.stderr) as progress:
        async for url, finding in findings(asker, due, run.known, run.today):
            found[url] = finding
            progress.update()
            if progress.disable and len(found) % EVERY == 0:
                print(f"links: {len(found)} of {len(due)}", file=sys.stderr)
    return found


async def _with_copies(asker: Asker, run: Run, links: Links) -> dict[str, Link]:
    """The records, with archived copies of publications that are gone."""
    wanted = [
        url
        for url, places in run.places.items()
        if any(is_publication(place) for place in places)
        and url in links
        and links[url].verdict is Verdict.GONE
        and not links[url].archived
    ]
    address = os.environ.get("LINK_ARCHIVE_URL", archive.DEFAULT_ADDRESS)
    result = dict(links)
    async for url, copy in archive.copies(asker, address, wanted):
        result[url] = links[url].model_copy(update={"archived": copy})
    return result


def _report(run: Run, links: Links, left: int) -> int:
    out = sys.stderr if run.options.propose else sys.stdout
    print(_summary(run, links, left), file=out)
    code = _say(problems_of(_judged(run, links)), file=out)
    if run.options.propose:
        for diff in proposals(run.root, _judged(run, links)):
            print(diff, end="")
    return code


def _judged(run: Run, links: Links) -> Iterator[tuple[Place, Link]]:
    return ((place, links[url]) for url, places in run.places.items() if url in links for place in places)


def _summary(run: Run, links: Links, left: int) -> str:
    mine = [links[url] for url in run.places if url in links]
    count = Counter(link.verdict for link in mine)
    suspicious = sum(link.doubt is not None and link.needs_human for link in mine)
    verdicts = ", ".join(f"{count[verdict]:,} {verdict}" for verdict in Verdict)
    rest = f"; {left:,} left for the next run, since their hosts limit us" if left else ""
    hosts = len(hosts_of([*run.places]))
    return f"links: {len(run.places):,} addresses at {hosts:,} hosts: {verdicts}; {suspicious:,} suspicious{rest}"


def _say(problems: Iterable[Problem], file: object = None) -> int:
    found = sorted(problems)
    for problem in found:
        print(problem, file=file or sys.stdout)  # type: ignore[arg-type]
    return PROBLEMS if found else DONE


if __name__ == "__main__":
    sys.exit(main())
