"""Whether a description repeats a package's own summary, without keeping it: its words are not ours to publish.

What is kept are fingerprints of each six words in a row, and of the whole.
"""

import hashlib
import re

WORDS = 6
DIGITS = 8  # of a SHA-256; a false alarm among a hundred thousand fingerprints is one in forty thousand


def fingerprints(text: str) -> tuple[str, ...]:
    """Of each six words in a row, and of all words where they are fewer; sorted."""
    words = re.findall(r"\w+", text.casefold())
    rows = [words[at : at + WORDS] for at in range(max(1, len(words) - WORDS + 1))] if words else []
    return tuple(sorted({hashlib.sha256(" ".join(row).encode()).hexdigest()[:DIGITS] for row in rows}))


def repeats(text: str, known: tuple[str, ...]) -> bool:
    """Whether a text has six words in a row, or is, what the fingerprints were taken of."""
    return not set(fingerprints(text)).isdisjoint(known)
