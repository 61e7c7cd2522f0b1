"""A request as it was recorded, and an answer before it is sent."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

ROOT_REPOSITORY = re.compile(r"\brepository\s*\(")


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``headers`` has lower-case names; ``at`` is ``time.monotonic()`` at its arrival."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float
    in_flight: int

    @property
    def path(self) -> str:
        """Still quoted: to GitLab, ``a%2Fb`` is one segment."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def repositories(self) -> int:
        """How many times a GraphQL query says ``repository(``; cheap, so that rules can ask it of every request."""
        return len(ROOT_REPOSITORY.findall(self.text))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says. ``Date``, ``Content-Length`` and compression are the server's."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def as_json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, {"Content-Type": "application/json; charset=utf-8"} | (headers or {}), body)
