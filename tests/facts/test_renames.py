"""New addresses are written into entries without touching anything else."""

import pytest

from scripts.facts.renames import Move, edited, moved, proposal
from tests.conftest import PROJECT

ENTRY = """# yaml-language-server: $schema=../schema/server.json
# A comment of ours.
name: Corn   # and another
repository: https://github.com/old/corn
category: general-purpose
{formerly}evidence: https://github.com/old/corn/blob/main/corn.py  # stays
added: 2026-11-22
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "formerly: [old/corn]\n"),
        ("formerly: [oldest/corn]\n", "formerly: [oldest/corn, old/corn]\n"),
        ("formerly: [old/corn]\n", "formerly: [old/corn]\n"),
        ("formerly: [new/corn]\n", "formerly: [old/corn]\n"),
    ],
)
def test_comments_and_order_stay(before: str, after: str) -> None:
    text = moved(ENTRY.format(formerly=before), "https://github.com/new/corn", "old/corn")
    assert text == ENTRY.format(formerly=after).replace("https://github.com/old", "https://github.com/new")


def test_files_of_the_repository_move_along_and_no_others() -> None:
    entry = ENTRY.format(
        formerly="docs: https://github.com/old/corn-docs\nhomepage: https://github.com/OLD/corn#readme\n"
    )
    text = moved(entry, "https://codeberg.org/new/corn", "old/corn")
    assert "docs: https://github.com/old/corn-docs\n" in text
    assert "homepage: https://codeberg.org/new/corn#readme\n" in text
    assert "evidence: https://codeberg.org/new/corn/blob/main/corn.py " in text


def test_values_are_replaced_where_they_stand_with_their_quotes_and_comments() -> None:
    text = """# first
docs: "https://a.example.com/"
status:
  # why
  source: 'https://a.example.com/s'
  state: archived
tags: [one, two]  # two
added: 2026-11-22
"""
    values = {("docs",): "https://b.example.com/", ("status", "source"): "https://b.example.com/s", ("tags", 1): "six"}
    assert edited(text, values) == text.replace("a.example", "b.example").replace("one, two]", "one, six]")


def test_every_real_entry_comes_back_as_it_was() -> None:
    """The writer changes nothing but what it is told to."""
    for path in sorted((PROJECT / "data").glob("*/*.yml")):
        text = path.read_text(encoding="utf-8")
        if "\nrepository: " not in text:
            continue
        there = moved(text, "https://github.com/some/where", "not/here")
        changed = {
            line
            for line in proposal("x", text, there).splitlines()
            if line[:1] in "+-" and line[:3] not in {"+++", "---"}
        }
        moving = ("repository: ", "formerly: ", "docs: ", "homepage: ", "evidence: ", "  source: ")
        assert all(line[1:].startswith(moving) for line in changed), path


def test_moves_know_their_addresses() -> None:
    assert Move("github", "a/b", "c/d").address == "https://github.com/c/d"
    elsewhere = Move("gitlab", "gitlab.com/a/b", "c/d")
    assert (elsewhere.address, elsewhere.former) == ("https://gitlab.com/c/d", "a/b")
