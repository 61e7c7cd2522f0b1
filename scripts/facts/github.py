"""GitHub over GraphQL: one request for a hundred repositories. Query text, sending and parsing are apart."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from scripts.facts.http import (
    Client,
    FetchError,
    LimitedError,
    OverloadedError,
    RefusedError,
    Request,
    UnreachableError,
)
from scripts.facts.models import RepositoryFacts
from scripts.facts.outcomes import Failed, Gone, Outcome, Seen

PER_REQUEST = 100
SOURCE = "GitHub"
FIELDS = """
fragment facts on Repository {
  id nameWithOwner url isArchived isDisabled isFork stargazerCount forkCount createdAt pushedAt
  parent { nameWithOwner }
  issues(states: OPEN) { totalCount }
  licenseInfo { spdxId }
  repositoryTopics(first: 20) { nodes { topic { name } } }
  latestRelease { tagName publishedAt }
  defaultBranchRef { target { ... on Commit { committedDate } } }
}
"""


class _Part(BaseModel):
    """A part of the answer. Fields that GitHub adds one day are no error."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Named(_Part):
    name_with_owner: str = Field(alias="nameWithOwner")


class _Count(_Part):
    total: int = Field(alias="totalCount")


class _License(_Part):
    spdx: str | None = Field(alias="spdxId")


class _Topic(_Part):
    name: str


class _TopicNode(_Part):
    topic: _Topic


class Topics(_Part):
    nodes: tuple[_TopicNode, ...]


class _Release(_Part):
    tag: str = Field(alias="tagName")
    published: dt.datetime | None = Field(alias="publishedAt")


class _Commit(_Part):
    committed: dt.datetime | None = Field(default=None, alias="committedDate")


class _Branch(_Part):
    target: _Commit | None


class _Repository(_Named):
    id: str
    url: str
    archived: bool = Field(alias="isArchived")
    disabled: bool = Field(alias="isDisabled")
    fork: bool = Field(alias="isFork")
    stars: int = Field(alias="stargazerCount")
    forks: int = Field(alias="forkCount")
    created: dt.datetime = Field(alias="createdAt")
    pushed: dt.datetime | None = Field(alias="pushedAt")
    parent: _Named | None
    issues: _Count
    license: _License | None = Field(alias="licenseInfo")
    topics: Topics = Field(alias="repositoryTopics")
    release: _Release | None = Field(alias="latestRelease")
    branch: _Branch | None = Field(alias="defaultBranchRef")


@dataclass(slots=True)
class GitHub:
    """Asks GitHub. ``remaining`` is what the last answer said of the hourly limit; ``cost`` is what was spent."""

    client: Client
    address: str
    token: SecretStr
    cost: int = 0
    remaining: int | None = None

    def observe(self, names: Sequence[str], today: dt.date) -> Iterator[tuple[str, Outcome]]:
        """The outcome of each ``owner/name``. Raises RefusedError and LimitedError, which concern all the rest."""
        for start in range(0, len(names), PER_REQUEST):
            try:
                yield from self._batch(names[start : start + PER_REQUEST], today)
            except UnreachableError as error:
                yield from ((name, Failed(str(error))) for name in names[start:])
                return

    def _batch(self, names: Sequence[str], today: dt.date) -> Iterator[tuple[str, Outcome]]:
        try:
            body = self.send(*query(names))
        except (RefusedError, LimitedError, UnreachableError):
            raise
        except OverloadedError as error:
            if len(names) == 1:
                yield names[0], Failed(str(error))
                return
            middle = len(names) // 2  # a batch too heavy for the server, perhaps
            yield from self._batch(names[:middle], today)
            yield from self._batch(names[middle:], today)
        except FetchError as error:
            yield from ((name, Failed(str(error))) for name in names)
        else:
            rate = body["data"].get("rateLimit") or {}
            self.cost += rate.get("cost") or 0
            self.remaining = rate.get("remaining")
            yield from parse(names, body, today)

    def send(self, text: str, variables: Mapping[str, str]) -> dict[str, Any]:
        """The decoded answer, with ``data``. Raises FetchError."""
        headers = {"Authorization": f"bearer {self.token.get_secret_value()}"}
        answer = self.client.ask(Request(self.address, headers, {"query": text, "variables": dict(variables)}))
        try:
            body = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise FetchError(f"{SOURCE} answered {answer.status} with something that is not JSON.") from None
        errors = body.get("errors") if isinstance(body, dict) else None
        if answer.status != 200 or not isinstance(body, dict):
            raise FetchError(f"{SOURCE} answered {answer.status}.")
        if any(_is_limit(error) for error in errors or ()):
            raise LimitedError(f"{SOURCE} limits us (said in a 200 answer). Run again later.")
        if not isinstance(body.get("data"), dict):
            said = errors[0].get("message", "") if errors and isinstance(errors[0], dict) else ""
            raise FetchError(f"{SOURCE} answered without data. {said[:200]}".strip())
        return body


def query(names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The text and the variables for up to a hundred ``owner/name``. Names are variables, never part of the text."""
    variables: dict[str, str] = {}
    lines = []
    for index, name in enumerate(names):
        owner, _, repository = name.partition("/")
        variables |= {f"o{index}": owner, f"n{index}": repository}
        lines.append(f"  r{index}: repository(owner: $o{index}, name: $n{index}, followRenames: true) {{ ...facts }}")
    declared = ", ".join(f"${name}: String!" for name in variables)
    return f"query({declared}) {{\n  rateLimit {{ cost remaining }}\n{chr(10).join(lines)}\n}}\n{FIELDS}", variables


def parse(names: Sequence[str], body: Mapping[str, Any], today: dt.date) -> Iterator[tuple[str, Outcome]]:
    """The outcome of each name, from a decoded answer."""
    missing = {
        error["path"][0]
        for error in body.get("errors") or ()
        if isinstance(error, dict) and error.get("type") == "NOT_FOUND" and error.get("path")
    }
    for index, name in enumerate(names):
        alias = f"r{index}"
        found = body["data"].get(alias)
        if found is not None:
            yield name, _outcome(found, today)
        elif alias in missing:
            yield name, Gone("GitHub knows no such repository: deleted, private or misspelt")
        else:
            yield name, Failed("GitHub left it out of its answer")


def _outcome(found: object, today: dt.date) -> Outcome:
    try:
        seen = _Repository.model_validate(found)
    except ValidationError as error:
        return Failed(f"GitHub's answer has another shape than its schema: {error.errors()[0]['loc']}")
    commit = seen.branch.target.committed if seen.branch and seen.branch.target else None
    facts = RepositoryFacts(
        observed=today,
        source=SOURCE,
        id=seen.id,
        name=seen.name_with_owner,
        url=seen.url,
        archived=seen.archived,
        disabled=seen.disabled,
        fork=seen.fork,
        parent=seen.parent.name_with_owner if seen.parent else None,
        stars=seen.stars,
        forks=seen.forks,
        open_issues=seen.issues.total,
        created=seen.created.date(),
        pushed=seen.pushed.date() if seen.pushed else None,
        last_commit=commit.date() if commit else None,
        license=spdx(seen.license.spdx if seen.license else None),
        topics=tuple(sorted(node.topic.name for node in seen.topics.nodes)),
        release=seen.release.tag if seen.release else None,
        released=seen.release.published.date() if seen.release and seen.release.published else None,
    )
    return Seen(facts)


def spdx(said: str | None) -> str | None:
    """An identifier, unless the forge says that it found a licence and does not know which."""
    return None if said in {None, "", "NOASSERTION", "NONE"} else said


def _is_limit(error: object) -> bool:
    if not isinstance(error, dict):
        return False
    return error.get("type") == "RATE_LIMITED" or "rate limit" in str(error.get("message", "")).lower()
