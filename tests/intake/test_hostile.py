"""Issues that want something else than an entry: nothing executes, nothing leaves ``data/``, nobody is called."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scripts.catalogue.load import load
from scripts.intake.answers import read_answers
from scripts.intake.questions import forms
from scripts.render.issue import code_block, neutral
from tests.conftest import PROJECT
from tests.intake.payloads import PAYLOADS
from tests.intake.person import Person

GOOD = {
    "name": "Otherworld",
    "category": "Servers: General purpose",
    "description": "Serves ASGI applications to a world that is not this one.",
    "repository": "https://github.com/other/world",
    "package": "otherworld",
    "evidence": "https://github.com/other/world/blob/main/server.py",
}
FREE = ("name", "description", "repository", "package", "docs", "works_with", "formerly", "fork_of", "evidence")
GITHUB = MarkdownIt("gfm-like")
MARKER = "<!-- suggestion -->"
MENTION = re.compile(r"(?<![\w`])@\w|(?<!\w)#\d|\bGH-\d", re.IGNORECASE)


def hostile_body(person: Person, place: str, text: str) -> str:
    good = person.body("add-software", **GOOD)
    whole = {"body": text, "before": text + good, "after": good + text}
    if place in whole:
        return whole[place]
    answers = GOOD | dict.fromkeys(FREE if place == "many" else [place], text)
    if place == "name":
        del answers["package"]  # so that the slug is made of the name
    return person.body("add-software", **answers)


def assert_harmless(comment: str) -> None:
    """Nothing in it is a link, HTML or a call, as the forge reads it."""
    assert comment.startswith(MARKER)
    assert comment.isprintable() or set(re.sub(r"[^\n]", "", comment)) == {"\n"}
    for token in GITHUB.parse(comment):
        assert token.type != "html_block" or token.content.strip() == MARKER
        for inner in token.children or []:
            assert inner.type not in {"link_open", "image", "html_inline"}, inner
            assert inner.type != "text" or not MENTION.search(inner.content), inner.content


def test_there_are_a_hundred() -> None:
    assert len(PAYLOADS) >= 100
    assert len({*PAYLOADS}) == len(PAYLOADS)


def test_the_good_answers_are_good(person: Person) -> None:
    assert person.suggest(person.body("add-software", **GOOD)).code == 0


@pytest.mark.parametrize(("place", "text"), PAYLOADS, ids=[f"{n}-{place}" for n, (place, _) in enumerate(PAYLOADS)])
def test_nothing_happens_but_at_most_one_file(
    person: Person,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    text: str,
) -> None:
    aside, here = tmp_path_factory.mktemp("aside"), tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)  # where a payload would leave its file
    before = person.files()
    seen = person.suggest(
        hostile_body(person, place, text),
        *("--result", str(aside / "result.json"), "--comment", str(aside / "comment.md")),
    )
    assert {path.name for path in aside.iterdir()} == {"result.json", "comment.md"}
    result = json.loads((aside / "result.json").read_text(encoding="ascii"))
    comment = (aside / "comment.md").read_text(encoding="utf-8")
    assert_harmless(comment)
    assert len(comment) < 20_000
    after = person.files()
    new = after.keys() - before.keys()
    assert {path: after[path] for path in before} == before
    assert not [*here.iterdir()]
    if seen.code:
        assert not new
        assert (result["ready"], result["slug"], result["branch"], result["path"]) == (False, None, None, None)
        assert result["problems"]
        return
    (path,) = new
    assert re.fullmatch(r"data/(servers|tools)/[a-z0-9]+(-[a-z0-9]+)*\.yml", path)
    assert re.fullmatch(r"suggest/add-[a-z0-9]+(-[a-z0-9]+)*", result["branch"])
    assert re.fullmatch(r"Add [a-z0-9]+(-[a-z0-9]+)*", result["title"])
    assert result["path"] == path
    assert len(Path(path).stem) <= 80
    assert person.check().code == 0
    (listing,) = (one for one in load(person.root).listings if one.path == path)
    assert isinstance(listing.document.value, dict)
    assert listing.document.value["category"] == "general-purpose"
    assert listing.document.value["repository"] in {GOOD["repository"], "https://github.com/a/b"}


def test_a_heading_that_stands_twice_is_named(person: Person) -> None:
    seen = person.suggest(person.body("add-software", **GOOD) + "\n\n### Name\n\nEvil")
    assert (seen.code, "heading `### Name` stands there twice." in seen.screen) == (1, True)


def test_a_body_that_is_no_text(person: Person) -> None:
    seen = person.suggest(b"### Name\n\n\xff\xfe")
    assert seen.code == 1
    assert "The text is not UTF-8." in seen.screen
    assert person.changed() == []


def test_a_body_without_end_is_not_read_to_its_end(person: Person, tmp_path_factory: pytest.TempPathFactory) -> None:
    endless = tmp_path_factory.mktemp("aside") / "body.md"
    with endless.open("wb") as stream:
        stream.truncate(1 << 40)
    seen = person.suggest_file(endless)
    assert (seen.code, "longer than 65,536 characters" in seen.screen) == (1, True)


TERMS = load(PROJECT).vocabularies
MEANINGFUL = st.sampled_from([*"`@#<>[]()!_*~|&:/\\\n", "www.", "https://", "a", "GH-1"])
LINES = st.sampled_from(["### Name", "### Category", "### ", "x", "", "\r", "_No response_", "Tools: Testing"])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.lists(MEANINGFUL).map("".join))
def test_any_text_is_neutral(text: str) -> None:
    for quoted in (text, f"`{text}` is not a slug. Write `x`."):
        assert_harmless(f"{MARKER}\n- {neutral(quoted)}\n")
    assert_harmless(f"{MARKER}\n{code_block(text)}\n\nend\n")


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES))
def test_any_headings_are_read_or_refused(lines: list[str]) -> None:
    assert TERMS is not None
    for newline in ("\n", "\r\n"):
        assert read_answers(newline.join(lines), forms(TERMS)) is not None
