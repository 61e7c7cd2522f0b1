"""Monthly figures for the trend pages: stars and downloads as they stood, one file a month."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field, ValidationError

from scripts.catalogue.disk import replace
from scripts.catalogue.problems import Problem
from scripts.facts.models import Strict
from scripts.facts.store import Facts

FOLDER = PurePosixPath("data/facts/history")
Count = Annotated[int, Field(ge=0)]


class Month(Strict):
    """What was counted in one month: stars by repository, downloads of thirty days by distribution."""

    downloads: Mapping[str, Count] = {}
    stars: Mapping[str, Count] = {}


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


def load_history(root: Path) -> tuple[dict[str, Month], list[Problem]]:
    """What was kept, by month (``2026-11``). No file yet is no history yet; a corrupt one is a problem."""
    months: dict[str, Month] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.json")):
        shown = path.relative_to(root).as_posix()
        remedy = f"Restore the file: `git checkout -- {shown}`."
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", path.stem):
            problems.append(Problem(shown, 1, 1, "Its name is no month, such as 2026-11.json. Rename or remove it."))
            continue
        try:
            months[path.stem] = Month.model_validate_json(path.read_bytes())
        except OSError as error:
            problems.append(Problem(shown, 1, 1, f"Cannot be read ({type(error).__name__}). {remedy}"))
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = ".".join(map(str, detail["loc"])) or "the file"
            problems.append(Problem(shown, 1, 1, f"`{where}`: {detail['msg']}. {remedy}"))
    return months, problems
