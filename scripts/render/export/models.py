"""The shape of the exported data, version 1. The JSON files, their schemas and the OpenAPI description come from here.

Every key is always there: ``null`` is unknown or does not apply, an empty list is none. Within version 1, keys may be
added; none is removed, renamed or given another meaning (docs/api/index.md promises it).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from scripts.view.activity import Activity as State

VERSION = 1
LICENSE: Literal["CC0-1.0"] = "CC0-1.0"
Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Slug = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]
Partial = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"})]


class Exported(BaseModel):
    """Frozen; open in its schema, so that what is valid today stays valid when keys are added."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Observed(Exported):
    """Something a machine read on one day."""

    observed: dt.date = Field(description="The day on which it was read.")
    source: str = Field(description="Where it was read.")


class Vulnerability(Exported):
    """A known vulnerability of the latest version."""

    id: str
    aliases: tuple[str, ...]
    fixed_in: tuple[str, ...]


class Package(Observed):
    """What the package index says about the distribution."""

    name: str = Field(description="The normalised name of the distribution.")
    gone: dt.date | None = Field(description="Since when the index no longer knows it; the rest is from before.")
    version: str | None = Field(description="The latest version.")
    first_release: dt.date | None
    last_release: dt.date | None
    releases: Mapping[str, int] | None = Field(description="Versions by quarter, as in `2024-Q1`; null is unknown.")
    requires_python: str | None
    pythons: tuple[str, ...] = Field(description="Minor versions that its classifiers name, ascending.")
    license: str | None = Field(description="SPDX expression.")
    typed: bool | None = Field(description="Whether its classifiers say that it ships types.")
    dependencies: int | None = Field(description="Required distributions, extras left out.")
    extras: tuple[str, ...]
    yanked: bool = Field(description="Whether the latest version was withdrawn.")
    vulnerabilities: tuple[Vulnerability, ...] = Field(description="Known ones of the latest version.")


class Repository(Observed):
    """What the forge says about the repository."""

    gone: dt.date | None = Field(description="Since when the forge no longer knows it; the rest is from before.")
    name: str | None = Field(description="`owner/name` of today.")
    archived: bool | None
    fork: bool
    parent: str | None = Field(description="What it was forked from.")
    forks: int | None
    open_issues: int | None
    created: dt.date | None
    pushed: dt.date | None
    last_commit: dt.date | None = Field(description="On the default branch.")
    license: str | None = Field(description="SPDX identifier.")
    topics: tuple[str, ...]
    release: str | None = Field(description="The tag of the latest release.")
    released: dt.date | None


class Stars(Observed):
    """How many there were on that day, by that source's count."""

    count: int


class Downloads(Observed):
    """How often it was downloaded in the thirty days before, mirrors and CI included."""

    last_month: int


class Facts(Exported):
    """What machines read. A component has no facts of its own: `of` names the entry whose facts these are."""

    of: Slug
    package: Package | None
    repository: Repository | None
    stars: Stars | None
    downloads: Downloads | None


class Status(Exported):
    """What the forge or the authors said, which goes before what dates suggest."""

    state: Literal["active", "archived", "superseded", "abandoned"]
    since: Partial | None
    reason: str
    source: Url


class Activity(Exported):
    """Whether it is alive, by a rule made of dates, or by somebody's word."""

    state: State
    as_of: dt.date = Field(description="The day for which it was decided.")
    last_sign: dt.date | None = Field(description="The newest release or commit known.")
    first_sign: dt.date | None = Field(description="The first release, or the beginning of the repository.")
    status: Status | None


class License(Observed):
    """The licence that counts: a person's word, else the package index's, else the forge's."""

    spdx: str = Field(description="SPDX expression.")
    family: str = Field(description="One of `license_families` of the catalogue.")


class Claims(Exported):
    """What its own documentation says that it speaks; what was measured is under `measured`."""

    protocols: tuple[str, ...]
    source: Url


class Result(Exported):
    """One answer of the lab."""

    result: Literal["pass", "fail", "unsupported", "error", "held"] = Field(
        description="`fail`: required or claimed, and measured otherwise. `unsupported`: neither, and not there. "
        "`error`: it could not be decided. `held`: at least one answer with security weight is not public yet."
    )
    detail: str = Field(description="What was observed; held back where it has security weight.")
    level: Literal["must", "should", "claim", "policy"] = Field(description="How binding it is; `policy` never is.")
    flaky: bool = Field(description="Whether repeats differed.")
    disputed: Url | None = Field(description="Where somebody objects.")


class Measurement(Exported):
    """What one configuration did."""

    kind: Literal["servers", "frameworks", "middleware"] = Field(description="Which probes it was asked.")
    subject: Slug = Field(description="The key of the configuration.")
    entry: Slug
    title: str
    default: bool = Field(description="Whether it ran as the project ships it.")
    version: str | None
    requirements: tuple[str, ...] = Field(description="What was installed by name, with extras.")
    options: tuple[str, ...]
    installed: Mapping[str, str] = Field(description="Every distribution in its environment, with its version.")
    python: str | None
    platform: str | None
    measured: dt.date
    error: str | None = Field(description="Why nothing could be measured.")
    results: Mapping[str, Result] = Field(description="By the id of the probe.")


class Probe(Exported):
    """One question of the lab."""

    kind: Literal["servers", "frameworks", "middleware"]
    id: str
    title: str
    level: Literal["must", "should", "claim", "policy"]
    how: str = Field(description="What is done and what is looked at.")
    source: str | None = Field(description="The paragraph that it tests.")
    url: Url | None
    claim: str | None = Field(description="The protocol whose claim makes it binding.")
    sensitive: bool = Field(description="Whether a deviation has security weight, and is held back until it is public.")


class LabFile(Exported):
    """Everything measured."""

    version: Literal[1]
    as_of: dt.date = Field(description="The day that the data describes.")
    license: Literal["CC0-1.0"]
    url: Url = Field(description="How it is measured.")
    probes: tuple[Probe, ...]
    measurements: tuple[Measurement, ...]


class Event(Exported):
    """Something that happened to it."""

    date: dt.date = Field(description="The day on which it was noticed.")
    event: str = Field(
        description="`added`, `released`, `renamed`, `archived`, `unarchived`, `license`, `vulnerable`, `gone` or "
        "`back`; more may come."
    )
    before: str | None
    after: str | None


class Links(Exported):
    """Addresses of a project. `primary` is the one that stands for it: its repository, unless others share that."""

    primary: Url
    repository: Url | None
    docs: Url | None
    homepage: Url | None
    evidence: Url = Field(description="Shows that it serves, speaks, wraps, tests, deploys or is built on ASGI.")


class Relations(Exported):
    """Slugs of other entries."""

    works_with: tuple[Slug, ...] = Field(description="`any`, or the frameworks that it is tied to.")
    part_of: Slug | None = Field(description="The entry whose package ships it.")
    ships: tuple[Slug, ...]
    fork_of: Slug | None
    forked_as: tuple[Slug, ...]
    succeeded_by: Slug | None
    succeeds: tuple[Slug, ...]
    publications: tuple[Slug, ...] = Field(description="Publications about it, newest first.")


class Entry(Exported):
    """What software and publications have in common."""

    slug: Slug = Field(description="The key of the entry, everywhere and for ever.")
    kind: str = Field(description="One of `kinds` of the catalogue.")
    name: str = Field(description="The name of software, the title of a publication.")
    description: str = Field(description="One sentence.")
    url: Url = Field(description="Its page.")
    json_url: Url = Field(description="This object, in a file of its own.")
    category: str = Field(description="One of `categories` of the catalogue; of a publication, its type.")
    tags: tuple[str, ...] = Field(description="Some of `tags` of the catalogue.")
    added: dt.date = Field(description="The day on which it joined the catalogue.")
    history: tuple[Event, ...] = Field(description="What happened to it, newest first; that it was added, at least.")


class Software(Entry):
    """A server, framework, middleware, library, tool or application."""

    kind: Literal["server", "framework", "middleware", "library", "tool", "application"]
    package: str | None = Field(description="Its distribution on the Python package index.")
    import_path: str | None = Field(serialization_alias="import", description="What to import, for a component.")
    formerly: tuple[str, ...] = Field(description="Older names.")
    links: Links
    relations: Relations
    activity: Activity
    license: License | None
    claims: Claims | None
    protocols: tuple[str, ...] = Field(description="Claimed ones and those that its tags name, HTTP/1.1 left out.")
    measured: tuple[Measurement, ...] = Field(
        description="What the lab measured, defaults first; empty is: nothing yet."
    )
    facts: Facts
    feed: Url = Field(description="Its history as an Atom feed.")
    badge: Url = Field(description="Its activity as a picture.")


class Publication(Entry):
    """A text or recording."""

    kind: Literal["publication"]
    link: Url = Field(description="Where to read, hear or see it.")
    authors: tuple[str, ...]
    published: Partial | None = Field(description="Year, month or day, as exact as it is known.")
    language: str | None = Field(description="ISO 639-1.")
    event: str | None = Field(description="Where a talk was given.")
    about: tuple[Slug, ...] = Field(description="Entries that it is about.")
    level: Literal["introductory", "intermediate", "advanced", "reference"]
    background: bool = Field(description="Whether it is not about ASGI but helps to understand it.")
    seen_in: tuple[str, ...] = Field(description="Lists or pages that mention it.")


AnyEntry: TypeAlias = Annotated[Software | Publication, Field(discriminator="kind")]


class Term(Exported):
    """A word that entries use."""

    id: str
    title: str
    description: str


class Category(Term):
    """A part of one kind."""

    kind: str


class Catalogue(Exported):
    """Everything."""

    version: Literal[1] = Field(description="The version of this shape; `api/v1/` has version 1 for ever.")
    as_of: dt.date = Field(description="The day that the data describes.")
    license: Literal["CC0-1.0"] = Field(description="Of the data.")
    url: Url
    repository: Url = Field(description="Where to correct it.")
    activities: tuple[Term, ...] = Field(description="Their descriptions are the rules.")
    kinds: tuple[Term, ...]
    categories: tuple[Category, ...]
    tags: tuple[Term, ...]
    languages: tuple[Term, ...]
    license_families: tuple[Term, ...]
    entries: tuple[AnyEntry, ...] = Field(description="By name.")


class Badge(Exported):
    """What shields.io asks of an endpoint; the spelling of the keys is theirs."""

    schema_version: Literal[1] = Field(serialization_alias="schemaVersion")
    label: str
    message: str
    color: str
