"""The package index: the JSON metadata of one distribution."""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pypi_simple import PYPI_SIMPLE_ENDPOINT

from scripts.facts.echo import fingerprints
from scripts.facts.http import Client, FetchError, Request
from scripts.facts.models import PackageFacts, Vulnerability
from scripts.facts.outcomes import Failed, Found, Gone, Outcome, Unchanged

IN_FLIGHT = 4
SOURCE = "package index"
# The client library names the index; its JSON metadata stands beside its simple pages.
DEFAULT_ADDRESS = PYPI_SIMPLE_ENDPOINT.rstrip("/").removesuffix("/simple") + "/pypi"
MOST_SUMMARY = 500  # characters of a summary that are compared
LONGEST = 100  # characters of a version, a licence or another short text; longer ones are no such thing

# Classifiers that name one licence. "BSD License" and the like name a family, and are left out.
CLASSIFIERS = {
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
}


class _Part(BaseModel):
    """A part of the answer; what we do not use is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Info(_Part):
    version: str
    summary: str | None = None
    requires_python: str | None = None
    license: str | None = None
    license_expression: str | None = None
    classifiers: tuple[str, ...] = ()
    requires_dist: tuple[str, ...] | None = None
    provides_extra: tuple[str, ...] | None = None
    project_urls: Mapping[str, str] | None = None
    home_page: str | None = None
    yanked: bool = False


class _File(_Part):
    uploaded: dt.datetime = Field(alias="upload_time_iso_8601")
    yanked: bool = False


class _Vulnerability(_Part):
    id: str
    aliases: tuple[str, ...] = ()
    fixed_in: tuple[str, ...] = ()
    withdrawn: str | None = None


class _Metadata(_Part):
    info: _Info
    releases: Mapping[str, tuple[_File, ...]] = {}
    vulnerabilities: tuple[_Vulnerability, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Asks the index; ``address`` is the root of its JSON metadata."""

    client: Client
    address: str = DEFAULT_ADDRESS

    def observe(
        self, names: Sequence[str], known: Mapping[str, PackageFacts], today: dt.date
    ) -> Iterator[tuple[str, Outcome]]:
        """The outcome of each distribution, in order, at most four at once."""
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            yield from zip(names, pool.map(partial(self._one, known, today), names), strict=True)

    def _one(self, known: Mapping[str, PackageFacts], today: dt.date, name: str) -> Outcome:
        try:
            answer = self.client.ask(Request(f"{self.address}/{name}/json", _condition(known.get(name))))
        except FetchError as error:
            return Failed(str(error))
        if answer.status == 304:
            return Unchanged()
        if answer.status in {404, 410}:
            return Gone("the package index knows no such distribution")
        if answer.status != 200:
            return Failed(f"the package index answered {answer.status}")
        try:
            return parse(json.loads(answer.body), answer.headers.get("etag"), today)
        except (ValueError, RecursionError):
            return Failed("the package index answered with something that is not JSON")


def _condition(old: PackageFacts | None) -> Mapping[str, str]:
    """Asks for news only. A record from before `releases` were read needs the whole answer, once."""
    complete = old is not None and old.releases is not None
    return {"If-None-Match": old.validator} if old and complete and old.validator else {}


def parse(body: object, validator: str | None, today: dt.date) -> Outcome:
    """What the metadata says, from the decoded answer."""
    try:
        seen = _Metadata.model_validate(body)
    except ValidationError as error:
        return Failed(f"the package index answered in another shape than documented: {error.errors()[0]['loc']}")
    info = seen.info
    versions = [[file.uploaded.date() for file in _kept(files)] for files in seen.releases.values()]
    uploads = sorted(day for days in versions for day in days)
    required, extras = _requirements(info)
    facts = PackageFacts(
        observed=today,
        source=SOURCE,
        version=_short(info.version),
        first_release=uploads[0] if uploads else None,
        last_release=uploads[-1] if uploads else None,
        releases=Counter(_quarter(min(days)) for days in versions if days),
        requires_python=_short(info.requires_python),
        pythons=_pythons(info.classifiers),
        license=_license(info),
        typed="Typing :: Typed" in info.classifiers or None,
        dependencies=required,
        extras=extras,
        yanked=info.yanked,
        vulnerabilities=tuple(
            Vulnerability(id=found.id, aliases=tuple(sorted(found.aliases)), fixed_in=found.fixed_in)
            for found in sorted(seen.vulnerabilities, key=lambda found: found.id)
            if not found.withdrawn
        ),
        summary=" ".join(fingerprints((info.summary or "")[:MOST_SUMMARY])),
        validator=validator,
    )
    return Found(facts, (*(info.project_urls or {}).values(), info.home_page or ""))


def _kept(files: Sequence[_File]) -> Sequence[_File]:
    """The files of a version, unless all of it was withdrawn."""
    return [] if all(file.yanked for file in files) else files


def _quarter(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _short(text: str | None) -> str | None:
    """A short text, or nothing: control characters and essays are no version and no licence."""
    return text if text and len(text) <= LONGEST and text.isprintable() else None


def _pythons(classifiers: Sequence[str]) -> tuple[str, ...]:
    found = (re.fullmatch(r"Programming Language :: Python :: 3\.(\d{1,2})", text) for text in classifiers)
    return tuple(f"3.{minor}" for minor in sorted({int(match[1]) for match in found if match}))


def _license(info: _Info) -> str | None:
    for text in (info.license_expression, info.license):
        if short := _short(text):
            try:
                found = str(canonicalize_license_expression(short))
            except InvalidLicenseExpression:
                continue
            return re.sub(r"(GPL-\d\.\d)\+", r"\1-or-later", found)  # SPDX retired the plus for this family
    named = {CLASSIFIERS.get(text.rpartition(" :: ")[2]) for text in info.classifiers if text.startswith("License :: ")}
    return named.pop() if len(named) == 1 else None


def _requirements(info: _Info) -> tuple[int | None, tuple[str, ...]]:
    """How many distributions are always needed, and the names of the extras."""
    if info.requires_dist is None:
        return None, ()
    extras = {extra for extra in info.provides_extra or () if _short(extra)}
    needed = set()
    for text in info.requires_dist:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            continue
        if "extra ==" not in str(requirement.marker or ""):
            needed.add(requirement.name)
    return len(needed), tuple(sorted(extras))
