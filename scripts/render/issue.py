"""Text for an issue on the forge: bounded, literal, and calling nobody."""

import re
from collections.abc import Callable

from scripts.render.markdown import escape

MOST = 60_000  # characters; the forge takes 65,536
# What the forge links after rendering, where character references do not help: @name, #1, GH-1.
_CALLS = re.compile(r"(@|#|\bGH-)(?=\w)", re.IGNORECASE)


def literal(text: str, limit: int = 600) -> str:
    """Text from outside on one line, cut where it is long: no markup, no link, and nobody is called."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    shown = "".join(character if character.isprintable() else " " for character in cut)
    return escape(_CALLS.sub(r"\1 ", shown))


def bounded(write: Callable[[int], str]) -> str:
    """The text with the most items a list that fits into an issue. ``write`` gets how many a list may have."""
    for most in (500, 200, 100, 50, 25, 10, 5, 2):
        text = write(most)
        if len(text) <= MOST:
            return text
    return f"{write(1)[: MOST - 2]}…\n"
