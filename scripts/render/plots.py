"""Plots as SVG, drawn by pygal (docs/decisions/0006-plots.md): bars that stand or lie, stacked where there are several.

A plot is an image: no script, no font and no style from elsewhere reaches it, and it says nothing that the table below
it does not say. The same numbers give the same bytes.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Comment, Element

import pygal
from pygal.style import Style

from scripts.view.counts import Counts

WIDTH = 480  # of the drawing; as wide as a phone, so that its letters are as high as those of the text there
HEIGHT = 300
ROW = 24
FONT = 14
LETTER = 0.6  # width of a letter by its height, as pygal reckons
MOST_TICKS = 6
GAP = 12
AXIS = 44  # height of the numbers below lying bars, with the gaps around them

# Text, lines, ground, then the series: each at least 3 : 1 on its ground, and neighbours apart by a line of it.
LIGHT = ("#24292f", "#d0d7de", "#fff", "#0f766e", "#b45309", "#6b7280", "#5b4bb7", "#a8326a", "#2563a8", "#4d7c0f")
DARK = ("#dce3e8", "#4a5862", "#1e2629", "#2dd4bf", "#fbbf24", "#9ca3af", "#a5b4fc", "#f9a8d4", "#60a5fa", "#a3e635")
_RULES = (
    "text{fill:var(--text)}.background{fill:none}.line{fill:none;stroke:var(--line)}"
    ".axis .guide.line{stroke-dasharray:2,3}.rect{stroke:var(--ground)}.legend rect{stroke:none}"
    ".axis.x text{text-anchor:middle}.axis.y text{text-anchor:end}.text-overlay .value{text-anchor:start}"
    ".horizontal .axis.y .guide.line,.vertical .axis.x .guide.line{opacity:0}"
)
_NAMES = ("text", "line", "ground", *(f"color-{at}" for at in range(7)))
_CLASSES = "".join(f".color-{at}{{fill:var(--color-{at})}}" for at in range(7))
_STYLE = Style(
    font_family="system-ui,sans-serif",
    label_font_size=FONT,
    major_label_font_size=FONT,
    legend_font_size=FONT,
    value_font_size=FONT,
)


def plot(title: str, counts: Counts, *, lying: bool = False, most: int = 0) -> tuple[str, str]:
    """The same plot for a light and for a dark ground. ``most`` is the end of the scale, where plots are compared."""
    chart = (pygal.HorizontalStackedBar if lying else pygal.StackedBar)(**_settings(counts, lying=lying))
    ticks = ticks_to(max((most, *counts.totals)))
    chart.y_labels = ticks
    chart.range = (0, ticks[-1])
    chart.x_labels = counts.labels[::-1] if lying else counts.labels
    for one in counts.series:
        chart.add(one.name, one.values[::-1] if lying else one.values)
    chart.add_xml_filter(lambda root: _bare(root, title))
    light: str = chart.render(is_unicode=True)
    return light, light.replace(_colours(LIGHT), _colours(DARK))


def height(counts: Counts, *, lying: bool) -> int:
    """In the unit of WIDTH."""
    return len(counts.labels) * ROW + AXIS + _legend_rows(counts, lying=lying) * ROW if lying else HEIGHT


def ticks_to(most: int) -> list[int]:
    """Round whole numbers from 0 to the first that is not below ``most``; at most seven."""
    steps = (factor * 10**power for power in range(12) for factor in (1, 2, 5))
    step = next(step for step in steps if step * MOST_TICKS >= most)
    return [*range(0, most + step, step)] if most else [0, 1]


def _settings(counts: Counts, *, lying: bool) -> dict[str, Any]:
    several = len(counts.series) > 1
    columns = _legend_columns(counts, lying=lying)
    unfinished = bool(len(counts.series) % columns)  # pygal leaves no room for a last row that is not full
    return {
        "style": _STYLE,
        "css": [f"inline:{_colours(LIGHT)}{_RULES}{_CLASSES}"],
        "js": [],
        "width": WIDTH,
        "height": height(counts, lying=lying),
        "margin": GAP,
        "margin_bottom": GAP + (ROW if several and unfinished else 0),
        "margin_right": GAP if several or not lying else 3 * GAP,
        "spacing": 8,
        "no_prefix": True,
        "disable_xml_declaration": True,
        "show_legend": several,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": columns,
        "print_values": lying and not several,
        "print_values_position": "top",
        "truncate_legend": -1,
        "truncate_label": -1,
        "value_formatter": "{:,}".format,
        "show_minor_x_labels": lying,
        "x_labels_major_every": None if lying else _every(counts.labels),
    }


def _every(labels: Sequence[str]) -> int:
    """Every how many bars a label fits below."""
    width = _longest(labels) + GAP
    return -(-len(labels) // max(1, int((WIDTH - 4 * GAP) / width)))


def _legend_columns(counts: Counts, *, lying: bool) -> int:
    """How many entries of the legend fit beside each other, below the bars."""
    entry = _longest([one.name for one in counts.series]) + 3 * GAP
    labels = _longest(counts.labels) if lying else 0
    return max(1, min(len(counts.series), int((WIDTH - 2 * GAP - labels) / entry)))


def _longest(texts: Sequence[str]) -> float:
    return max(map(len, texts), default=0) * FONT * LETTER


def _legend_rows(counts: Counts, *, lying: bool) -> int:
    several = len(counts.series) > 1
    return -(-len(counts.series) // _legend_columns(counts, lying=lying)) if several else 0


def _colours(scheme: tuple[str, ...]) -> str:
    return f"svg{{{';'.join(f'--{name}:{colour}' for name, colour in zip(_NAMES, scheme, strict=True))}}}"


def _bare(root: Element, title: str) -> Element:
    """Without comments (one has the day), scripts, tooltips, empty bars; with the title for whoever opens the file."""
    for parent in [*root.iter()]:
        for child in [*parent]:
            if _is_needless(child):
                parent.remove(child)
    root.attrib.pop("id", None)
    name = Element("title")
    name.text = title
    root.insert(0, name)
    return root


def _is_needless(element: Element) -> bool:
    if element.tag in {Comment, "desc", "script", "title"}:
        return True
    return element.get("class") == "bar" and any(_is_empty(shape) for shape in element.iter("rect"))


def _is_empty(shape: Element) -> bool:
    """Whether a bar has no length: an empty lying one has not even the attribute."""
    return any(float(shape.get(side, "0")) == 0 for side in ("width", "height"))


def names(id_: str) -> Iterator[tuple[str, str]]:
    """The file of a plot for each scheme, with the mark by which Material shows it in that scheme only."""
    for scheme in ("light", "dark"):
        yield f"{id_}-{scheme}.svg", f"#only-{scheme}"
