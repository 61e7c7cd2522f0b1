"""The shape of a fact record. A missing value means that it is not known."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Something observed on one day. Values whose day or source differ say so themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    observed: dt.date = Field(description="The day on which a machine read it.")
    source: str = Field(description="Where it was read.")


class PackageFacts(Record):
    """What the package index says about a distribution."""

    version: str | None = None
    last_release: dt.date | None = None
    requires_python: str | None = None
    license: str | None = Field(default=None, description="SPDX expression.")


class RepositoryFacts(Record):
    """What the forge says about a repository."""

    last_commit: dt.date | None = None
    stars: int | None = Field(default=None, ge=0)
    stars_observed: dt.date | None = Field(default=None, description="Where it differs from `observed`.")
    stars_source: str | None = Field(default=None, description="Where it differs from `source`.")
    license: str | None = Field(default=None, description="SPDX expression.")
