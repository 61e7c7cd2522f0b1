"""What people filter and compare by: values that follow from an entry and its facts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from scripts.catalogue.models import Speaking
from scripts.catalogue.vocabularies import LicenseFamily
from scripts.view.rows import SoftwareRow

PROTOCOLS = {
    "http/2": "HTTP/2",
    "http/3": "HTTP/3",
    "websocket": "WebSocket",
    "lifespan": "Lifespan",
    "sse": "Server-Sent Events",
    "grpc": "gRPC",
}
_OF_TAGS = {"http2": "http/2", "http3": "http/3", "websocket": "websocket", "lifespan": "lifespan", "sse": "sse"}
_OF_TAGS |= {"grpc": "grpc"}
PYTHONS_SHOWN = 6
_MINOR = re.compile(r"3\.\d{1,2}")
ENOUGH = 10  # packages that must name a Python version before it counts as one


def protocols(row: SoftwareRow) -> tuple[str, ...]:
    """Protocols that its documentation claims or that it is tagged with; HTTP/1.1 says nothing and is left out."""
    claims = row.entry.claims if isinstance(row.entry, Speaking) else None
    named = {*(claims.protocols if claims else ()), *(_OF_TAGS.get(tag, "") for tag in row.entry.tags)}
    return tuple(protocol for protocol in PROTOCOLS if protocol in named)


def license_family(row: SoftwareRow, families: Mapping[str, LicenseFamily]) -> str | None:
    """The family of its licence. Of a choice (OR) the first that holds, of several terms (AND) the last."""
    if row.license is None:
        return None
    order = list(families)
    choices = [
        max((_rank(name, families) for name in re.split(r" (?:AND|WITH) ", choice)), default=len(order) - 1)
        for choice in re.sub(r"[()]", "", row.license.spdx).split(" OR ")
    ]
    return order[min(choices)]


def _rank(name: str, families: Mapping[str, LicenseFamily]) -> int:
    ranks = (rank for rank, family in enumerate(families.values()) if name in family.licenses)
    return next(ranks, len(families) - 1)


def current_pythons(rows: Iterable[SoftwareRow]) -> Sequence[str]:
    """The newest minor versions that packages of the catalogue name, newest first."""
    named = Counter(
        version for row in rows if row.package for version in row.package.pythons if _MINOR.fullmatch(version)
    )
    known = sorted((version for version, count in named.items() if count >= ENOUGH), key=_minor, reverse=True)
    return known[:PYTHONS_SHOWN]


def allowed_pythons(row: SoftwareRow, pythons: Iterable[str]) -> Iterator[str]:
    """Those on which its latest version may be installed; none where that is not known."""
    required = row.package.requires_python if row.package else None
    if required:
        yield from (version for version in pythons if _allows(required, version))


@cache
def _allows(required: str, version: str) -> bool:
    """Whether some patch version is allowed: the first or a late one, since lower bounds may name a patch."""
    try:
        specifiers = SpecifierSet(required)
    except InvalidSpecifier:
        return False
    return specifiers.contains(f"{version}.0") or specifiers.contains(f"{version}.99")


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def lowest_python(row: SoftwareRow) -> tuple[int, int] | None:
    """The lowest minor version of Python 3 that its latest version allows, as far as a plain lower bound says it."""
    required = row.package.requires_python if row.package else None
    return _bound(required) if required else None


@cache
def _bound(required: str) -> tuple[int, int] | None:
    found = re.findall(r"(?:>=|~=|==)\s*(3)\.(\d+)", required)
    return max(((int(major), int(minor)) for major, minor in found), default=None)
