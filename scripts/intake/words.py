"""What a project says of itself, on its forge and its index. Shown to a person as help; never kept and never copied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.catalogue import urls
from scripts.catalogue.document import CONTROL, INVISIBLE

MOST_CHARACTERS = 500
MOST_TERMS = 60


@dataclass(frozen=True, slots=True)
class Words:
    """``source`` said it. ``urls`` are addresses by label, in lower case; only those that could be published."""

    source: str
    name: str = ""
    summary: str = ""
    terms: tuple[str, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)


def of_package(body: Mapping[str, Any], source: str) -> Words:
    """From the index's metadata. Whatever has another shape than documented is left out."""
    info = body.get("info")
    info = info if isinstance(info, dict) else {}
    labelled = info.get("project_urls")
    named = {**labelled} if isinstance(labelled, dict) else {}
    named.setdefault("Homepage", info.get("home_page"))
    keywords = _line(info.get("keywords")).replace(",", " ").split()
    terms = [*keywords, *_lines(info.get("classifiers"))]
    return Words(source, _line(info.get("name")), _line(info.get("summary")), tuple(terms[:MOST_TERMS]), _urls(named))


def of_repository(body: Mapping[str, Any], source: str) -> Words:
    """From what a forge answers about a repository: GitHub, GitLab and Forgejo name these parts alike."""
    homepage = body.get("homepage") or body.get("website")
    terms = tuple(_lines(body.get("topics"))[:MOST_TERMS])
    return Words(source, _line(body.get("name")), _line(body.get("description")), terms, _urls({"homepage": homepage}))


def _line(value: object) -> str:
    """One line of visible text, or nothing."""
    if not isinstance(value, str):
        return ""
    visible = INVISIBLE.sub("", CONTROL.sub("", value[: 2 * MOST_CHARACTERS]))
    return " ".join(visible.split())[:MOST_CHARACTERS]


def _lines(values: object) -> list[str]:
    return [line for value in values if (line := _line(value))] if isinstance(values, list) else []


def _urls(labelled: Mapping[Any, object]) -> dict[str, str]:
    """Addresses that an entry could name; `http:` becomes `https:`, which is asked for anyway."""
    found = {}
    for label, value in labelled.items():
        address = _line(value)
        if address.startswith("http://"):
            address = f"https://{address.removeprefix('http://')}"
        if address and not urls.fault(address, fragment=True):
            found[_line(label).casefold()] = address
    return found
