"""A badge for each project: its activity as a small picture, and as what shields.io draws one from."""

import htpy as h

from scripts.render.export import models
from scripts.render.export.markup import possible
from scripts.render.parts import activity_word
from scripts.render.site import Site
from scripts.view.activity import Activity
from scripts.view.rows import SoftwareRow, View

# White on each of them is at least 4.5 : 1. The colours of the site's badges on a light ground (docs/assets/site.css).
LABEL = "#24292f"
COLOURS = {
    Activity.ACTIVE: "#0a5c36",
    Activity.QUIET: "#7a4b00",
    Activity.UNKNOWN: "#57606a",
    Activity.DORMANT: "#a1260d",
    Activity.ENDED: "#a1260d",
}
HEIGHT, MARGIN, ROUND = 20, 7, 3
# Widths of characters of Verdana at 11 px, in px; readers without it get their font stretched to the same length.
_NARROW, _BROAD, _WIDTHS = set("iIljft r"), set("mwMWG"), {"narrow": 4.2, "broad": 9.4, "capital": 7.4, "other": 6.8}


def picture(row: SoftwareRow, view: View, site: Site) -> str:
    """The badge as SVG. Presentation attributes, since a page's policy may forbid styles."""
    message = activity_word(row).lower()
    left, right = _width(site.name), _width(message)
    start, total = left + 2 * MARGIN, left + right + 4 * MARGIN
    said = f"{possible(row.name)} in {site.name}: {message}, as of {view.as_of}"
    drawn = h.svg(
        xmlns="http://www.w3.org/2000/svg", width=str(total), height=str(HEIGHT), role="img", aria_label=said
    )[
        h.title[said],
        h.rect(width=str(total), height=str(HEIGHT), rx=str(ROUND), fill=COLOURS[row.activity]),
        h.path(d=_left_part(start), fill=LABEL),
        h.g(fill="#fff", font_family="Verdana,Geneva,DejaVu Sans,sans-serif", font_size="11")[
            h.text(x=str(MARGIN), y="14", textLength=str(left))[site.name],
            h.text(x=str(start + MARGIN), y="14", textLength=str(right))[message],
        ],
    ]
    return f"{drawn}\n"


def _left_part(width: int) -> str:
    """A box with round corners on its left only."""
    arc, inner = f"a{ROUND} {ROUND} 0 0 1", HEIGHT - 2 * ROUND
    return f"M{ROUND} 0h{width - ROUND}v{HEIGHT}h-{width - ROUND}{arc}-{ROUND}-{ROUND}v-{inner}{arc} {ROUND}-{ROUND}z"


def endpoint(row: SoftwareRow, site: Site) -> str:
    """The same for shields.io, which draws it in a style of one's choice."""
    badge = models.Badge(
        schema_version=1, label=site.name, message=activity_word(row).lower(), color=COLOURS[row.activity].lstrip("#")
    )
    return badge.model_dump_json(by_alias=True) + "\n"


def _width(text: str) -> int:
    return round(sum(map(_character, text)))


def _character(character: str) -> float:
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _BROAD:
        return _WIDTHS["broad"]
    return _WIDTHS["capital" if character.isupper() else "other"]
