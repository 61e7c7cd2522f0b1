"""What a value is: text in parts, the day and source that it was read from, and a note. No value is a value too."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

UNKNOWN = "unknown"
ENTRY = "this entry"  # the source of what people wrote into the catalogue


@dataclass(frozen=True, slots=True)
class Origin:
    """When and where something was read; ``url`` is the very page, where one is known."""

    date: dt.date
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a value; ``slug`` is the entry that it names."""

    text: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a comparison. ``empty`` says that nothing is the answer (no vulnerability), not a gap in the data;
    ``odd`` that the note is about a disagreement.
    """

    parts: tuple[Part, ...] = ()
    origin: Origin | None = None
    note: str = ""
    empty: bool = False
    odd: bool = False

    @classmethod
    def of(cls, text: object, origin: Origin | None, note: str = "", *, odd: bool = False) -> Self:
        """A value of one part; None and the empty text are unknown."""
        if text is None or text == "":
            return cls()
        return cls((Part(f"{text:,}" if isinstance(text, int) else str(text)),), origin, note, odd=odd)

    @classmethod
    def none(cls, text: str, origin: Origin | None) -> Self:
        """The answer that there is none."""
        return cls((Part(text),), origin, empty=True)

    @property
    def known(self) -> bool:
        return bool(self.parts)

    @property
    def text(self) -> str:
        return ", ".join(part.text for part in self.parts) or UNKNOWN


def span(versions: Iterable[str]) -> str:
    """Minor versions in ascending order, runs joined: ``3.9, 3.11 to 3.14``."""
    runs: list[list[tuple[int, ...]]] = []
    known = (version for version in versions if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", version))  # facts are text
    for version in sorted(tuple(int(part) for part in version.split(".")) for version in known):
        if runs and version[:-1] == runs[-1][-1][:-1] and version[-1] == runs[-1][-1][-1] + 1:
            runs[-1].append(version)
        else:
            runs.append([version])
    return ", ".join(_run([".".join(map(str, version)) for version in run]) for run in runs)


def _run(versions: list[str]) -> str:
    joint = ", " if len(versions) == 2 else " to "
    return versions[0] if len(versions) == 1 else f"{versions[0]}{joint}{versions[-1]}"
