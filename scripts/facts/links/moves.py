"""What a redirect means: the same page at a new address, or something else in its stead. By addresses alone."""

import re
from urllib.parse import unquote, urldefrag, urlsplit

from scripts.catalogue.links import comparable
from scripts.catalogue.urls import fault
from scripts.facts.links.state import Doubt
from scripts.facts.links.traces import Trace

PERMANENT = {301, 308}
_LANGUAGE = r"[a-z]{2}(?:[-_][a-zA-Z]{2,4})?"
_HOME = re.compile(
    rf"/?(?:{_LANGUAGE}/?)?(?:(?:latest|stable|main|dev|v?\d{{1,2}}(?:\.[\dx]+)*)/?)?(?:(?:index|home|default)(?:\.\w{{2,5}})?/?)?"
)
_LOGIN_HOSTS = {"login", "signin", "sso", "auth", "accounts", "id"}
_LOGIN = {"login", "log-in", "log_in", "signin", "sign-in", "sign_in", "wp-login", "sso", "authorize"}
_CONSENT = {"consent"}
_MISSING = {"404", "not-found", "notfound", "not_found", "page-not-found", "error404", "error-404"}


def is_home(url: str) -> bool:
    """Whether an address is a front page, also one of a language or a version: /en/latest/."""
    parts = urlsplit(url)
    return bool(_HOME.fullmatch(parts.path)) and not parts.query


def is_login(url: str) -> bool:
    return _host(url).split(".")[0] in _LOGIN_HOSTS or bool(_LOGIN & _names(url))


def is_consent(url: str) -> bool:
    return _host(url).split(".")[0] in _CONSENT or bool(_CONSENT & _names(url))


def doubt_about(trace: Trace) -> Doubt | None:
    """What is suspicious about where a way led."""
    start, end = trace.url, trace.final
    if start == end:
        return None
    if is_login(end) and not is_login(start):
        return Doubt.LOGIN
    if _MISSING & _names(end) - _names(start):
        return Doubt.MISSING
    if urlsplit(end).scheme == "http":
        return Doubt.INSECURE
    return _doubt_about_kind(start, end, permanent=is_permanent(trace))


def _doubt_about_kind(start: str, end: str, *, permanent: bool) -> Doubt | None:
    if _is_new_home(start, end) or is_same(start, end):
        return None
    if is_home(end) and not is_home(start):
        return Doubt.HOME
    if _is_parent(start, end):
        return Doubt.PARENT
    return Doubt.ELSEWHERE if permanent and not _is_page_for_page(start, end) else None


def is_permanent(trace: Trace) -> bool:
    return bool(trace.hops) and all(hop.status in PERMANENT for hop in trace.hops)


def new_address(trace: Trace) -> str | None:
    """The address that an entry should have from now on, if it should have another one."""
    if not is_permanent(trace) or is_same(trace.url, trace.final) or fault(trace.to, fragment=True):
        return None
    same_host = _host(trace.url) == _host(trace.final)
    if is_home(trace.url) and same_host:  # the front door is the better address: /en/latest/ changes, / stays
        return None
    return trace.to


def is_same(one: str, other: str) -> bool:
    """Whether two addresses differ only in what nobody would edit an entry for."""
    return comparable(urldefrag(one).url) == comparable(urldefrag(other).url)


def _is_new_home(start: str, end: str) -> bool:
    """From /docs to docs.…: the page that it was is a front page now."""
    segments = _segments(start)
    return is_home(end) and len(segments) == 1 and segments[0] in _host(end).split(".")


def _is_parent(start: str, end: str) -> bool:
    before, after = _segments(start), _segments(end)
    return _host(start) == _host(end) and len(after) < len(before) and before[: len(after)] == after


def _is_page_for_page(start: str, end: str) -> bool:
    """Whether both are front pages, have the same last name, or are neighbours on one host."""
    if is_home(start):
        return is_home(end) or _host(start) == _host(end)
    before, after = _segments(start), _segments(end)
    if before and after and _stem(before[-1]) in _names(end):
        return True
    return _host(start) == _host(end) and len(after) >= len(before) - 1


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _segments(url: str) -> list[str]:
    return [part for part in unquote(urlsplit(url).path).casefold().split("/") if part]


def _names(url: str) -> set[str]:
    return {_stem(segment) for segment in _segments(url)}


def _stem(name: str) -> str:
    return re.sub(r"\.(?:html?|php|aspx?|md|rst)$", "", name)
