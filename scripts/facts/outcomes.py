"""What asking about one thing can come to."""

from dataclasses import dataclass

from scripts.facts.models import PackageFacts, RepositoryFacts


@dataclass(frozen=True, slots=True)
class Seen:
    """It is there."""

    facts: RepositoryFacts


@dataclass(frozen=True, slots=True)
class Found:
    """A distribution is there; ``urls`` are the addresses that it names itself."""

    facts: PackageFacts
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that what we know still holds."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The server knows no such thing (any more), or hides it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be found out this time."""

    reason: str


Outcome = Seen | Found | Unchanged | Gone | Failed
