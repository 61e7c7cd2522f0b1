"""Refuses to publish shrunken facts: a fault outside must not look like an ecosystem that died overnight."""

from collections.abc import Mapping

from scripts.facts.models import Record
from scripts.facts.store import Facts

MOST_LOST = 0.05
_SELF = {"observed", "source", "gone", "validator", "summary"}  # what a record says about itself


def refusal(old: Facts, new: Facts) -> str | None:
    """Why the new facts must not be written; None if they may. More than 5 % lost, emptied or gone is too much."""
    after = new.files()
    for path, records in old.files().items():
        lost = sorted(name for name, record in records.items() if _is_lost(record, after[path].get(name)))
        if len(lost) > MOST_LOST * len(records):
            text = f"{len(lost)} of {len(records)} records of {path} would be lost, empty or gone, {lost[0]} among them"
            return f"{text}. Nothing was written. Look whether the other side works, then run again."
    return None


def _is_lost(old: Record, new: Record | None) -> bool:
    if new is None or (new.gone and not old.gone):
        return True
    return bool(_said(old)) and not _said(new)


def _said(record: Record) -> Mapping[str, object]:
    values = record.model_dump(exclude_defaults=True, exclude=_SELF)
    return {name: value for name, value in values.items() if value != {}}
