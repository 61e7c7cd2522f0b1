"""One search for candidates: topics, then lists, then the repositories that the lists name. Its size is stated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication
from scripts.facts import search
from scripts.facts.candidates import Remote
from scripts.facts.github import PER_REQUEST, GitHub
from scripts.facts.http import FetchError, LimitedError, RefusedError, UnreachableError
from scripts.facts.targets import GITHUB, forge_of

# Topics of the protocol, and of frameworks that others build on. Such topics stand for dependents (see `search`).
TOPICS = (
    "asgi", "asgi-framework", "asgi-middleware", "asgi-server", "daphne", "django-channels", "fastapi",
    "fastapi-extension", "fastapi-framework", "fasthtml", "granian", "hypercorn", "litestar", "quart", "starlette",
    "starlette-middleware", "uvicorn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be asked: each topic and each list is one request, and so is each hundred of linked repositories."""

    topics: Sequence[str]
    lists: Sequence[str]
    most: int  # requests in all

    @property
    def for_links(self) -> int:
        return max(0, self.most - len(self.topics) - len(self.lists))

    def __str__(self) -> str:
        sure = f"{len(self.topics)} topics, {len(self.lists)} lists"
        return f"{sure}, then at most {self.for_links} requests for what the lists name: at most {self.most} requests."


@dataclass(slots=True)
class Findings:
    """What was found, by the name under which it was asked for, and where; what failed; how much was left out."""

    found: dict[str, Remote] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    left_out: int = 0
    requests: int = 0

    def note(self, name: str, place: str) -> None:
        self.places.setdefault(name, []).append(place)


def lists_of(listings: Iterable[Listing]) -> list[str]:
    """Lists on GitHub among the publications, as ``owner/name``: whoever lists ASGI software knows more of it."""
    urls = [
        entry.url
        for entry in (one.entry for one in listings)
        if isinstance(entry, Publication) and entry.type == "list"
    ]
    places = [place for url in urls if (place := forge_of(url))]
    return sorted(name for forge, name in places if forge == GITHUB and name.count("/") == 1)


def discover(github: GitHub, plan: Plan, names_known: frozenset[str]) -> Findings:
    """Asks what the plan says. A limit or a dead line ends it; what came before counts. Raises RefusedError."""
    findings = Findings()
    try:
        for topic in plan.topics:
            _try(findings, f"topic {topic}", lambda topic=topic: _topic(github, topic, findings))  # type: ignore[misc]
        for name in plan.lists:
            _try(findings, f"list {name}", lambda name=name: _list(github, name, findings))  # type: ignore[misc]
        unseen = {remote.name.casefold() for remote in findings.found.values()} | names_known
        wanted = [name for name in findings.places if name not in findings.found and name.casefold() not in unseen]
        _names(github, wanted, plan.for_links, findings)
    except (LimitedError, UnreachableError) as error:
        findings.failed.append(f"{error} What follows is what came before.")
    return findings


def _try(findings: Findings, what: str, ask: Callable[[], None]) -> None:
    findings.requests += 1
    try:
        ask()
    except (LimitedError, RefusedError, UnreachableError):
        raise
    except FetchError as error:
        findings.failed.append(f"{what}: {error}")


def _topic(github: GitHub, topic: str, findings: Findings) -> None:
    for remote in search.by_topic(github, topic):
        key = remote.name.casefold()
        findings.found[key] = remote
        findings.note(key, f"topic {topic}")


def _list(github: GitHub, name: str, findings: Findings) -> None:
    text = search.readme(github, name)
    if not text:
        findings.failed.append(f"list {name}: has no README that could be read. Look at it by hand.")
    for link in search.links(text):
        findings.note(link.name, f"{name}, line {link.line}")


def _names(github: GitHub, wanted: Sequence[str], most: int, findings: Findings) -> None:
    for start in range(0, len(wanted), PER_REQUEST):
        if start >= most * PER_REQUEST:
            findings.left_out = len(wanted) - start
            return
        batch = wanted[start : start + PER_REQUEST]
        _try(findings, f"{len(batch)} linked repositories", lambda b=batch: _take(findings, search.by_name(github, b)))  # type: ignore[misc]


def _take(findings: Findings, seen: Mapping[str, Remote]) -> None:
    findings.found.update(seen)
