"""What forge and index say of a target. Whatever cannot be had is missing, with a sentence that says so."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.facts import packages, rest
from scripts.facts.http import Client, FetchError, Request
from scripts.facts.models import PackageFacts, RepositoryFacts
from scripts.facts.outcomes import Failed, Found, Gone, Outcome, Seen
from scripts.facts.targets import FORGEJO, GITHUB, GITLAB, forge_of
from scripts.intake.gathered import Gathered
from scripts.intake.target import Target, normalised, repository_of
from scripts.intake.words import Words, of_package, of_repository

READERS = {GITHUB: rest.github, GITLAB: rest.gitlab, FORGEJO: rest.forgejo}
# Labels under which distributions name their repository, the most telling first.
REPOSITORY_LABELS = ("source", "source code", "repository", "code", "github", "gitlab", "codeberg", "homepage")
LESS = "so there is less to propose"


@dataclass(frozen=True, slots=True)
class Sources:
    """Whom to ask: the root of each forge's API, its headers, and the root of the index's metadata."""

    client: Client
    forges: Mapping[str, str]
    headers: Mapping[str, Mapping[str, str]]
    index: str


@dataclass(slots=True)
class _Findings:
    """What is known so far."""

    sources: Sources
    today: dt.date
    repository: RepositoryFacts | None = None
    package: PackageFacts | None = None
    package_name: str = ""
    moved_from: str = ""
    words: list[Words] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def gather(target: Target, sources: Sources, today: dt.date) -> Gathered:
    """Asks for what was given, then for the other half: the repository of a package, the package of a repository."""
    known = _Findings(sources, today)
    if target.package:
        outcome, words, _ = _ask_index(known, target.package)
        _take_package(known, target.package, outcome, words)
        if address := _named(words):
            _take_repository(known, address)
    elif target.repository:
        _take_repository(known, target.repository)
        _guess_package(known, target.repository)
    return Gathered(
        known.repository,
        known.package,
        known.package_name,
        tuple(known.words),
        known.moved_from,
        tuple(known.notes),
    )


def _named(words: Words | None) -> str | None:
    """The repository that a distribution names."""
    if words is None:
        return None
    labels = [*(label for label in REPOSITORY_LABELS if label in words.urls), *sorted(words.urls)]
    return next((root for label in labels if (root := repository_of(words.urls[label]))), None)


def _take_repository(known: _Findings, address: str) -> None:
    place = forge_of(address)
    if place is None:
        known.notes.append(f"{address} is on a forge that we do not know how to ask, {LESS}.")
        return
    forge, name = place
    path = f"github.com/{name}" if forge == GITHUB else name
    heard: list[Any] = []
    asked = rest.RestForge(
        known.sources.client,
        lambda _: known.sources.forges[forge],
        _listening(READERS[forge], heard),
        known.sources.headers.get(forge, {}),
    )
    try:
        outcome = next(outcome for _, outcome in asked.observe([path], known.today))
    except FetchError as error:
        outcome = Failed(str(error))
    if not isinstance(outcome, Seen):
        known.notes.append(_sentence(outcome, address))
        return
    known.repository = outcome.facts
    known.words.append(of_repository(heard[0], outcome.facts.source))
    before = path.partition("/")[2]
    if outcome.facts.name and outcome.facts.name.casefold() != before.casefold():
        known.moved_from = before


def _listening(read: Callable[[rest.Get, str, dt.date], RepositoryFacts], heard: list[Any]) -> Any:
    """The reader, which also keeps the answers: they hold words that are no facts."""

    def listen(get: rest.Get, path: str, today: dt.date) -> RepositoryFacts:
        def remember(question: str) -> Any:
            heard.append(get(question))
            return heard[-1]

        return read(remember, path, today)

    return listen


def _guess_package(known: _Findings, address: str) -> None:
    """A distribution that is called like the repository is its own if it names the repository."""
    name = normalised(address.rpartition("/")[2].strip("._-"))
    outcome, words, named = _ask_index(known, name)
    own = {address.casefold(), (known.repository.url or "").casefold() if known.repository else ""}
    roots = {root.casefold() for url in named if (root := repository_of(url))}
    if isinstance(outcome, Found) and own & roots:
        _take_package(known, name, outcome, words)
    elif isinstance(outcome, Failed):
        known.notes.append(_sentence(outcome, f"the package `{name}`"))


def _take_package(known: _Findings, name: str, outcome: Outcome, words: Words | None) -> None:
    if isinstance(outcome, Found):
        known.package, known.package_name = outcome.facts, name
        known.words += [words] if words else []
    else:
        known.notes.append(_sentence(outcome, f"the package `{name}`"))


def _ask_index(known: _Findings, name: str) -> tuple[Outcome, Words | None, tuple[str, ...]]:
    """The outcome, the words, and all addresses that the distribution names."""
    try:
        answer = known.sources.client.ask(Request(f"{known.sources.index}/{name}/json"))
        if answer.status in {404, 410}:
            return Gone("the package index knows no such distribution"), None, ()
        if answer.status != 200:
            return Failed(f"the package index answered {answer.status}"), None, ()
        body = json.loads(answer.body)
    except FetchError as error:
        return Failed(str(error).rstrip(".")), None, ()
    except (ValueError, RecursionError):
        return Failed("the package index answered with something that is not JSON"), None, ()
    outcome = packages.parse(body, answer.headers.get("etag"), known.today)
    if not isinstance(outcome, Found):
        return outcome, None, ()
    return outcome, of_package(body, packages.SOURCE), outcome.urls


def _sentence(outcome: Outcome, what: str) -> str:
    reason = outcome.reason.rstrip(".") if isinstance(outcome, Gone | Failed) else "nothing new"
    return f"Nothing was found out about {what}: {reason}; {LESS}."
