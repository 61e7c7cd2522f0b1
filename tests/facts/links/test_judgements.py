"""Judgements that need no web: where redirects lead, what titles say, and what several days come to."""

import datetime as dt
import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.catalogue.urls import fault
from scripts.facts.links.archive import copy_of
from scripts.facts.links.gate import refusal
from scripts.facts.links.judge import Day, Finding
from scripts.facts.links.moves import doubt_about, new_address
from scripts.facts.links.pages import is_parked, is_wall, says_missing, title_of
from scripts.facts.links.public import OddAddressError, following, is_public
from scripts.facts.links.remember import remembered
from scripts.facts.links.state import Doubt, Link, Verdict
from scripts.facts.links.traces import Hop, Page, Trace

START = dt.date(2026, 11, 1)
DAYS = {"m": Day.MISSING, "t": Day.TROUBLE, "b": Day.BLOCKED, "o": Day.OK, "v": Day.MOVED}


def way(start: str, *steps: tuple[int, str]) -> Trace:
    return Trace("GET", start, tuple(Hop(*step) for step in steps), Page(200))


@pytest.mark.parametrize(
    ("start", "end", "doubt"),
    [
        ("https://a.com/blog/post", "https://b.com/archive/post.html", None),
        ("https://a.com/blog/post", "https://a.com/articles/other", None),
        ("https://a.com/blog/post", "https://b.com/articles/other", Doubt.ELSEWHERE),
        ("https://a.com/blog/post", "https://a.com/blog", Doubt.PARENT),
        ("https://a.com/blog/post", "https://b.com", Doubt.HOME),
        ("https://a.com/blog/post", "https://b.com/en/latest/", Doubt.HOME),
        ("https://a.com/", "https://b.com/", None),
        ("https://a.com/", "https://b.com/some/page", Doubt.ELSEWHERE),
        ("https://x.readthedocs.io/en/latest/", "https://x.dev/", None),
        ("https://a.com/docs", "https://docs.a.com/", None),
        ("https://a.com/docs/login", "https://a.com/guide/login", None),
        ("https://a.com/post", "https://a.com/login?next=/post", Doubt.LOGIN),
        ("https://a.com/post", "https://login.a.com/x/post", Doubt.LOGIN),
        ("https://github.com/a/b/blob/main/x.py", "https://github.com/c/d/blob/main/x.py", None),
        ("https://github.com/a/b", "https://github.com/c/d", None),
        ("https://github.com/a/b/blob/main/x.py", "https://github.com/a/b", Doubt.PARENT),
    ],
)
def test_where_a_permanent_redirect_leads(start: str, end: str, doubt: Doubt | None) -> None:
    trace = way(start, (301, end))
    assert doubt_about(trace) is doubt


@pytest.mark.parametrize(
    ("start", "steps", "address"),
    [
        ("https://a.com/p", [(301, "https://b.com/p")], "https://b.com/p"),
        ("https://a.com/p", [(301, "https://b.com/p"), (308, "https://c.com/p#x")], "https://c.com/p#x"),
        ("https://a.com/p", [(301, "https://b.com/p"), (302, "https://c.com/p")], None),
        ("https://a.com/p", [(301, "https://a.com/p/")], None),
        ("https://a.com/p", [(301, "https://www.a.com/p")], None),
        ("https://a.com/", [(301, "https://a.com/en/stable/")], None),
        ("https://a.com/p", [(301, "https://b.com/p?utm_source=x")], None),  # no address for an entry
        ("https://a.com/p", [(301, "http://b.com/p")], None),
    ],
)
def test_which_address_an_entry_should_have(start: str, steps: list[tuple[int, str]], address: str | None) -> None:
    assert new_address(way(start, *steps)) == address


@pytest.mark.parametrize(
    "title",
    [
        *("404", "404 Not Found", "Error 404 (Not Found)!!1", "Page not found | Blog", "Not Found", "Blog: 404"),
        *("Page Not Found \u2013 Example", "Oops! That page can\u2019t be found.", "410 Gone", "File not found"),
        *("This page does not exist", "Site not found \u00b7 GitHub Pages"),
        *("404: This page could not be found", "Video unavailable", "- YouTube"),
    ],
)
def test_titles_that_say_that_nothing_is_there(title: str) -> None:
    assert says_missing(Page(200, {}, f"<html><title>\n{title}</title>"))


@pytest.mark.parametrize(
    "title",
    [
        *("", "A page", "How to answer 404", "404 pages in Starlette", "Not found errors in FastAPI", "Missing values"),
        *("Error handling", "Errors", "HTTP 500", "Domain-driven design", "Captchas for Starlette", "1", "the"),
        *("Talk Python: Gone in 60 seconds", "Buy me a coffee", "Access denied? How ASGI middleware decides"),
    ],
)
def test_titles_that_say_nothing_of_the_kind(title: str) -> None:
    seen = Page(200, {}, f"<html><title>{title}</title>")
    assert (says_missing(seen), is_parked(seen), is_wall(seen)) == (False, False, False)


@given(st.text())
def test_any_text_has_a_title_or_none(text: str) -> None:
    assert "\n" not in title_of(text)
    assert len(title_of(f"<title>{text}")) <= 300


@given(st.text(alphabet=string.printable + "\u00e9\u202e\u3002"))
def test_wherever_a_redirect_leads_it_is_a_plain_public_address_or_refused(location: str) -> None:
    try:
        found = following("https://a.example.com/b/c", location)
    except OddAddressError:
        return
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    assert found.startswith(("https://", "http://"))


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104
            "224.0.0.1",
        ),
        *("240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1", "168.63.129.16", "192.0.0.8"),
        *("::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0"),
        *("fec0::1", "fd00::1", "ff02::1", "2001:db8::1", "2001::1", "2002:808:808::1", "3fff::1", "100::1", "x", ""),
        *("127.1", "0x7f000001", "2130706433", "8.8.8.8 ", "08.8.8.8"),
    ],
)
def test_who_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1", "2a00:1450::1"])
def test_who_is_public(address: str) -> None:
    assert is_public(address)


def lived(days: str, step: int = 1) -> Link:
    """The record after some days, ``step`` days apart; a comma is a second run on the same day."""
    link: Link | None = None
    today = START
    for sign in days:
        if sign != ",":
            link = remembered(
                link, Finding(DAYS[sign], "is so", "https://b.example.com/" if sign == "v" else None), today
            )
        today += dt.timedelta(days=-step if sign == "," else step)
    assert link
    return link


@pytest.mark.parametrize(
    ("days", "step", "verdict"),
    [
        ("m", 1, Verdict.FLAKY),
        ("mm", 1, Verdict.FLAKY),
        ("mmm", 1, Verdict.GONE),
        ("m,m,m", 1, Verdict.FLAKY),
        ("mmom", 1, Verdict.FLAKY),
        ("mmvm", 1, Verdict.FLAKY),
        ("mmbm", 1, Verdict.GONE),
        ("mmtm", 1, Verdict.GONE),
        ("mmmb", 1, Verdict.GONE),
        ("mmmt", 1, Verdict.GONE),
        ("mmmo", 1, Verdict.OK),
        ("mmmv", 1, Verdict.MOVED),
        ("b", 1, Verdict.BLOCKED),
        ("t", 1, Verdict.FLAKY),
        ("tttttttttt", 1, Verdict.FLAKY),
        ("ttttt", 7, Verdict.GONE),
        ("tt", 40, Verdict.FLAKY),
        ("ttt", 14, Verdict.GONE),
        ("ttbtt", 7, Verdict.GONE),
        ("tttmt", 7, Verdict.FLAKY),
        ("tttttm", 7, Verdict.GONE),
    ],
)
def test_a_verdict_takes_days(days: str, step: int, verdict: Verdict) -> None:
    assert lived(days, step).verdict is verdict


@given(st.text(alphabet="mtbo,v", min_size=1).filter(lambda days: days.strip(",")))
def test_whatever_happens_the_record_is_valid_and_small(days: str) -> None:
    link = lived(days.strip(","))
    assert Link.model_validate_json(link.model_dump_json()) == link
    assert link.verdict is not Verdict.GONE or {"m", "t"} & set(days)
    assert link.verdict is not Verdict.OK or not (link.missing or link.trouble)


def some(day: Day, hosts: int, start: int = 0) -> dict[str, Finding]:
    return {f"https://h{number}.example.com/": Finding(day) for number in range(start, start + hosts)}


def fine(hosts: int, verdict: Verdict = Verdict.OK) -> dict[str, Link]:
    return {f"https://h{number}.example.com/": Link(observed=START, verdict=verdict) for number in range(hosts)}


@pytest.mark.parametrize(
    ("known", "found", "refused"),
    [
        (fine(10), some(Day.TROUBLE, 2) | some(Day.OK, 8, 2), False),
        (fine(10), some(Day.TROUBLE, 3) | some(Day.OK, 7, 3), True),
        (fine(10), some(Day.BLOCKED, 3) | some(Day.OK, 7, 3), True),
        (fine(10), some(Day.MISSING, 3) | some(Day.MOVED, 7, 3), True),
        (fine(10, Verdict.FLAKY), some(Day.TROUBLE, 10), False),  # nothing new
        ({}, some(Day.BLOCKED, 3) | some(Day.OK, 7, 3), False),  # the first run
        ({}, some(Day.MISSING, 3) | some(Day.OK, 7, 3), True),
        (fine(4), some(Day.TROUBLE, 4), False),  # too few to say
        ({}, {}, False),
    ],
)
def test_the_gate(known: dict[str, Link], found: dict[str, Finding], refused: bool) -> None:  # noqa: FBT001
    assert bool(refusal(known, found)) is refused


GOOD = {"available": True, "status": "200", "timestamp": "20240601123456", "url": "http://x/"}


@pytest.mark.parametrize(
    "change",
    [
        *({"available": False}, {"status": "404"}, {"timestamp": "2024"}, {"timestamp": "20240601123456/../../"}),
        *({"timestamp": 20240601123456}, {"timestamp": "\u0662\u0660240601123456"}, {"timestamp": "20240601123456\n"}),
        *({"status": None}, {"available": None}),
    ],
)
def test_what_the_archive_says_is_not_believed(change: dict[str, object]) -> None:
    answer = {"archived_snapshots": {"closest": GOOD | change}}
    assert copy_of("https://a.example.com/", json.dumps(answer)) is None


@pytest.mark.parametrize("answer", [None, "", "[", "[]", "{}", "[" * 100_000, '{"archived_snapshots": {}}', "null"])
def test_no_answer_of_the_archive_breaks_anything(answer: str | None) -> None:
    assert copy_of("https://a.example.com/", answer) is None


def test_a_copy_is_an_address_that_an_entry_may_hold() -> None:
    answer = json.dumps({"archived_snapshots": {"closest": GOOD}})
    copy = copy_of("https://a.example.com/b?c=d", answer)
    assert copy == "https://web.archive.org/web/20240601123456/https://a.example.com/b?c=d"
    assert fault(copy, fragment=True) is None
    assert copy_of("https://a.example.com/" + "b" * 380, answer) is None
