"""Markdown that says exactly what it is given, on GitHub and in Python-Markdown alike."""

import html
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePosixPath

# Character references are read by both dialects in every position; backslashes are not.
# The colon of an emoji or address, and the point of `www.`, would make GitHub see an emoji or a bare link.
# An underscore between letters or digits means nothing in either dialect.
_SPECIAL = re.compile(
    r"[\\`*{}\[\]<>&|~^$#]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\w|//)|(?<=www)\.", re.IGNORECASE | re.ASCII
)
# What may stand in a URL but would end or change a link.
_IN_LINKS = str.maketrans({"&": "&amp;", "(": "%28", ")": "%29", "'": "%27"})


def escape(text: str) -> str:
    """Text that renders as itself within a line: no emphasis, link, HTML, math, emoji or table cell comes out of it.

    Not for the start of a paragraph, where `1.` or `-` begins a list.
    """
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)


def link(text: str, target: str) -> str:
    """A link whose text is literal. ``target`` is a checked URL or a path of ours."""
    return f"[{escape(text)}]({target.translate(_IN_LINKS)})"


def front_matter(title: str, **more: object) -> str:
    """The YAML block at the head of a page. JSON is YAML, and quotes whatever needs it.

    Texts are HTML, since the theme's templates write them into the page as they are; what is structured they escape.
    """
    values = {
        key: html.escape(value) if isinstance(value, str) else value for key, value in (("title", title), *more.items())
    }
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{lines}---\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. Cells are Markdown, already escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


@cache
def relative(source: PurePosixPath, target: PurePosixPath) -> str:
    """The path from one page to another, both below ``docs/``."""
    return PurePosixPath(*(".." for _ in source.parent.parts), target).as_posix()


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """``1 entry``, ``2 entries``."""
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"
