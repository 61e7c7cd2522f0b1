"""Searching GitHub: repositories of a topic, the README of a list, and a hundred repositories by name.

The forge shows what depends on a package to people only: neither its GraphQL nor its REST interface can be asked for
dependents. Whoever builds on a framework mostly says so in a topic, so topics of frameworks stand for them.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scripts.facts.candidates import Remote
from scripts.facts.github import PER_REQUEST, GitHub, Topics
from scripts.facts.ownership import repositories

FEWEST_STARS = 5  # below, a topic is mostly homework; a link from a list counts with any number
READMES = ("README.md", "readme.md", "Readme.md", "README.rst")
_FIELDS = """
fragment found on Repository {
  nameWithOwner description isArchived isFork stargazerCount createdAt pushedAt
  repositoryTopics(first: 20) { nodes { topic { name } } }
}
"""
_SEARCH = f"""query($text: String!) {{
  rateLimit {{ cost remaining }}
  search(type: REPOSITORY, query: $text, first: {PER_REQUEST}) {{ nodes {{ ... on Repository {{ ...found }} }} }}
}}
{_FIELDS}"""
_TEXTS = " ".join(
    f'f{number}: object(expression: "HEAD:{name}") {{ ... on Blob {{ text }} }}' for number, name in enumerate(READMES)
)
_README = f"""query($owner: String!, $name: String!) {{
  rateLimit {{ cost remaining }}
  repository(owner: $owner, name: $name) {{ {_TEXTS} }}
}}"""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Repository(_Part):
    name: str = Field(alias="nameWithOwner")
    description: str | None
    archived: bool = Field(alias="isArchived")
    fork: bool = Field(alias="isFork")
    stars: int = Field(alias="stargazerCount")
    created: dt.datetime = Field(alias="createdAt")
    pushed: dt.datetime | None = Field(alias="pushedAt")
    topics: Topics = Field(alias="repositoryTopics")


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a list: where it leads (``owner/name``) and on which line it stands."""

    name: str
    line: int


def by_topic(github: GitHub, topic: str) -> list[Remote]:
    """The hundred repositories of a topic that changed last. One request. Raises FetchError."""
    text = f"topic:{topic} fork:false archived:false stars:>={FEWEST_STARS} sort:updated"
    body = github.send(_SEARCH, {"text": text})
    _spent(github, body)
    return [one for node in (body["data"].get("search") or {}).get("nodes") or () if (one := _remote(node))]


def by_name(github: GitHub, names: Sequence[str]) -> dict[str, Remote]:
    """At most a hundred repositories by the name that was asked; who is not there is left out. One request."""
    variables: dict[str, str] = {}
    lines = []
    for index, name in enumerate(names):
        owner, _, repository = name.partition("/")
        variables |= {f"o{index}": owner, f"n{index}": repository}
        lines.append(f"r{index}: repository(owner: $o{index}, name: $n{index}) {{ ...found }}")
    declared = ", ".join(f"${name}: String!" for name in variables)
    text = f"query({declared}) {{ rateLimit {{ cost remaining }} {' '.join(lines)} }}\n{_FIELDS}"
    body = github.send(text, variables)
    _spent(github, body)
    seen = ((name, _remote(body["data"].get(f"r{index}"))) for index, name in enumerate(names))
    return {name: remote for name, remote in seen if remote}


def readme(github: GitHub, name: str) -> str:
    """The README of a repository; empty where none has a usual name. One request. Raises FetchError."""
    owner, _, repository = name.partition("/")
    body = github.send(_README, {"owner": owner, "name": repository})
    _spent(github, body)
    files = body["data"].get("repository") or {}
    texts = ((files.get(f"f{number}") or {}).get("text") for number in range(len(READMES)))
    return next((text for text in texts if isinstance(text, str)), "")


_ADDRESS = re.compile(r"https?://(?:www\.)?github\.com/[\w.-]+/[\w.-]*\w", re.IGNORECASE | re.ASCII)


def links(text: str) -> Iterator[Found]:
    """Every repository on GitHub that a text names, each once, with its first line."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        for address in _ADDRESS.findall(line):
            for name in repositories([address]):
                path = name.partition("/")[2]
                if path not in seen:
                    seen.add(path)
                    yield Found(path, number)


def _remote(node: object) -> Remote | None:
    try:
        seen = _Repository.model_validate(node)
    except ValidationError:
        return None
    return Remote(
        seen.name,
        " ".join((seen.description or "").split()),
        tuple(sorted(node.topic.name for node in seen.topics.nodes)),
        seen.stars,
        seen.archived,
        seen.fork,
        seen.created.date(),
        seen.pushed.date() if seen.pushed else None,
    )


def _spent(github: GitHub, body: Mapping[str, Any]) -> None:
    rate = body["data"].get("rateLimit") or {}
    github.cost += rate.get("cost") or 0
    github.remaining = rate.get("remaining")
