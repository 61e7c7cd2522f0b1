"""What one day's answer means, before ``remember`` compares it with other days."""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from mimetypes import guess_type
from urllib.parse import urlsplit

from scripts.facts.links.moves import doubt_about, is_consent, is_permanent, new_address
from scripts.facts.links.pages import is_parked, is_wall, says_missing
from scripts.facts.links.state import Doubt
from scripts.facts.links.traces import Page, Sort, Trace, Trouble


class Day(StrEnum):
    """What an address was on one day."""

    OK = "ok"
    MOVED = "moved"
    BLOCKED = "blocked"
    MISSING = "missing"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Finding:
    """One day's word. ``reason`` is the predicate of a sentence about the address; ``read``: its text was looked at."""

    day: Day
    reason: str = ""
    to: str | None = None
    doubt: Doubt | None = None
    read: bool = False


_MISSING = {404, 410}
# 401 to 429: https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx; 999 is what LinkedIn says to robots.
_BLOCKED = {401, 402, 403, 406, 407, 429, 451, 999}
_TYPES = ("image/", "font/", "text/css", "text/javascript", "application/javascript", "application/octet-stream")
DOUBTS = {
    Doubt.LOGIN: "leads to a login page",
    Doubt.HOME: "leads to a front page instead of a page",
    Doubt.PARENT: "leads to a page above it",
    Doubt.ELSEWHERE: "leads to another kind of page",
    Doubt.INSECURE: "leads to an address without https",
    Doubt.MISSING: "answers 200, but says that nothing is there",
    Doubt.PARKED: "is a domain for sale",
    Doubt.EMPTY: "is an empty page",
    Doubt.TYPE: "is not a page",
    Doubt.PRIVATE: "leads to a private or local address, which was not asked",
}


def judge(trace: Trace) -> Finding:
    """What the end of a way means."""
    if isinstance(trace.end, Trouble):
        return _trouble(trace, trace.end)
    page = trace.end
    if is_wall(page) or page.status in _BLOCKED or is_consent(trace.final):
        return Finding(Day.BLOCKED, f"does not answer robots ({page.status})")
    if page.status in _MISSING:
        return Finding(Day.MISSING, f"does not exist ({_named(page.status)})", _other(trace))
    if not 200 <= page.status < 300:
        return Finding(Day.TROUBLE, f"answers {_named(page.status)}", _other(trace))
    return _answered(trace, page)


def _trouble(trace: Trace, trouble: Trouble) -> Finding:
    detail = f": {trouble.detail}" if trouble.detail else ""
    match trouble.sort:
        case Sort.NO_HOST if trace.hops:  # the page lives, the next host of its redirect does not
            return Finding(Day.MISSING, "leads to a host that does not exist", trace.to)
        case Sort.NO_HOST:
            return Finding(Day.MISSING, "names a host that does not exist")
        case Sort.PRIVATE:
            return Finding(Day.TROUBLE, DOUBTS[Doubt.PRIVATE], _other(trace), Doubt.PRIVATE)
        case Sort.ODD if trouble.detail == "it is a private or local host":
            return Finding(Day.TROUBLE, DOUBTS[Doubt.PRIVATE], _other(trace), Doubt.PRIVATE)
        case Sort.CIRCLE | Sort.TOO_MANY if trace.cookies:
            return Finding(Day.BLOCKED, f"wants cookies kept ({trouble.sort})")
    return Finding(Day.TROUBLE, f"gives {trouble.sort}{detail}", _other(trace))


def _answered(trace: Trace, page: Page) -> Finding:
    doubt = doubt_about(trace) or _doubt_about_page(trace, page)
    read = page.text is not None
    if doubt is Doubt.LOGIN:
        return Finding(Day.BLOCKED, DOUBTS[doubt], trace.to, doubt, read)
    if doubt:
        return Finding(Day.OK, DOUBTS[doubt], _other(trace), doubt, read)
    if address := new_address(trace):
        return Finding(Day.MOVED, "has moved for good", address, None, read)
    return Finding(Day.OK, read=read)


def _doubt_about_page(trace: Trace, page: Page) -> Doubt | None:
    if says_missing(page):
        return Doubt.MISSING
    if is_parked(page):
        return Doubt.PARKED
    if trace.method == "GET" and page.whole and not page.size:
        return Doubt.EMPTY
    return Doubt.TYPE if _is_no_page(trace.url, page) else None


def _is_no_page(url: str, page: Page) -> bool:
    """Whether an address that does not look like a file leads to one that nobody reads."""
    expected = guess_type(urlsplit(url).path)[0] or ""
    unreadable = page.content_type.startswith(_TYPES) or "attachment" in page.headers.get("content-disposition", "")
    return unreadable and (not expected or expected in {"text/html", "application/x-httpd-php"})


def _other(trace: Trace) -> str | None:
    return trace.to if trace.hops else None


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def is_settled(finding: Finding, trace: Trace) -> bool:
    """Whether a HEAD was enough: a plain answer from the address itself or by temporary redirects."""
    return finding.day is Day.OK and not finding.doubt and not is_permanent(trace)
