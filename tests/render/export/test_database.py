"""The database holds together, answers questions, and opens in Datasette."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import given, settings

from scripts.catalogue.vocabularies import Vocabularies
from scripts.render.export.database import database
from scripts.render.export.entries import exported
from tests.render.export.conftest import SITE, Files
from tests.render.export.hostile import texts, view_with

PLACE = PurePosixPath("api/v1/catalogue.sqlite")
SEARCH = """
SELECT slug FROM entries_fts JOIN entries ON entries.rowid = entries_fts.rowid
WHERE entries_fts MATCH ? ORDER BY slug
"""


def opened(content: object) -> sqlite3.Connection:
    assert isinstance(content, bytes)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


@pytest.fixture
def connection(files: Files) -> Iterator[sqlite3.Connection]:
    with closing(opened(files[PLACE])) as found:
        yield found


def ask(connection: sqlite3.Connection, question: str, *values: str) -> list[tuple[Any, ...]]:
    return connection.execute(question, values).fetchall()


def sound(connection: sqlite3.Connection) -> None:
    assert ask(connection, "PRAGMA foreign_key_check") == []
    assert ask(connection, "PRAGMA integrity_check") == [("ok",)]
    connection.execute("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")


def test_the_small_one_is_sound(connection: sqlite3.Connection) -> None:
    sound(connection)
    assert ask(connection, "PRAGMA user_version") == [(1,)]
    assert ask(connection, "SELECT value FROM meta WHERE key = 'as_of'") == [("2026-11-22",)]
    assert ask(connection, "SELECT count(*) FROM entries") == [(5,)]


def test_the_real_one_is_sound_and_no_table_is_empty(real_files: Files) -> None:
    with closing(opened(real_files[PLACE])) as connection:
        sound(connection)
        names = ask(connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        empty = {name for (name,) in names if not ask(connection, f'SELECT 1 FROM "{name}" LIMIT 1')}  # noqa: S608 - ours
    assert empty == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("proxy", ["corn-headers"]),
        ("websocket", ["examplecorn", "how-servers-call-2024"]),
        ("examplec*", ["examplecorn"]),
        ("serving application", ["examplecorn", "oldcorn"]),
        ("nothing-of-it", []),
    ],
)
def test_search_knows_names_descriptions_tags_and_stems(
    connection: sqlite3.Connection, words: str, found: list[str]
) -> None:
    words = words if words.endswith("*") else " ".join(f'"{word}"' for word in words.split())
    assert ask(connection, SEARCH, words) == [(slug,) for slug in found]


def test_search_still_finds_the_right_rows_after_a_vacuum(connection: sqlite3.Connection) -> None:
    connection.execute("VACUUM")
    question = (
        "SELECT slug FROM entries_fts JOIN entries ON entries.rowid = entries_fts.rowid WHERE entries_fts MATCH 'proxy'"
    )
    assert ask(connection, question) == [("corn-headers",)]


def test_tables_say_what_the_entries_say(connection: sqlite3.Connection) -> None:
    assert ask(connection, "SELECT * FROM works_with") == [("example-guard", "examplecorn")]
    assert ask(connection, "SELECT slug, part_of FROM software WHERE part_of IS NOT NULL") == [
        ("corn-headers", "examplecorn")
    ]
    assert ask(connection, "SELECT works_with_any FROM software WHERE slug = 'corn-headers'") == [(1,)]
    assert ask(connection, "SELECT name FROM authors ORDER BY position") == [("Ada Example",), ("Bob",)]
    assert ask(connection, "SELECT entry FROM topics") == [("examplecorn",)]
    assert ask(connection, "SELECT protocol FROM claims ORDER BY protocol") == [("http/1.1",), ("websocket",)]
    assert ask(connection, "SELECT name FROM formerly") == [("old/examplecorn",)]
    assert ask(connection, "SELECT before, after FROM events WHERE event = 'released'") == [("2.0", "2.1")]
    tags = "SELECT tag FROM entry_tags WHERE entry = 'examplecorn' ORDER BY tag"
    assert ask(connection, tags) == [("http2",), ("websocket",)]


def test_facts_have_days_and_sources_and_components_none(connection: sqlite3.Connection) -> None:
    stars = "SELECT value, observed, source FROM facts WHERE software = 'examplecorn' AND subject = 'stars'"
    assert ask(connection, stars) == [(1234, "2026-11-19", "somebody's list")]
    lists = "SELECT facts.value FROM facts, json_each(facts.value) AS one WHERE name = 'pythons' AND one.value = '3.13'"
    assert ask(connection, lists) == [('["3.12", "3.13"]',)]
    assert ask(connection, "SELECT * FROM facts WHERE software = 'corn-headers'") == []
    overview = "SELECT version, stars, activity FROM overview WHERE slug = 'examplecorn'"
    assert ask(connection, overview) == [("2.1", 1234, "active")]


def test_datasette_finds_tables_keys_and_search(files: Files, tmp_path: Path) -> None:
    content = files[PLACE]
    assert isinstance(content, bytes)
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(content)

    async def asked() -> tuple[Any, str]:
        datasette = Datasette([], immutables=[str(path)])
        await datasette.invoke_startup()
        found = await datasette.client.get("/catalogue/entries.json?_search=proxy&_shape=array")
        linked = await datasette.client.get("/catalogue/software?slug=oldcorn")
        return found.json(), linked.text

    found, linked = asyncio.run(asked())
    assert [row["slug"] for row in found] == ["corn-headers"]
    assert '<a href="/catalogue/entries/examplecorn">Examplecorn</a>' in linked, "Oldcorn has a successor"


@settings(deadline=None)  # the machine may be busy
@given(name=texts, description=texts, version=texts)
def test_any_text_comes_back(vocabularies: Vocabularies, name: str, description: str, version: str) -> None:
    view = view_with(vocabularies, name, description, version)
    entries = exported(view, SITE).values()
    content = database(view, entries, SITE)
    assert content == database(view, entries, SITE)
    with closing(opened(content)) as connection:
        assert ask(connection, "SELECT name, description FROM entries WHERE slug = 'it'") == [(name, description)]
        assert ask(connection, "SELECT value FROM facts WHERE name = 'version'") == [(version,)]
        sound(connection)
