"""Plots show the numbers that they are given, ask for nothing, and come out the same each time."""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.render import plots
from scripts.render.plots import DARK, LIGHT, plot, ticks_to
from scripts.view.counts import Counts, Series
from tests.render.test_markdown import texts

SVG = "{http://www.w3.org/2000/svg}"
TWO = Counts(("a", "b", "c"), (Series("One", (3, 0, 5)), Series("Two", (1, 2, 4))), 15)
COLOUR = re.compile(r"#[0-9a-f]{3,6}\b")


def drawn(svg: str, *, lying: bool) -> list[list[int]]:
    """The numbers of each series as an eye takes them from bars and scale; empty bars are left out."""
    root = fromstring(svg)  # noqa: S314  # our own
    axis, side = ("x", "width") if lying else ("y", "height")
    places = scale(root, axis)
    (low, first), (high, second) = places[0], places[-1]
    unit = abs(second - first) / (high - low)
    return [
        [round(float(bar.get(side, "")) / unit) for bar in one.iter(f"{SVG}rect")]
        for one in root.iter(f"{SVG}g")
        if (one.get("class") or "").startswith("series") and one.find(f"{SVG}g[@class='bars']") is not None
    ]


def scale(root: Element, axis: str) -> list[tuple[int, float]]:
    """The numbers beside the lines, with the place of their line."""
    lines = [
        (int((guide.findtext(f"{SVG}text") or "").replace(",", "")), place(guide, axis))
        for part in root.iter(f"{SVG}g")
        if (part.get("class") or "").startswith(f"axis {axis}")
        for guide in part.iter(f"{SVG}g")
        if guide.get("class") == "guides"
    ]
    return sorted(lines)


def place(guide: Element, axis: str) -> float:
    path = guide.find(f"{SVG}path")
    assert path is not None
    x, y = re.findall(r"-?[\d.]+", path.get("d", ""))[:2]
    return float(x if axis == "x" else y)


@pytest.mark.parametrize("lying", [False, True])
def test_bars_are_as_long_as_their_numbers(lying: bool) -> None:  # noqa: FBT001
    order = -1 if lying else 1  # the first of lying bars is on top
    for svg in plot("T", TWO, lying=lying):
        assert drawn(svg, lying=lying) == [[3, 5][::order], [1, 2, 4][::order]]


def test_plots_with_the_same_end_have_the_same_scale() -> None:
    root = fromstring(plot("T", TWO, lying=True, most=40)[0])  # noqa: S314
    assert [number for number, _ in scale(root, "x")] == [0, 10, 20, 30, 40]


@pytest.mark.parametrize("lying", [False, True])
def test_labels_and_series_are_named(lying: bool) -> None:  # noqa: FBT001
    words = [*fromstring(plot("Title", TWO, lying=lying)[0]).itertext()]  # noqa: S314
    assert {"Title", "a", "b", "c", "One", "Two"} <= set(words)


def test_a_single_series_needs_no_legend_and_lying_says_its_numbers() -> None:
    one = Counts(("a", "b"), (Series("One", (1_234, 3)),), 2)
    words = [*fromstring(plot("T", one, lying=True)[0]).itertext()]  # noqa: S314
    assert {"1,234", "3"} <= set(words)
    assert "One" not in words


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert plot("T", TWO) == plot("T", TWO)
    for svg in plot("T", TWO):
        assert not re.search(r"\d{4}-\d\d-\d\d|Generated|<!--|[0-9a-f]{8}-[0-9a-f]{4}", svg)


def test_nothing_is_asked_from_elsewhere_and_nothing_runs() -> None:
    for svg in plot("T", TWO):
        bare = svg.replace('xmlns="http://www.w3.org/2000/svg"', "").replace("http://www.w3.org/1999/xlink", "")
        assert not re.search(r"//|url\(|@import|@font-face|href|<script|<image|<foreignObject|\son\w+=", bare)
        assert fromstring(svg).tag == f"{SVG}svg"  # noqa: S314


def test_the_schemes_differ_in_their_colours_only() -> None:
    light, dark = plot("T", TWO)
    assert COLOUR.sub("", light) == COLOUR.sub("", dark)
    assert set(LIGHT) <= set(COLOUR.findall(light))
    assert set(DARK) <= set(COLOUR.findall(dark))
    assert not set(LIGHT) & set(COLOUR.findall(dark))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_text_and_bars_stand_out_from_their_ground(scheme: tuple[str, ...]) -> None:
    text, _, ground, *bars = scheme
    assert contrast(text, ground) >= 4.5
    assert min(contrast(bar, ground) for bar in bars) >= 3


@given(st.integers(min_value=1, max_value=10**9))
def test_scales_are_round_whole_and_short(most: int) -> None:
    ticks = ticks_to(most)
    assert ticks[0] == 0
    assert ticks[-2] < most <= ticks[-1]
    assert len(ticks) <= 7
    assert len({high - low for low, high in pairwise(ticks)}) == 1


def test_a_plot_of_zeros_has_a_scale() -> None:
    assert ticks_to(0) == [0, 1]
    assert fromstring(plot("T", Counts(("a",), (Series("One", (0,)),), 0))[0]) is not None  # noqa: S314


@given(title=texts, label=texts, name=texts)
def test_any_text_is_only_text(title: str, label: str, name: str) -> None:
    counts = Counts((label, "b"), (Series(name, (1, 2)), Series("Two", (2, 1))), 6)
    words = [*fromstring(plot(title, counts, lying=True)[0]).itertext()]  # noqa: S314
    assert {title, label, name} <= set(words)


def test_every_series_has_a_colour_of_its_own() -> None:
    many = tuple(Series(f"S{at}", (1,)) for at in range(7))
    found = COLOUR.findall(plot("T", Counts(("a",), many, 7))[0])
    assert len(set(found)) == len(LIGHT)
    assert list(plots.names("x")) == [("x-light.svg", "#only-light"), ("x-dark.svg", "#only-dark")]
