"""Looks for archived copies of publications that are gone, at the Internet Archive's availability API.

https://archive.org/help/wayback_api.php. Of its answer, only a time is believed; the address is put together here.
"""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError

from scripts.catalogue.urls import fault
from scripts.facts.links.ask import Asker
from scripts.facts.links.traces import Page
from scripts.facts.links.turns import ClosedError

DEFAULT_ADDRESS = "https://archive.org/wayback/available"
MOST_QUESTIONS = 20  # in one run; the rest is asked in the next


class _Closest(BaseModel):
    available: bool
    status: str
    timestamp: Annotated[str, Field(pattern="^(?:19|20)[0-9]{12}$")]


class _Snapshots(BaseModel):
    closest: _Closest | None = None


class _Answer(BaseModel):
    archived_snapshots: _Snapshots


async def copies(asker: Asker, address: str, urls: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
    """The address of an archived copy, for those that have one."""
    for url in urls[:MOST_QUESTIONS]:
        try:
            trace = await asker.trace("GET", f"{address}?url={quote(url, safe='')}")
        except ClosedError:
            return
        if isinstance(trace.end, Page) and trace.end.status == 200 and (copy := copy_of(url, trace.end.text)):
            yield url, copy


def copy_of(url: str, answer: str | None) -> str | None:
    """The copy that an answer names, if it names a good one that an entry may link."""
    try:
        closest = _Answer.model_validate(json.loads(answer or "")).archived_snapshots.closest
    except (ValidationError, ValueError, RecursionError):
        return None
    if closest is None or not closest.available or closest.status != "200":
        return None
    copy = f"https://web.archive.org/web/{closest.timestamp}/{url}"
    return None if fault(copy, fragment=True) else copy
