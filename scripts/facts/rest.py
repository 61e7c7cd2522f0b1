"""GitLab and Forgejo over their REST APIs: three small questions a repository, behind the same interface as GitHub."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from scripts.facts.github import spdx
from scripts.facts.http import Client, FetchError, LimitedError, RefusedError, Request
from scripts.facts.models import RepositoryFacts
from scripts.facts.outcomes import Failed, Gone, Outcome, Seen


class _AbsentError(Exception):
    """The server answered 404 or 410."""


Get = Callable[[str], Any]  # a path of the API to the decoded answer


@dataclass(frozen=True, slots=True)
class RestForge:
    """One forge. Names are ``host/owner/name``; ``address`` gives the root of the API of a host."""

    client: Client
    address: Callable[[str], str]
    read: Callable[[Get, str, dt.date], RepositoryFacts]
    headers: Mapping[str, str] = field(default_factory=dict)

    def observe(self, names: Sequence[str], today: dt.date) -> Iterator[tuple[str, Outcome]]:
        """The outcome of each name. Raises LimitedError, which concerns all the rest."""
        for name in names:
            host, _, path = name.partition("/")
            try:
                yield name, Seen(self.read(partial(self._get, host), path, today))
            except _AbsentError:
                yield name, Gone(f"{host} knows no such repository: deleted, private or misspelt")
            except LimitedError:
                raise
            except RefusedError as error:
                yield name, Failed(str(error))
            except FetchError as error:
                yield name, Failed(str(error))
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
                yield name, Failed(f"{host} answered in another shape than documented ({type(error).__name__})")

    def _get(self, host: str, rest: str) -> Any:
        answer = self.client.ask(Request(f"{self.address(host)}{rest}", self.headers))
        if answer.status in {404, 410}:
            raise _AbsentError
        if answer.status != 200:
            raise FetchError(f"{host} answered {answer.status}.")
        return json.loads(answer.body)


def github(get: Get, path: str, today: dt.date) -> RepositoryFacts:
    """A repository of GitHub: https://docs.github.com/en/rest/repos/repos. Tells less than GraphQL, to anybody."""
    found = get(f"/repos/{path}")
    return RepositoryFacts(
        observed=today,
        source="GitHub",
        id=found["node_id"],
        name=found["full_name"],
        url=found["html_url"],
        archived=found["archived"],
        disabled=found.get("disabled", False),
        fork=found["fork"],
        parent=(found.get("parent") or {}).get("full_name"),
        stars=found["stargazers_count"],
        forks=found["forks_count"],
        open_issues=None,  # theirs counts pull requests, too
        created=_day(found["created_at"]),
        pushed=_day(found.get("pushed_at")),
        last_commit=None,
        license=spdx((found.get("license") or {}).get("spdx_id")),
        topics=tuple(sorted(found.get("topics") or ())),
    )


def gitlab(get: Get, path: str, today: dt.date) -> RepositoryFacts:
    """A project of GitLab: https://docs.gitlab.com/api/projects/. Without a token, less is told: no `archived`."""
    project = get(f"/projects/{quote(path, safe='')}?license=true")
    commits = _optional(get, f"/projects/{project['id']}/repository/commits?per_page=1") or []
    releases = _optional(get, f"/projects/{project['id']}/releases?per_page=1") or []
    parent = project.get("forked_from_project") or {}
    return RepositoryFacts(
        observed=today,
        source="GitLab",
        id=str(project["id"]),
        name=project["path_with_namespace"],
        url=project["web_url"],
        archived=project.get("archived"),
        fork=bool(parent),
        parent=parent.get("path_with_namespace"),
        license=_gitlab_license((project.get("license") or {}).get("key")),
        stars=project.get("star_count"),
        forks=project.get("forks_count"),
        open_issues=project.get("open_issues_count"),
        created=_day(project.get("created_at")),
        pushed=_day(project.get("last_activity_at")),
        last_commit=_day(commits[0]["committed_date"]) if commits else None,
        topics=tuple(sorted(project.get("topics") or ())),
        release=releases[0]["tag_name"] if releases else None,
        released=_day(releases[0]["released_at"]) if releases else None,
    )


def _gitlab_license(key: str | None) -> str | None:
    """GitLab writes SPDX identifiers in lower case, and `other` for what it does not know."""
    try:
        return str(canonicalize_license_expression(key or ""))
    except InvalidLicenseExpression:
        return None


def forgejo(get: Get, path: str, today: dt.date) -> RepositoryFacts:
    """A repository of Forgejo: https://codeberg.org/api/swagger."""
    found = get(f"/repos/{path}")
    commits = [] if found.get("empty") else _optional(get, f"/repos/{path}/commits?limit=1&stat=false") or []
    release = _optional(get, f"/repos/{path}/releases/latest") or {}
    return RepositoryFacts(
        observed=today,
        source="Forgejo",
        id=str(found["id"]),
        name=found["full_name"],
        url=found["html_url"],
        archived=found.get("archived"),
        fork=bool(found.get("fork")),
        parent=(found.get("parent") or {}).get("full_name"),
        stars=found.get("stars_count"),
        forks=found.get("forks_count"),
        open_issues=found.get("open_issues_count"),
        created=_day(found.get("created_at")),
        pushed=_day(found.get("updated_at")),
        last_commit=_day(commits[0]["commit"]["committer"]["date"]) if commits else None,
        license=(found.get("licenses") or [None])[0],
        topics=tuple(sorted(found.get("topics") or ())),
        release=release.get("tag_name"),
        released=_day(release.get("published_at")),
    )


def _optional(get: Get, rest: str) -> Any:
    """What may be absent: no release yet, an empty repository, or a feature that is switched off."""
    try:
        return get(rest)
    except _AbsentError:
        return None


def _day(text: str | None) -> dt.date | None:
    return dt.datetime.fromisoformat(text).date() if text else None
