"""Badges that can be read, by people and by programs."""

import json
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from scripts.catalogue.vocabularies import Vocabularies
from scripts.render.export.badges import COLOURS, LABEL, picture
from scripts.render.export.markup import possible
from scripts.view.activity import Activity
from scripts.view.rows import View
from tests.render.export.conftest import SITE, Files
from tests.render.export.hostile import texts, view_with
from tests.view.views import software

BADGES = PurePosixPath("api/v1/badges")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: object) -> ET.Element:
    return ET.fromstring(str(text).encode())  # noqa: S314 - ours


@pytest.mark.parametrize(
    ("slug", "word"), [("examplecorn", "active"), ("example-guard", "dormant"), ("oldcorn", "superseded")]
)
def test_a_badge_says_the_activity(files: Files, slug: str, word: str) -> None:
    svg = drawn(files[BADGES / f"{slug}.svg"])
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["Awesome ASGI", word]
    title = svg.findtext(f"{SVG}title")
    assert title == svg.get("aria-label")
    assert str(title).endswith(f" in Awesome ASGI: {word}, as of 2026-11-22")
    assert json.loads(files[BADGES / f"{slug}.json"]) == {
        "schemaVersion": 1,
        "label": "Awesome ASGI",
        "message": word,
        "color": COLOURS[Activity.ACTIVE if word == "active" else Activity.DORMANT].lstrip("#"),
    }


def test_every_project_has_one_and_no_publication(view: View, files: Files) -> None:
    names = {path.name for path in files if path.parent == BADGES}
    assert names == {f"{row.slug}.{suffix}" for row in view.software for suffix in ("svg", "json")}


def test_texts_lie_within_their_boxes(real_files: Files) -> None:
    for path, text in real_files.items():
        if path.parent == BADGES and path.suffix == ".svg":
            svg = drawn(text)
            ends = [int(part.get("x", "")) + int(part.get("textLength", "")) for part in svg.iter(f"{SVG}text")]
            starts = [int(part.get("x", "")) for part in svg.iter(f"{SVG}text")]
            assert ends[0] < starts[1]
            assert ends[1] < int(svg.get("width", ""))


def test_nothing_in_it_needs_a_style_or_another_file(files: Files) -> None:
    for path, text in files.items():
        if path.suffix == ".svg":
            allowed = {"svg", "title", "rect", "path", "g", "text"}
            assert {part.tag.removeprefix(SVG) for part in drawn(text).iter()} == allowed
            assert "style" not in str(text)


@pytest.mark.parametrize("colour", [LABEL, *COLOURS.values()])
def test_white_on_every_colour_can_be_read(colour: str) -> None:
    """WCAG 2.2, 1.4.3."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


@settings(deadline=None)  # the machine may be busy
@given(name=texts)
def test_any_name_is_only_a_name(vocabularies: Vocabularies, name: str) -> None:
    view = view_with(vocabularies, name, "Something.", "1")
    svg = drawn(picture(software(view, "it"), view, SITE))
    shown = possible(name).replace("\r\n", "\n").replace("\r", "\n")
    assert str(svg.findtext(f"{SVG}title")).startswith(f"{shown} in Awesome ASGI: ")
    assert len([*svg.iter()]) == 7
