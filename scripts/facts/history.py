"""Monthly figures for the trend pages: stars and downloads as they stood, one file a month."""

import datetime as dt
import json
from pathlib import Path, PurePosixPath

from scripts.catalogue.disk import replace
from scripts.facts.store import Facts

FOLDER = PurePosixPath("data/facts/history")


def figures(facts: Facts, today: dt.date) -> dict[str, dict[str, int]]:
    """What was counted in the month of a day."""
    month = today.replace(day=1)
    stars = {
        record.url or name: record.stars
        for records in facts.forges.values()
        for name, record in records.items()
        if record.stars is not None and (record.stars_observed or record.observed) >= month
    }
    downloads = {name: record.last_month for name, record in facts.downloads.items() if record.observed >= month}
    return {"downloads": downloads, "stars": stars}


def save_history(root: Path, facts: Facts, today: dt.date) -> PurePosixPath | None:
    """Writes the file of the month if it differs. Raises OSError."""
    counted = figures(facts, today)
    path = FOLDER / f"{today:%Y-%m}.json"
    content = (json.dumps(counted, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")
    target = root / path
    if not any(counted.values()) or (target.exists() and target.read_bytes() == content):
        return None
    replace(root, path, content, durable=True)
    return path
