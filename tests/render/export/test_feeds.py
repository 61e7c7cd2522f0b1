"""Feeds that readers of feeds understand, dated by the data."""

import datetime as dt
import sys
from html import unescape
from pathlib import PurePosixPath
from typing import Any, get_args
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings

from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.changes import Event, Name
from scripts.render.export import models
from scripts.render.export.entries import exported
from scripts.render.export.feeds import LONGEST, feeds
from scripts.render.export.markup import possible
from scripts.render.happenings import told
from scripts.view.rows import View
from tests.render.export.conftest import SITE, Files
from tests.render.export.hostile import texts, view_with

FEEDS = PurePosixPath("api/v1/feeds")
ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = ("id", "title", "updated")  # RFC 4287, 4.1.1 and 4.1.2


def parsed(files: Files, name: str) -> Any:
    """What a reader understands, which must be all of it."""
    found = feedparser.parse(str(files[FEEDS / f"{name}.xml"]))
    assert not found.bozo, found.get("bozo_exception")
    return found


def keeps_to_the_rules(text: str) -> None:
    """What RFC 4287 demands of a feed like ours."""
    root = ET.fromstring(text)  # noqa: S314 - ours
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    entries = root.findall(f"{ATOM}entry")
    for part in (root, *entries):
        assert [len(part.findall(f"{ATOM}{name}")) for name in ONCE] == [1, 1, 1]
        links = [link.get("rel") for link in part.findall(f"{ATOM}link")]
        assert links.count("alternate") == 1
        assert str(part.findtext(f"{ATOM}id")).startswith("tag:site.example,2026-11-22:awesome/")
        updated = dt.datetime.fromisoformat(str(part.findtext(f"{ATOM}updated")))
        assert updated.tzinfo, "a date without a zone is no date of Atom"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) <= LONGEST
    newest = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert newest == sorted(newest, reverse=True)


def test_every_feed_keeps_to_the_rules_of_atom(files: Files) -> None:
    found = [str(text) for path, text in files.items() if FEEDS in path.parents]
    assert len(found) == 3 + 4, "three of all, one for each project"
    for text in found:
        keeps_to_the_rules(text)


def test_real_feeds_keep_to_the_rules_are_bounded_and_never_empty(real_view: View, real_files: Files) -> None:
    for row in real_view.software:
        text = str(real_files[FEEDS / "entries" / f"{row.slug}.xml"])
        keeps_to_the_rules(text)
        assert "<entry>" in text
    for name in ("changes", "entries", "publications"):
        keeps_to_the_rules(str(real_files[FEEDS / f"{name}.xml"]))
        assert len(parsed(real_files, name).entries) == LONGEST


def test_changes_are_told_newest_first_and_lead_to_their_pages(files: Files) -> None:
    feed = parsed(files, "changes")
    assert [entry.title for entry in feed.entries] == [
        "Examplecorn released 2.1 (before: 2.0)",
        "The repository of Example Guard is now example/guard (before: old/guard)",
        "Examplecorn joined the servers",
    ]
    first = feed.entries[0]
    assert first.summary.startswith("Noticed on 2026-11-20. Serves ASGI applications over HTTP/1.1")
    assert first.link == "https://site.example/awesome/catalogue/servers/examplecorn/"
    assert (first.updated, feed.feed.updated) == ("2026-11-20T00:00:00+00:00",) * 2
    assert feed.feed.title == "Awesome ASGI: All changes"
    assert {"rel": "self", "href": f"{SITE.address}api/v1/feeds/changes.xml"}.items() <= feed.feed.links[1].items()


def test_new_entries_and_publications(files: Files) -> None:
    entries, publications = parsed(files, "entries").entries, parsed(files, "publications").entries
    assert {entry.title for entry in entries} >= {"Examplecorn", "Oldcorn", "How servers call applications"}
    (publication,) = publications
    assert publication.summary.endswith("(Ada Example, Bob, Example Conf, 2024-05)")
    assert [tag.term for tag in publication.tags] == ["publication", "article", "websocket"]


def test_a_project_has_its_history(files: Files) -> None:
    feed = parsed(files, "entries/examplecorn")
    assert feed.feed.title == "Examplecorn in Awesome ASGI"
    told = [entry.title for entry in feed.entries]
    assert told == ["Examplecorn released 2.1 (before: 2.0)", "Examplecorn joined the servers"]
    changes = {entry.title: entry.id for entry in parsed(files, "changes").entries}
    assert [entry.id for entry in feed.entries] == [changes[entry.title] for entry in feed.entries]
    (added,) = parsed(files, "entries/oldcorn").entries
    assert added.title == "Oldcorn joined the servers"


class Elsewhen(dt.datetime):
    """A clock that is wrong."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> "Elsewhen":
        return cls(1999, 12, 31, tzinfo=tz)


def test_the_clock_changes_nothing(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = View(view.vocabularies, {}, view.as_of)
    for shown in (view, nobody):
        before = [*feeds(shown, exported(shown, SITE), SITE)]
        library = sys.modules["feedgenerator.django.utils.feedgenerator"]
        with monkeypatch.context() as patch:
            patch.setattr(library.datetime, "datetime", Elsewhen)
            assert [*feeds(shown, exported(shown, SITE), SITE)] == before
        assert not any("1999" in text for _, text in before)


def test_nothing_that_happened_is_dated_by_the_data(view: View) -> None:
    nobody = View(view.vocabularies, {}, view.as_of)
    found = dict(feeds(nobody, {}, SITE))
    for text in found.values():
        keeps_to_the_rules(text)
        assert "<updated>2026-11-22T00:00:00+00:00</updated>" in text


def test_the_same_news_twice_is_told_once(view: View) -> None:
    event = Event(date=dt.date(2026, 11, 20), event="released", entry="oldcorn", before="1", after="2")
    twice = View(view.vocabularies, view.rows, view.as_of, (event, event))
    found = dict(feeds(twice, exported(twice, SITE), SITE))
    assert found[FEEDS / "changes.xml"].count("<entry>") == 1


@pytest.mark.parametrize("name", get_args(Name))
def test_whatever_happens_has_words(name: str) -> None:
    event = models.Event(date=dt.date(2026, 1, 2), event=name, before="a", after="b")
    text = told("Corn", event, "Servers")
    assert "Corn" in text
    assert "{" not in text


@settings(deadline=None)  # the machine may be busy
@given(name=texts, description=texts, version=texts)
def test_any_text_is_read_back(vocabularies: Vocabularies, name: str, description: str, version: str) -> None:
    view = view_with(vocabularies, name, description, version)
    found = dict(feeds(view, exported(view, SITE), SITE))
    for text in found.values():
        keeps_to_the_rules(text)
    root = ET.fromstring(found[FEEDS / "entries.xml"].encode())  # noqa: S314 - ours
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    summaries = [entry.findtext(f"{ATOM}summary") for entry in root.iter(f"{ATOM}entry")]
    assert titles == [as_xml(name)] * 2
    assert as_xml(description) in [unescape(str(summary)) for summary in summaries]


def as_xml(text: str) -> str:
    """What is left of a text in XML, which has one end of line and lacks some characters."""
    return possible(text).replace("\r\n", "\n").replace("\r", "\n")
