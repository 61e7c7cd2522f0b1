"""The shape of fact records. A missing value means that it is not known."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Quarter = Annotated[str, Field(pattern=r"^\d{4}-Q[1-4]$")]


class Strict(BaseModel):
    """Frozen, and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(Strict):
    """Something observed on one day. Values whose day or source differ say so themselves."""

    observed: dt.date = Field(description="The day on which a machine read it.")
    source: str = Field(description="Where it was read.")
    gone: dt.date | None = Field(
        default=None, description="Since when the source no longer knows it; everything else is from before."
    )


class Vulnerability(Strict):
    """A known vulnerability of the latest version."""

    id: str
    aliases: tuple[str, ...] = ()
    fixed_in: tuple[str, ...] = ()


class PackageFacts(Record):
    """What the package index says about a distribution."""

    version: str | None = Field(default=None, description="The latest version, as the index names it.")
    first_release: dt.date | None = None
    last_release: dt.date | None = None
    releases: Mapping[Quarter, Annotated[int, Field(ge=1)]] | None = Field(
        default=None,
        description="How many versions were first uploaded in each quarter, wholly withdrawn ones left out.",
    )
    requires_python: str | None = None
    pythons: tuple[str, ...] = Field(default=(), description="Minor versions that its classifiers name, ascending.")
    license: str | None = Field(default=None, description="SPDX expression.")
    typed: bool | None = Field(default=None, description="Whether its classifiers say that it ships types.")
    dependencies: int | None = Field(default=None, ge=0, description="Required distributions, extras left out.")
    extras: tuple[str, ...] = ()
    yanked: bool = Field(default=False, description="Whether the latest version was withdrawn.")
    vulnerabilities: tuple[Vulnerability, ...] = ()
    summary: str = Field(default="", description="Fingerprints of its summary: see `echo`.")
    validator: str | None = Field(default=None, description="The ETag of the answer, to ask whether it still holds.")


class RepositoryFacts(Record):
    """What the forge says about a repository."""

    id: str | None = Field(default=None, description="The forge's own id, which survives renames.")
    name: str | None = Field(default=None, description="`owner/name` of today.")
    url: str | None = None
    archived: bool | None = None
    disabled: bool = False
    fork: bool = False
    parent: str | None = None
    stars: int | None = Field(default=None, ge=0)
    stars_observed: dt.date | None = Field(default=None, description="Where it differs from `observed`.")
    stars_source: str | None = Field(default=None, description="Where it differs from `source`.")
    forks: int | None = Field(default=None, ge=0)
    open_issues: int | None = Field(default=None, ge=0)
    created: dt.date | None = None
    pushed: dt.date | None = None
    last_commit: dt.date | None = Field(default=None, description="On the default branch.")
    license: str | None = Field(default=None, description="SPDX identifier.")
    topics: tuple[str, ...] = ()
    release: str | None = Field(default=None, description="The tag of the latest release.")
    released: dt.date | None = None


class Downloads(Record):
    """How often a distribution was downloaded in the thirty days before it was observed, mirrors included."""

    last_month: int = Field(ge=0)
