"""The data behind the answers: repositories on three forges, packages, downloads.

Moments are texts as a forge writes them, ``2026-11-01T12:00:00Z``, so that a test can write any offset it wants.
"""

import datetime as dt
import re
import time
import uuid
from collections import UserDict
from dataclasses import dataclass, field
from typing import Any, TypeVar

Value = TypeVar("Value")
RENAMES_FOLLOWED = 10


@dataclass(slots=True)
class Repository:
    """A repository on any forge. An ``id`` of 0 is set when it is added to a forge.

    ``last_commit=None`` is an empty repository: no default branch. ``license="NOASSERTION"`` is a licence file that
    the forge cannot name. ``parent`` is an ``owner/name``; a fork without one is a fork of something private or gone.
    ``closed_issues`` are there to be counted by whoever forgets to ask for open ones. ``files`` are texts by path, on
    the default branch.
    """

    owner: str
    name: str
    id: int = 0
    archived: bool = False
    disabled: bool = False
    fork: bool = False
    parent: str | None = None
    stars: int = 10
    forks: int = 2
    open_issues: int = 3
    closed_issues: int = 40
    created: str = "2020-01-01T00:00:00Z"
    pushed: str | None = "2026-11-01T12:00:00Z"
    last_commit: str | None = "2026-11-01T11:59:00Z"
    license: str | None = "MIT"
    topics: tuple[str, ...] = ("asgi",)
    latest_release: tuple[str, str] | None = ("v1.0.0", "2026-10-01T00:00:00Z")
    description: str = ""
    homepage: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def node_id(self) -> str:
        """GitHub's opaque identifier, which a rename leaves alone."""
        return f"R_{self.id:09d}"


class Paths(UserDict[str, Value]):
    """Values by ``owner/name``, whose case does not matter."""

    def __setitem__(self, path: str, value: Value) -> None:
        super().__setitem__(path.casefold(), value)

    def __getitem__(self, path: str) -> Value:
        return super().__getitem__(path.casefold())

    def __delitem__(self, path: str) -> None:
        super().__delitem__(path.casefold())

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and super().__contains__(path.casefold())


class Forge:
    """Repositories of one forge, and where old names lead."""

    def __init__(self) -> None:
        self.repositories: Paths[Repository] = Paths()
        self.renames: Paths[str] = Paths()
        self._last_id = 0

    def add(self, *repositories: Repository) -> None:
        for repository in repositories:
            self._last_id = max(self._last_id, repository.id) if repository.id else self._last_id + 1
            repository.id = repository.id or self._last_id
            self.repositories[repository.path] = repository

    def rename(self, old: str, new: str) -> Repository:
        """Moves a repository. Its old name leads to the new one, unless something takes that name."""
        repository = self.repositories.pop(old)
        repository.owner, repository.name = new.rsplit("/", 1)
        self.repositories[new] = repository
        self.renames[old] = new
        return repository

    def find(self, path: str, *, follow: bool = True) -> Repository | None:
        """What a name leads to. A repository comes before a rename of the same name, as on the forges."""
        for _ in range(RENAMES_FOLLOWED):
            if path in self.repositories:
                return self.repositories[path]
            if not follow or path not in self.renames:
                return None
            path = self.renames[path]
        return None

    def by_id(self, number: int) -> Repository | None:
        return next((one for one in self.repositories.values() if one.id == number), None)


@dataclass(slots=True)
class File:
    """A file of a release."""

    uploaded: str = "2026-10-01T00:00:00.123456Z"
    yanked: bool = False
    yanked_reason: str | None = None
    kind: str = "bdist_wheel"
    requires_python: str | None = None


@dataclass(slots=True)
class Package:
    """A distribution on the package index. ``releases`` left out is one file of the current version.

    ``info`` is merged into the answer's ``info`` last, ``extra`` into the whole: for values that nobody foresaw.
    """

    name: str
    version: str = "1.0.0"
    summary: str | None = "An example."
    requires_python: str | None = ">=3.11"
    license: str | None = None
    license_expression: str | None = "MIT"
    classifiers: list[str] = field(default_factory=list)
    requires_dist: list[str] | None = None
    provides_extra: list[str] | None = None
    project_urls: dict[str, str] | None = None
    yanked: bool = False
    yanked_reason: str | None = None
    releases: dict[str, list[File]] | None = None
    vulnerabilities: list[dict[str, Any]] = field(default_factory=list)
    serial: int = 1
    info: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, list[File]]:
        return self.releases if self.releases is not None else {self.version: [File(yanked=self.yanked)]}


def vulnerability(
    name: str,
    aliases: tuple[str, ...] = (),
    fixed_in: tuple[str, ...] = (),
    summary: str | None = None,
    withdrawn: str | None = None,
) -> dict[str, Any]:
    """An advisory in the index's layout."""
    return {
        "id": name,
        "source": "osv",
        "link": f"https://osv.dev/vulnerability/{name}",
        "aliases": list(aliases),
        "details": f"{summary or name}, at length.",
        "summary": summary,
        "fixed_in": list(fixed_in),
        "withdrawn": withdrawn,
    }


def normalised(name: str) -> str:
    """As PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(slots=True)
class RateLimit:
    """GitHub's points an hour. ``reset`` is in epoch seconds."""

    limit: int = 5000
    remaining: int = 5000
    cost: int = 1
    reset: int = field(default_factory=lambda: int(time.time()) + 3600)


class World:
    """Everything that the server knows. A fresh one knows nothing; the tokens are new in every world."""

    def __init__(self) -> None:
        self.github = Forge()
        self.gitlab = Forge()
        self.forgejo = Forge()
        self.packages: dict[str, Package] = {}
        self.downloads: dict[str, int | str] = {}  # a text as ClickHouse may write a number of 64 bits
        self.count_column = "count"
        self.token = uuid.uuid4().hex
        self.gitlab_token = uuid.uuid4().hex
        self.rate = RateLimit()
        self.validators = True  # the package index sends ETags and honours If-None-Match
        self.compress = True  # whoever accepts gzip gets it
        self.forgejo_licenses = False  # Gitea names licences, Forgejo does not

    @property
    def renames(self) -> Paths[str]:
        """Those of GitHub."""
        return self.github.renames

    def add(self, *things: Repository | Package) -> None:
        """Adds repositories to GitHub and packages to the index."""
        for thing in things:
            if isinstance(thing, Package):
                self.packages[normalised(thing.name)] = thing
            else:
                self.github.add(thing)

    def add_many(self, count: int) -> list[Repository]:
        """Adds repositories to GitHub that differ from each other: ``owner-0/name-0`` has 0 stars, and so on."""
        day = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
        made = [
            Repository(f"owner-{n}", f"name-{n}", stars=n, last_commit=zulu((day - dt.timedelta(days=n)).isoformat()))
            for n in range(count)
        ]
        self.github.add(*made)
        return made


def zulu(moment: str) -> str:
    """A moment as GitHub writes it: in UTC, whatever offset it was given with."""
    return dt.datetime.fromisoformat(moment).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def epoch_text(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def millis(moment: str, *, keep_offset: bool = False) -> str:
    """A moment as GitLab writes it: with milliseconds; commits keep the offset of their author."""
    parsed = dt.datetime.fromisoformat(moment)
    if keep_offset:
        return parsed.isoformat(timespec="milliseconds")
    return parsed.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
