"""What a page is, by its words: not found, a wall against robots, for sale. Careful: better silent than wrong."""

import html
import re

from scripts.facts.links.traces import Page

# Whole parts of a title, between separators, are compared: "How to answer 404" is an article, "404" is none.
_SEPARATORS = re.compile(r"\s+[-\u2013\u2014|\u00b7\u2022:\u00bb/]\s+|\s*[|\u00b7\u2022\u00bb]\s*|:\s+")
_WORDS = re.compile(r"[a-z0-9']+")
_CODES = {"404", "410"}
_FILLERS = {"error", "http", "sorry", "oops", "whoops", "the", "this", "that", "your", "requested", "1", "11"} | _CODES
_MISSING = re.compile(
    r"(?:(?:page|file|post|article|document|content|site|project|url|story|video) )?"
    r"(?:(?:was |is |could |can )?not (?:be )?found|(?:cannot|can't|couldn't) be found|(?:does not|doesn't) exist|"
    r"no longer (?:exists|available)|is no longer available|(?:is )?(?:gone|missing|unavailable))"
)
_WALL = re.compile(
    r"just a moment|attention required|checking your browser|(?:are you a robot|are you human)|robot check|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|making sure you're not a bot|client challenge|captcha|"
    r"pardon our interruption|access denied|access to page has been denied|security check(?:point)?|ddos guard|"
    r"vercel security checkpoint|human verification|request rejected|before you continue(?: to \w+)?"
)
_PARKED = re.compile(
    r"domain(?: name)? (?:is |may be )?(?:for sale|parked|expired|has expired|available)|buy domain|"
    r"parked domain|domain parking|hugedomains"
)
_WALLS_BY_HEADER = {"cf-mitigated", "x-amzn-waf-action"}
_LONGEST_TITLE = 300


def title_of(text: str | None) -> str:
    """The title of a page, on one line; empty if there is none. Takes linear time whatever the page is."""
    lower = (text or "").lower()
    start = lower.find("<title")
    begin = lower.find(">", start)
    if start < 0 or begin < 0 or not text or len(lower) != len(text):
        return ""
    end = lower.find("<", begin)
    raw = text[begin + 1 : end if end >= 0 else None][:_LONGEST_TITLE]
    return " ".join(html.unescape(raw).split())


def says_missing(page: Page) -> bool:
    """Whether a page that was answered with 200 says in its title that it is not there."""
    title = title_of(page.text)
    if title in {"- YouTube", "YouTube"}:  # a video that was removed has no title of its own
        return True
    return any(_means_missing(part) for part in _parts(title))


def is_parked(page: Page) -> bool:
    return any(_PARKED.search(_plain(_words(part))) for part in _parts(title_of(page.text)))


def is_wall(page: Page) -> bool:
    """Whether this is a barrier against robots in a page's stead, whatever its status."""
    if _WALLS_BY_HEADER & page.headers.keys():
        return True
    return any(_WALL.fullmatch(_plain(_words(part))) for part in _parts(title_of(page.text)))


def _parts(title: str) -> list[str]:
    return [title, *_SEPARATORS.split(title)]


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold().replace("\u2019", "'"))


def _plain(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _FILLERS)


def _means_missing(part: str) -> bool:
    words = _words(part)
    plain = _plain(words)
    return bool(_MISSING.fullmatch(plain)) or (not plain and bool(_CODES & set(words)))
