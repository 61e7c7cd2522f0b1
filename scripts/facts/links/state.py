"""``data/facts/links.json``: what is known of each address that entries hold."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field

from scripts.catalogue.disk import replace
from scripts.catalogue.problems import Problem
from scripts.facts.links.public import MAX_LENGTH
from scripts.facts.models import Strict
from scripts.facts.store import FOLDER, read_records, text_of

PATH = FOLDER / "links.json"


class Verdict(StrEnum):
    """What several days of asking come to."""

    OK = "ok"
    MOVED = "moved"
    BLOCKED = "blocked"
    FLAKY = "flaky"
    GONE = "gone"


class Doubt(StrEnum):
    """Why a human should look, though there was an answer."""

    LOGIN = "login"
    HOME = "home"
    PARENT = "parent"
    ELSEWHERE = "elsewhere"
    INSECURE = "insecure"
    MISSING = "missing"
    PARKED = "parked"
    EMPTY = "empty"
    TYPE = "type"
    PRIVATE = "private"


def _web(value: str) -> str:
    if not value.startswith(("https://", "http://")) or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("is not a web address")
    return value


WebAddress = Annotated[str, Field(max_length=MAX_LENGTH * 2), AfterValidator(_web)]
Days = Annotated[tuple[dt.date, ...], Field(max_length=3)]


class Link(Strict):
    """One address."""

    observed: dt.date = Field(description="The day on which it was asked last.")
    verdict: Verdict
    reason: str = Field(default="", max_length=400, description="Why, as the predicate of a sentence; empty for `ok`.")
    to: WebAddress | None = Field(default=None, description="Where it leads, where that is of interest.")
    doubt: Doubt | None = Field(default=None, description="Why a human should look.")
    accepted: str = Field(default="", max_length=4100, description="The `matter` that a human found in order.")
    missing: Days = Field(default=(), description="Days on which it was said not to exist, at most the last three.")
    trouble: Days = Field(default=(), description="Days of other trouble since it last worked: first and last two.")
    read: dt.date | None = Field(default=None, description="The day on which its text was last looked at.")
    archived: WebAddress | None = Field(default=None, description="An archived copy, for a publication that is gone.")

    @property
    def matter(self) -> str:
        """What a human would look at, so that it is shown no more once somebody did; empty if nothing."""
        if self.doubt is None and self.verdict not in {Verdict.MOVED, Verdict.GONE}:
            return ""
        return " ".join(part for part in (self.verdict, self.doubt, self.to) if part)

    @property
    def needs_human(self) -> bool:
        return self.matter not in {"", self.accepted}


Links = Mapping[str, Link]


def load_links(root: Path) -> tuple[dict[str, Link], list[Problem]]:
    """By address without fragment. No file yet is nothing known yet; a corrupt file is a problem, never nothing."""
    problems: list[Problem] = []
    return read_records(root, "links", Link, problems), problems


def save_links(root: Path, links: Links) -> bool:
    """Writes the file whole or not at all, and says whether it differed. Raises OSError."""
    content = text_of(links).encode("utf-8")
    target = root / PATH
    if (target.exists() and target.read_bytes() == content) or not (links or target.exists()):
        return False
    replace(root, PurePosixPath(PATH), content, durable=True)
    return True
