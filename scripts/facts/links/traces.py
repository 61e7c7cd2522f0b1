"""What one address answered on one occasion, as it was seen and before anybody judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urldefrag


class Sort(StrEnum):
    """Sorts of trouble: why there is no page to speak of."""

    NO_HOST = "no such host"
    LOOKUP = "the name could not be looked up"
    PRIVATE = "a private address"
    CONNECTION = "no connection"
    TLS = "no trustworthy connection"
    SILENCE = "no answer in time"
    BROKEN = "a broken answer"
    CIRCLE = "a circle of redirects"
    TOO_MANY = "too many redirects"
    ODD = "a redirect to an odd address"


DOWN = {Sort.LOOKUP, Sort.CONNECTION, Sort.TLS, Sort.SILENCE}  # trouble of a whole host rather than of one page


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: its status, and where it leads, absolute, with its fragment."""

    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Page:
    """The end of a way. Header names are lower-case; ``text`` is None where it was not read, or is no text.

    ``whole`` is whether the body was read to its end, which bounds of size and time may prevent.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    size: int = 0
    whole: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()


@dataclass(frozen=True, slots=True)
class Trouble:
    """No page. ``detail`` is the end of a sentence in our own words."""

    sort: Sort
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """The way from an address to its end. ``cookies`` is whether a redirect wanted one kept."""

    method: str
    url: str
    hops: tuple[Hop, ...]
    end: Page | Trouble
    cookies: bool = False

    @property
    def to(self) -> str:
        """Where it led."""
        return self.hops[-1].to if self.hops else self.url

    @property
    def final(self) -> str:
        """The address that answered last."""
        return urldefrag(self.to).url
