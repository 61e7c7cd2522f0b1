"""Text from outside for the forge, in an issue or a comment: bounded, literal, calling nobody, linking nothing."""

import re
from collections.abc import Callable

from scripts.render.markdown import escape

MOST = 60_000  # characters; the forge takes 65,536
# What the forge links after rendering, where character references do not help: @name, #1, GH-1.
_CALLS = re.compile(r"(@|#|\bGH-)(?=\w)", re.IGNORECASE)


def literal(text: str, limit: int = 600) -> str:
    """Text on one line, cut where it is long: no markup, no link, and nobody is called."""
    return escape(_CALLS.sub(r"\1 ", _one_line(text, limit)))


def neutral(text: str) -> str:
    """A sentence of ours that quotes values in backticks: quotes become code, and the rest is literal."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # a value had a backtick of its own
        return literal(text)
    return "".join(code(part) if place % 2 and part.strip() else literal(part) for place, part in enumerate(parts))


def code(text: str, limit: int = 400) -> str:
    """A span of code on one line, which its content cannot end."""
    return f"`{_one_line(text.replace('`', ' '), limit)}`"


def code_block(text: str, language: str = "") -> str:
    """A block of code that its content cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = "".join(character if character.isprintable() or character == "\n" else "�" for character in text)
    return f"{fence}{language}\n{shown.rstrip()}\n{fence}"


def bounded(write: Callable[[int], str]) -> str:
    """The text with the most items a list that fits into an issue. ``write`` gets how many a list may have."""
    for most in (500, 200, 100, 50, 25, 10, 5, 2):
        text = write(most)
        if len(text) <= MOST:
            return text
    return f"{write(1)[: MOST - 2]}…\n"


def _one_line(text: str, limit: int) -> str:
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(character if character.isprintable() else " " for character in cut)
