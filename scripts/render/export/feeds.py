"""Atom feeds. Bounded, dated by the data, and with ids that never change."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from feedgenerator import Atom1Feed

from scripts.render import places
from scripts.render.export import models
from scripts.render.export.entries import AnyEntry
from scripts.render.export.markup import possible
from scripts.render.happenings import told
from scripts.render.site import Site
from scripts.view.rows import View

LONGEST = 100
Feed = tuple[PurePosixPath, str]


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """Atom that is dated by the data: the library dates a feed without items by the clock."""

    def latest_post_date(self) -> dt.datetime:
        found: dt.datetime = self.feed["updated"]
        return found


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of a feed. ``id`` are the parts of its permanent id; ``terms`` are categories."""

    id: tuple[str, ...]
    title: str
    link: str
    text: str
    day: dt.date
    terms: tuple[str, ...]


def feeds(view: View, entries: Mapping[str, AnyEntry], site: Site) -> Iterator[Feed]:
    """Every feed by its place."""
    all_entries = tuple(entries.values())
    publications = [entry for entry in all_entries if isinstance(entry, models.Publication)]
    newest = [
        _news(entries[event.entry], models.Event.model_validate(event), view) for event in view.newest_events[:LONGEST]
    ]
    index = site.of(places.HOME)
    for name, title, items in (
        ("entries", "New entries", _newest(all_entries)),
        ("publications", "New publications", _newest(publications)),
        ("changes", "All changes", newest),
    ):
        place = places.feed(name)
        yield place, _feed(f"{site.name}: {title}", place, index, items, view.as_of, site)
    for entry in all_entries:
        if isinstance(entry, models.Software):
            yield _history(entry, view, site)


def _newest(entries: Iterable[AnyEntry]) -> list[_Item]:
    """Entries as news, newest first; of one day, in the order of the catalogue."""
    ordered = sorted(entries, key=lambda entry: entry.added, reverse=True)
    return [
        _Item(("entries", entry.slug), entry.name, entry.url, _introduction(entry), entry.added, _terms(entry))
        for entry in ordered[:LONGEST]
    ]


def _introduction(entry: AnyEntry) -> str:
    if isinstance(entry, models.Software):
        return entry.description
    origin = ", ".join((*entry.authors, *filter(None, (entry.event, entry.published))))
    return f"{entry.description} ({origin})" if origin else entry.description


def _terms(entry: AnyEntry) -> tuple[str, ...]:
    return (entry.kind, entry.category, *entry.tags)


def _history(entry: models.Software, view: View, site: Site) -> Feed:
    """What happened to one entry."""
    place = places.entry_feed(entry.slug)
    items = [_news(entry, event, view) for event in entry.history[:LONGEST]]
    return place, _feed(f"{entry.name} in {site.name}", place, entry.url, items, view.as_of, site)


def _news(entry: AnyEntry, event: models.Event, view: View) -> _Item:
    what = (entry.slug, str(event.date), event.event, *filter(None, [event.after or event.before]))
    return _Item(
        ("changes", *(quote(part, safe="") for part in what)),
        told(entry.name, event, view.vocabularies.kinds[entry.kind].title),
        entry.url,
        f"Noticed on {event.date}. {entry.description}",
        event.date,
        (event.event, entry.kind),
    )


def _feed(  # noqa: PLR0913, PLR0917 - what a feed consists of
    title: str, place: PurePosixPath, about: str, items: Iterable[_Item], as_of: dt.date, site: Site
) -> str:
    distinct = {item.id: item for item in items}.values()  # the same news twice is one entry of a feed
    atom = _Atom(
        title=possible(title),
        link=about,
        description="",
        language="en",
        author_name=site.name,
        author_link=site.address,
        feed_url=site.of(place),
        feed_guid=site.id(place.relative_to(places.API).with_suffix("").as_posix()),
        feed_copyright="CC0-1.0",
        updated=_midnight(max((item.day for item in distinct), default=as_of)),
    )
    for item in distinct:
        atom.add_item(
            title=possible(item.title),
            link=item.link,
            description=escape(possible(item.text)),  # the library says that it is HTML
            pubdate=_midnight(item.day),
            updateddate=_midnight(item.day),
            unique_id=site.id(*item.id),
            categories=item.terms,
        )
    stream = io.StringIO()
    atom.write(stream, "utf-8")
    return stream.getvalue() + "\n"


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
