"""Candidates in the order in which a maintainer reads them: by facts alone, the most promising first."""

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum
from typing import TypeAlias

from scripts.facts.candidates import Candidate
from scripts.view.activity import QUIET_MONTHS, months_before

Proposal: TypeAlias = Candidate  # for pages, which know the facts by what stands here
SAYS_ASGI = ("asgi", "starlette", "fastapi", "litestar", "quart", "uvicorn", "hypercorn", "channels")


class Promise(IntEnum):
    """How much speaks for it."""

    SEVERAL = 0
    SAYS_SO = 1
    ONE = 2
    SLEEPS = 3
    COPY = 4


def promise(candidate: Candidate, today: dt.date) -> Promise:
    """By what is known: a fork and what is asleep come last, what several places name comes first."""
    remote = candidate.remote
    if remote.fork:
        return Promise.COPY
    if remote.archived or not remote.pushed or remote.pushed < months_before(today, QUIET_MONTHS):
        return Promise.SLEEPS
    if len(candidate.places) > 1:
        return Promise.SEVERAL
    words = f"{' '.join(remote.topics)} {remote.description} {remote.name}".casefold()
    return Promise.SAYS_SO if any(word in words for word in SAYS_ASGI) else Promise.ONE


def ranked(candidates: Iterable[Candidate], today: dt.date) -> list[tuple[Promise, Candidate]]:
    """By promise, of these by stars, of these by name."""
    found = [(promise(candidate, today), candidate) for candidate in candidates]
    return sorted(found, key=lambda pair: (pair[0], -pair[1].remote.stars, pair[1].remote.name.casefold()))
