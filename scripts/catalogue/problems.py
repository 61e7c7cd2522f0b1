"""A problem: where it stands, what is wrong, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. ``line`` and ``column`` count from 1; ``path`` is relative to the repository's root."""

    path: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{shown(self.path, 400)}:{self.line}:{self.column}: {self.text}"

    def annotation(self) -> str:
        """The same as a GitHub Actions workflow command.

        Escapes as the runner reads them:
        https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
        """
        path = _escape(self.path).replace(":", "%3A").replace(",", "%2C")
        return f"::error file={path},line={self.line},col={self.column}::{_escape(self.text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like a word, if any does."""
    return next(iter(get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)), None)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known word, or all of them where none is near."""
    words = sorted(known)
    if near := nearest(word, words):
        return f"Did you mean `{near}`?"
    if len(words) > 30:
        return "None has a similar name. Look below `data/` for what there is."
    return f"Choose one of: {', '.join(words)}."


def shown(value: str, limit: int = 60) -> str:
    """A value from outside, safe to print on one line: control characters escaped, long texts cut."""
    visible = value if value.isprintable() else value.encode("unicode_escape").decode("ascii")
    return visible if len(visible) <= limit else f"{visible[: limit - 1]}…"
