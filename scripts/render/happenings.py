"""What happened to an entry, in words: one table for the page of changes, the feeds and the pages of entries."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from scripts.render.markdown import escape


class Change(Protocol):
    """An event, of the facts or of the exports. Values may be missing: nobody knew them."""

    @property
    def date(self) -> dt.date: ...
    @property
    def event(self) -> str: ...
    @property
    def before(self) -> str | None: ...
    @property
    def after(self) -> str | None: ...


class Words(NamedTuple):
    """How one sort of change reads: counted, as a sentence around the names of the entries, and on its own page.

    ``tail`` may use ``{kind}``, ``{after}``, and ``{was}``, which is the value before, or nothing. ``own`` may use
    ``{after}``, ``{change}`` (from one value to the other) and ``{since}``, which is the value before, or nothing.
    """

    noun: str
    nouns: str
    lead: str
    tail: str
    own: str


WORDS: Mapping[str, Words] = {
    "added": Words("addition", "additions", "", " joined the {kind}", "added to the catalogue"),
    "released": Words("release", "releases", "", " released {after}{was}", "version {after} released{since}"),
    "renamed": Words(
        "renamed repository",
        "renamed repositories",
        "The repository of ",
        " is now {after}{was}",
        "repository renamed {change}",
    ),
    "archived": Words(
        "archived repository",
        "archived repositories",
        "The repository of ",
        " was archived",
        "repository archived by its owner",
    ),
    "unarchived": Words(
        "repository no longer archived",
        "repositories no longer archived",
        "The repository of ",
        " is no longer archived",
        "repository no longer archived",
    ),
    "license": Words(
        "new licence", "new licences", "The licence of ", " is now {after}{was}", "licence changed {change}"
    ),
    "vulnerable": Words(
        "known vulnerability",
        "known vulnerabilities",
        "A vulnerability of the latest version of ",
        " became known: {after}{was}",
        "known vulnerability: {after}",
    ),
    "gone": Words(
        "project not found any more",
        "projects not found any more",
        "",
        " cannot be found any more on its forge or the package index",
        "gone from where its facts were read",
    ),
    "back": Words(
        "project found again",
        "projects found again",
        "",
        " can be found again",
        "back where its facts are read",
    ),
}


def told(name: str, event: Change, kind: str) -> str:
    """One event as plain text. ``kind`` is the title of the kind of the entry."""
    lead, tail = around(event.event, event.before, event.after, kind)
    return f"{lead}{name}{tail}"


def around(event: str, before: str | None, after: str | None, kind: str) -> tuple[str, str]:
    """What stands before and behind the name, as plain text."""
    words = WORDS[event]
    was = f" (before: {before})" if before else ""
    return words.lead, words.tail.format(kind=kind.lower(), after=after or "unknown", was=was)


def history_list(events: Sequence[Change], added: dt.date) -> Iterator[str]:
    """The events as a list, newest first; where nothing but the entry itself happened, one sentence."""
    if all(event.event == "added" for event in events):
        yield f"Added {added}.\n"
        return
    yield from (f"- {event.date}: {own_words(event)}" for event in events)
    yield ""


def own_words(event: Change) -> str:
    """One event as Markdown for the page of the entry, which need not name it."""
    before, after = (escape(value) if value else "" for value in (event.before, event.after))
    return WORDS[event.event].own.format(
        after=after,
        change=f"from {before} to {after}" if before else f"to {after}",
        since=f", after {before}" if before else "",
    )
