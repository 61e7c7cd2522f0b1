"""What the report reads besides entries and facts: the state of links, and what hand-written pages link to."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from scripts.view.attention import Trouble

_ENTRY_LINK = re.compile(r"\]\((?:\.\./)*catalogue/[a-z]+/([a-z0-9-]+)\.md[)#]")


def troubles(text: str) -> Mapping[str, Trouble]:
    """The addresses that are gone, moved or in doubt, of the text of ``data/facts/links.json``.

    Lenient: the link checker owns the file, and what cannot be understood is not in trouble. What a human accepted
    is in order until the checker finds something else there.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    records = found.items() if isinstance(found, dict) else ()
    seen = ((url, _trouble(record)) for url, record in records if isinstance(record, dict))
    return {url: trouble for url, trouble in seen if trouble}


def _trouble(record: Mapping[str, Any]) -> Trouble | None:
    verdict, doubt = record.get("verdict"), record.get("doubt")
    if verdict not in {"gone", "moved"} and not doubt:
        return None
    matter = " ".join(str(part) for part in (verdict, doubt, record.get("to")) if part)
    days = [day for day in map(_day, (*_list(record.get("missing")), record.get("observed"))) if day]
    if record.get("accepted") == matter or not days:
        return None
    leads = f"leads to {record['to']}" if record.get("to") else ""
    reason = "; ".join(part for part in (str(record.get("reason") or ""), leads) if part)
    return Trouble(min(days), verdict == "gone", reason)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def linked_entries(pages: Mapping[str, str]) -> Mapping[str, set[str]]:
    """By slug of an entry the paths of the pages whose Markdown links to it."""
    found: dict[str, set[str]] = {}
    for path, text in pages.items():
        for slug in _ENTRY_LINK.findall(text):
            found.setdefault(slug, set()).add(path)
    return found
