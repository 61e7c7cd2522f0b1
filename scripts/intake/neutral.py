"""Text from outside inside a comment on the forge: nobody is called, nothing is linked, nothing is HTML."""

import re

from scripts.render.markdown import escape

# What the forge links after rendering, where character references do not help: @name, #1, GH-1.
_CALLS = re.compile(r"(@|#|\bGH-)(?=\w)", re.IGNORECASE)


def neutral(text: str) -> str:
    """A sentence of ours that quotes values in backticks. Quotes become code; the rest is literal text."""
    parts = "".join(character if character.isprintable() else " " for character in text).split("`")
    if len(parts) % 2 == 0:  # a value had a backtick of its own
        return _literal(" ".join(parts))
    return "".join(f"`{part}`" if place % 2 and part.strip() else _literal(part) for place, part in enumerate(parts))


def code_block(text: str, language: str = "") -> str:
    """A block of code that its content cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = "".join(character if character.isprintable() or character == "\n" else "�" for character in text)
    return f"{fence}{language}\n{shown.rstrip()}\n{fence}"


def _literal(text: str) -> str:
    return escape(_CALLS.sub(r"\1 ", text))
