"""How often distributions were downloaded, for all names in one request, from a public mirror of the index's own log.

ClickPy (https://clickpy.clickhouse.com) is ClickHouse's copy of that log, refreshed daily, free to ask without a key.
Taken because one question answers for every name; other services answer one name a request, or ask for a key. Its
figures count mirrors and CI too: they compare, they do not measure people.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from scripts.catalogue.fields import PACKAGE
from scripts.facts.http import Client, FetchError, Request
from scripts.facts.models import Downloads

DEFAULT_ADDRESS = "https://sql-clickhouse.clickhouse.com/?user=demo"
SOURCE = "ClickPy"
DAYS = 30


def question(names: Sequence[str]) -> str:
    """The SQL text. Names are checked distribution names; anything else is refused here."""
    if odd := [name for name in names if not PACKAGE.fullmatch(name)]:
        raise ValueError(f"not a normalised distribution name: {odd[0]!r}")
    listed = ", ".join(f"'{name}'" for name in names)
    return (
        "SELECT project, sum(count) AS downloads FROM pypi.pypi_downloads_per_day"  # noqa: S608 - names are checked
        f" WHERE project IN ({listed}) AND date >= today() - {DAYS} GROUP BY project FORMAT JSON"
    )


def observe(client: Client, address: str, names: Sequence[str], today: dt.date) -> Mapping[str, Downloads]:
    """Downloads by name; a name without an answer is left out. Raises FetchError."""
    answer = client.ask(Request(address, text=question(names)))
    if answer.status != 200:
        raise FetchError(f"{SOURCE} answered {answer.status}.")
    return parse(answer.body, names, today)


def parse(body: bytes, names: Sequence[str], today: dt.date) -> Mapping[str, Downloads]:
    """Downloads by name, from the answer. Raises FetchError."""
    asked = set(names)
    try:
        rows = json.loads(body)["data"]
        return {
            row["project"]: Downloads(observed=today, source=SOURCE, last_month=int(row["downloads"]))
            for row in rows
            if row["project"] in asked
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FetchError(f"{SOURCE} answered in another shape than expected.") from None
