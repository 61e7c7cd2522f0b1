"""How hosts behave, and what the link checker makes of it: one row each, with the whole finding."""

import asyncio
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from scripts.facts.links.ask import MOST_BYTES, Asker
from scripts.facts.links.check import look
from scripts.facts.links.connections import connected
from scripts.facts.links.judge import Day, Finding
from scripts.facts.links.state import Doubt, Link, Verdict
from scripts.facts.links.traces import Page, Trouble
from scripts.facts.links.turns import Turns
from tests.conftest import TODAY
from tests.outside import faults
from tests.outside.faults import Fault
from tests.outside.messages import Answer
from tests.outside.web import Reply, Web, page, raw, to, unknown, unsure, webs
from tests.outside.wire import Wire

URL = "https://blog.example.com/2024/how-servers-call"
BASE = "https://blog.example.com"
TIMEOUT = 1.0  # seconds for one request
LIMIT = 30.0  # seconds after which a test has hung


@pytest.fixture
def web() -> Iterator[Web]:
    yield from webs()


@dataclass(frozen=True, slots=True)
class Case:
    """``pages`` replies by address; ``dns`` answers by name; ``asked`` is what reached the servers."""

    name: str
    replies: tuple[Reply, ...]
    finding: Finding
    pages: dict[str, tuple[Reply, ...]] = field(default_factory=dict)
    head: tuple[Reply, ...] = ()
    dns: dict[str, list[Any]] = field(default_factory=dict)
    url: str = URL
    asked: tuple[str, ...] | None = None


def ok(*, read: bool = True) -> Finding:
    return Finding(Day.OK, read=read)


def moved(address: str) -> Finding:
    return Finding(Day.MOVED, "has moved for good", address, read=True)


def doubtful(doubt: Doubt, reason: str, address: str | None = None, *, day: Day = Day.OK, read: bool = True) -> Finding:
    return Finding(day, reason, address, doubt, read)


def trouble(reason: str, address: str | None = None, doubt: Doubt | None = None) -> Finding:
    return Finding(Day.TROUBLE, reason, address, doubt)


def missing(reason: str = "does not exist (404 Not Found)", address: str | None = None) -> Finding:
    return Finding(Day.MISSING, reason, address)


def blocked(status: int) -> Finding:
    return Finding(Day.BLOCKED, f"does not answer robots ({status})")


def private(address: str | None = None) -> Finding:
    return trouble("leads to a private or local address, which was not asked", address, Doubt.PRIVATE)


def login(address: str) -> Finding:
    return doubtful(Doubt.LOGIN, "leads to a login page", address, day=Day.BLOCKED)


def home(address: str) -> Finding:
    return doubtful(Doubt.HOME, "leads to a front page instead of a page", address)


def soft(address: str | None = None, *, read: bool = True) -> Finding:
    return doubtful(Doubt.MISSING, "answers 200, but says that nothing is there", address, read=read)


def endless_headers(wire: Wire) -> None:
    wire.drop()
    wire.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: aaaaaaaa\r\n" * 20_000)
    wire.hold(5)


def tail_of(body: bytes, **headers: str) -> Answer:
    return Answer(200, {"Content-Type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}, body)


def chain(length: int, status: int = 302) -> dict[str, tuple[Reply, ...]]:
    """Redirects /0 → /1 → …, and a page at the end."""
    steps: dict[str, tuple[Reply, ...]] = {
        f"{BASE}/2024/{n}": (to(f"/2024/{n + 1}", status),) for n in range(1, length)
    }
    return steps | {f"{BASE}/2024/{length}": (page(),)}


NO_HOST = "names a host that does not exist"
SILENT = "gives no answer in time: within 1 s"
RESET = "gives no connection"
BROKEN = "gives a broken answer"
ODD = "gives a redirect to an odd address"
CASES = [
    # What works
    Case("a page", (page(),), ok(), asked=("HEAD", "GET")),
    Case("a file", (Answer(200, {"Content-Type": "application/pdf"}, b"%PDF"),), ok(read=False), asked=("HEAD",)),
    Case("no content type", (Answer(200, {}, b"<title>A page</title>"),), ok()),
    Case("405 for HEAD", (page(),), ok(), head=(page("", 405),), asked=("HEAD", "GET")),
    Case("501 for HEAD", (page(),), ok(), head=(page("", 501),)),
    Case("404 for HEAD only", (page(),), ok(), head=(page("", 404),)),
    Case("403 for HEAD only", (page(),), ok(), head=(page("", 403),)),
    Case("reset for HEAD only", (page(),), ok(), head=(faults.reset(),)),
    Case("silence for HEAD only", (page(),), ok(), head=(faults.silence(),)),
    Case("HEAD redirects to a login, GET does not", (page(),), ok(), head=(to("/login", 302),)),
    Case("HEAD says yes, GET is hindered", (faults.status(503, body=b""),), ok(read=False), head=(page(),)),
    Case("HEAD says yes, GET says 404", (page("", 404),), missing(), head=(page(),)),
    Case("one reset, then a page", (faults.reset(), page()), ok(), head=(page(),)),
    Case("a body without end", (faults.large_body(64, announced=False),), ok(), head=(page(),)),
    Case("a dripping body", (faults.drip(0.1),), ok(read=False), head=(page(),)),
    Case(
        "a gzip bomb", (Answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, faults.bomb(100)),), ok()
    ),
    Case("no gzip after all", (tail_of(b"<title>404</title>", Content_Encoding="gzip"),), ok(read=False)),
    Case("an unknown encoding", (tail_of(b"\x00\x01", Content_Encoding="zstd"),), ok(read=False)),
    Case(
        "an unknown charset", (Answer(200, {"Content-Type": "text/html; charset=klingon"}, b"<title>x</title>"),), ok()
    ),
    Case(
        "a charset that is none",
        (Answer(200, {"Content-Type": "text/html; charset=rot13"}, b"<title>x</title>"),),
        ok(),
    ),
    Case("truncated", (faults.cut_body(),), ok(read=False), head=(page(),)),
    Case("a thousand titles", (tail_of(b"<title" * 40_000),), ok()),
    Case("an article about 404", (page("How to answer 404 in ASGI \u2013 Blog"),), ok()),
    Case("an article about the missing", (page("Page not found errors explained"),), ok()),
    Case("an article about waiting", (page("Just a moment of latency in ASGI servers"),), ok()),
    # Redirects in order
    Case("for a while", (to("/en/2024/how", 302),), ok(), {f"{BASE}/en/2024/how": (page(),)}),
    Case("307", (to("/2024/x", 307),), ok(), {f"{BASE}/2024/x": (page(),)}),
    Case(
        "for good",
        (to("/posts/how-servers-call"),),
        moved(f"{BASE}/posts/how-servers-call"),
        {f"{BASE}/posts/how-servers-call": (page(),)},
    ),
    Case("308", (to("/2024/servers", 308),), moved(f"{BASE}/2024/servers"), {f"{BASE}/2024/servers": (page(),)}),
    Case(
        "for good, to another host",
        (to("https://new.example.org/how-servers-call"),),
        moved("https://new.example.org/how-servers-call"),
        {"https://new.example.org/how-servers-call": (page(),)},
    ),
    Case(
        "for good, then for a while",
        (to("/2024/a"),),
        ok(),
        {f"{BASE}/2024/a": (to("/2024/b", 302),), f"{BASE}/2024/b": (page(),)},
    ),
    Case("a trailing slash", (to("/2024/how-servers-call/"),), ok(), {f"{URL}/": (page(),)}),
    Case(
        "www",
        (to("https://www.blog.example.com/2024/how-servers-call"),),
        ok(),
        {"https://www.blog.example.com/2024/how-servers-call": (page(),)},
    ),
    Case(
        "changed case",
        (to("/2024/How-Servers-Call"),),
        moved(f"{BASE}/2024/How-Servers-Call"),
        {f"{BASE}/2024/How-Servers-Call": (page(),)},
    ),
    Case(
        "case on a forge",
        (to("https://github.com/Example/Corn"),),
        ok(),
        {"https://github.com/Example/Corn": (page(),)},
        url="https://github.com/example/corn",
    ),
    Case("a forge's page is not read", (page(),), ok(read=False), url="https://github.com/a/b", asked=("HEAD",)),
    Case(
        "the fragment of the new address",
        (to("/2024/servers#call"),),
        moved(f"{BASE}/2024/servers#call"),
        {f"{BASE}/2024/servers": (page(),)},
    ),
    Case(
        "through http and back",
        (to("http://blog.example.com/2024/x", 301),),
        moved(f"{BASE}/2024/x"),
        {"http://blog.example.com/2024/x": (to(f"{BASE}/2024/x"),), f"{BASE}/2024/x": (page(),)},
    ),
    Case(
        "an IDN",
        (to("https://bücher.example/2024/how-servers-call"),),
        moved("https://xn--bcher-kva.example/2024/how-servers-call"),
        {"https://xn--bcher-kva.example/2024/how-servers-call": (page(),)},
    ),
    Case(
        "raw UTF-8 in a path",
        (raw("HTTP/1.1 301 x\r\nLocation: /2024/grüße\r\nContent-Length: 0\r\n\r\n".encode()),),
        moved(f"{BASE}/2024/gr%C3%BC%C3%9Fe"),
        {f"{BASE}/2024/gr%C3%BC%C3%9Fe": (page(),)},
    ),
    Case(
        "percent-encoding kept",
        (to("/2024/a%2Fb%20c"),),
        moved(f"{BASE}/2024/a%2Fb%20c"),
        {f"{BASE}/2024/a%2Fb%20c": (page(),)},
    ),
    Case("ten redirects", (to("/2024/1", 302),), ok(), chain(10)),
    Case("a front door to a version", (to("/en/latest/"),), ok(), {f"{BASE}/en/latest/": (page(),)}, url=f"{BASE}/"),
    Case(
        "a front page on another host",
        (to("https://example.dev/"),),
        moved("https://example.dev/"),
        {"https://example.dev/": (page(),)},
        url=f"{BASE}/",
    ),
    Case(
        "/docs becomes docs.",
        (to("https://docs.example.com/"),),
        moved("https://docs.example.com/"),
        {"https://docs.example.com/": (page(),)},
        url="https://example.com/docs",
    ),
    # Redirects that look wrong
    Case(
        "to a login", (to("/users/sign_in", 302),), login(f"{BASE}/users/sign_in"), {f"{BASE}/users/sign_in": (page(),)}
    ),
    Case(
        "to a login elsewhere",
        (to("https://accounts.example.net/v3/x?continue=y", 302),),
        login("https://accounts.example.net/v3/x?continue=y"),
        {"https://accounts.example.net/v3/x?continue=y": (page(),)},
    ),
    Case(
        "to consent",
        (to("https://consent.example.net/m?x=y", 302),),
        blocked(200),
        {"https://consent.example.net/m?x=y": (page("Before you continue"),)},
    ),
    Case("home", (to("/"),), home(f"{BASE}/"), {f"{BASE}/": (page(),)}),
    Case("home for a while", (to("/", 302),), home(f"{BASE}/"), {f"{BASE}/": (page(),)}),
    Case("home in a language", (to("/en/"),), home(f"{BASE}/en/"), {f"{BASE}/en/": (page(),)}),
    Case(
        "to the page above",
        (to("/2024/"),),
        doubtful(Doubt.PARENT, "leads to a page above it", f"{BASE}/2024/"),
        {f"{BASE}/2024/": (page(),)},
    ),
    Case(
        "to something else",
        (to("https://casino.example.net/welcome/bonus"),),
        doubtful(Doubt.ELSEWHERE, "leads to another kind of page", "https://casino.example.net/welcome/bonus"),
        {"https://casino.example.net/welcome/bonus": (page(),)},
    ),
    Case(
        "to http",
        (to("http://blog.example.com/2024/x"),),
        doubtful(Doubt.INSECURE, "leads to an address without https", "http://blog.example.com/2024/x"),
        {"http://blog.example.com/2024/x": (page(),)},
    ),
    Case("to /404", (to("/404", 302),), soft(f"{BASE}/404"), {f"{BASE}/404": (page(),)}),
    Case("to what is missing", (to("/2024/x"),), missing(address=f"{BASE}/2024/x")),
    Case(
        "to a host that is not",
        (to("https://no.example.net/x"),),
        missing("leads to a host that does not exist", "https://no.example.net/x"),
    ),
    Case("eleven redirects", (to("/2024/1", 302),), trouble("gives too many redirects", f"{BASE}/2024/11"), chain(11)),
    Case("a redirect to itself", (to("/2024/how-servers-call", 302),), trouble("gives a circle of redirects", URL)),
    Case(
        "a circle of two", (to("/b", 302),), trouble("gives a circle of redirects", URL), {f"{BASE}/b": (to(URL, 302),)}
    ),
    Case(
        "a circle that wants cookies",
        (to(URL, 302, Set_Cookie="a=b"),),
        Finding(Day.BLOCKED, "wants cookies kept (a circle of redirects)"),
    ),
    Case("a redirect to nowhere", (page("", 302),), trouble("answers 302 Found")),
    Case("an empty location", (to("", 302),), trouble("gives a circle of redirects", URL)),
    Case("javascript:", (to("javascript:alert(1)", 302),), trouble(f"{ODD}: it is no web address")),
    Case("file:", (to("file:///etc/passwd", 302),), trouble(f"{ODD}: it is no web address")),
    Case("credentials", (to("https://a:b@blog.example.com/", 302),), trouble(f"{ODD}: it holds credentials")),
    Case("an odd port", (to("https://blog.example.com:22/", 302),), trouble(f"{ODD}: it has an unusual port")),
    Case("a port beyond ports", (to("https://blog.example.com:99999/", 302),), trouble(f"{ODD}: it is no address")),
    Case("a broken address", (to("https://[::1/", 302),), trouble(f"{ODD}: it is no address")),
    Case("an endless address", (to("/" + "a" * 3000, 302),), trouble(f"{ODD}: it is endless")),
    # What is private
    *(
        Case(f"a redirect to {address}", (to(address, 302),), private(address))
        for address in (
            "http://127.0.0.1/",
            "http://10.0.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.100.100.200/",
            "http://0.0.0.0/",
            "http://224.0.0.1/",
            "http://240.0.0.1/",
            "http://255.255.255.255/",
            "http://168.63.129.16/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[ff02::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:93.184.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:db8::1]/",
            "http://[2001::1]/",
            "http://[64:ff9b:1::1]/",
        )
    ),
    Case("a number of two parts", (to("http://127.1/", 302),), private()),
    Case("a hexadecimal number", (to("http://0x7f.0.0.0x1/", 302),), private()),
    Case("a number without dots", (to("http://2130706433/", 302),), private()),
    Case("localhost", (to("http://localhost/", 302),), private()),
    Case("a name of this network", (to("http://printer.local/", 302),), private()),
    Case("a single word", (to("http://intranet/", 302),), private()),
    Case("a private address in DNS", (page(),), private(), dns={"blog.example.com": [["10.0.0.1"]]}),
    Case("one private address of two", (page(),), private(), dns={"blog.example.com": [["93.184.0.1", "::1"]]}),
    Case("a scope in DNS", (page(),), private(), dns={"blog.example.com": [["fe80::1%eth0"]]}),
    Case("nonsense in DNS", (page(),), private(), dns={"blog.example.com": [["nonsense"]]}),
    Case(
        "a redirect to a private name",
        (to("https://in.example.net/", 302),),
        private("https://in.example.net/"),
        dns={"in.example.net": [["192.168.0.1"]]},
    ),
    Case(
        "DNS that turns private",
        (raw(b"HTTP/1.1 405 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), page()),
        private(),
        dns={"blog.example.com": [["93.184.0.1"], ["127.0.0.1"]]},
        asked=("HEAD",),
    ),
    # Walls
    Case("401", (page("", 401),), blocked(401)),
    Case("403", (page("", 403),), blocked(403), asked=("HEAD", "GET")),
    Case("451", (page("", 451),), blocked(451)),
    Case("999", (page("", 999),), blocked(999)),
    Case("a wall with 503", (page("Just a moment...", 503),), blocked(503)),
    Case("a wall with 200", (page("Attention Required! | Wall"),), blocked(200)),
    Case("a wall with 404", (page("", 404, cf_mitigated="challenge"),), blocked(404)),
    Case("a wall with 202", (page("", 202, x_amzn_waf_action="challenge"),), blocked(202)),
    # Limits
    Case("429 for a second", (page(),), ok(), head=(page("", 429, Retry_After="1"),), asked=("HEAD", "GET")),
    Case("429 until a date", (page(),), ok(), head=(page("", 429, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT"),)),
    Case("429 for a year", (page(),), blocked(429), head=(page("", 429, Retry_After="31536000"),), asked=("HEAD",)),
    Case("429 for ever", (page(),), blocked(429), head=(page("", 429, Retry_After="9" * 400),), asked=("HEAD",)),
    Case(
        "429 until the end of days",
        (page(),),
        blocked(429),
        head=(page("", 429, Retry_After="Fri, 31 Dec 9999 23:59:59 -0000"),),
    ),
    Case("429 in no language", (page(),), blocked(429), head=(page("", 429, Retry_After="\u00b2"),)),
    Case("429 without a word", (page(),), blocked(429), head=(page("", 429),), asked=("HEAD",)),
    Case("429 for a second, twice", (page("", 429, Retry_After="1"),), blocked(429), asked=("HEAD", "GET")),
    Case("503 for a second", (page(),), ok(), head=(page("", 503, Retry_After="1"),)),
    Case(
        "503 for a day",
        (page(),),
        trouble("answers 503 Service Unavailable"),
        head=(page("", 503, Retry_After="86400"),),
        asked=("HEAD",),
    ),
    # Servers in trouble
    Case("500", (page("", 500),), trouble("answers 500 Internal Server Error"), asked=("HEAD", "GET")),
    Case("503", (page("", 503),), trouble("answers 503 Service Unavailable")),
    Case("530", (page("", 530),), trouble("answers 530")),
    Case("418", (page("", 418),), trouble("answers 418 I'm a Teapot")),
    Case("405 for everything", (page("", 405),), trouble("answers 405 Method Not Allowed")),
    Case("silence", (faults.silence(),), trouble(SILENT)),
    Case("a stall in the headers", (faults.stall_in_headers(),), trouble(SILENT)),
    Case("dripping headers", (faults.drip(0.1, headers=True),), trouble(SILENT)),
    Case("headers without end", (Fault("headers", endless_headers),), trouble(BROKEN)),
    Case("reset", (faults.reset(),), trouble(RESET)),
    Case("closed at once", (raw(b""),), trouble(BROKEN)),
    Case("an invalid status line", (raw(b"ICY 200 OK\r\n\r\n"),), trouble(BROKEN)),
    Case("no HTTP at all", (raw(b"220 mail.example.com ESMTP\r\n"),), trouble(BROKEN)),
    Case("a header that is none", (raw(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),), trouble(BROKEN)),
    Case(
        "DNS without an answer",
        (page(),),
        trouble("gives the name could not be looked up"),
        dns={"blog.example.com": [unsure("blog.example.com")]},
    ),
    # What is gone, and what only looks so
    Case("404", (page("", 404),), missing(), asked=("HEAD", "GET")),
    Case("410", (page("", 410),), missing("does not exist (410 Gone)")),
    Case(
        "no such host", (page(),), missing(NO_HOST), dns={"blog.example.com": [unknown("blog.example.com")]}, asked=()
    ),
    Case("a name without addresses", (page(),), missing(NO_HOST), dns={"blog.example.com": [[]]}, asked=()),
    Case("a soft 404", (page("Page not found | Blog"),), soft()),
    Case("a soft 404 of another taste", (page("404 \u2013 Blog"),), soft()),
    Case("a soft 404 in capitals", (page("ERROR 404: THE REQUESTED PAGE COULD NOT BE FOUND"),), soft()),
    Case("a removed video", (page("- YouTube"),), soft(), url="https://www.youtube.com/watch?v=x"),
    Case(
        "a domain for sale",
        (page("blog.example.com \u2013 this domain is for sale!"),),
        doubtful(Doubt.PARKED, "is a domain for sale"),
    ),
    Case("an empty page", (tail_of(b""),), doubtful(Doubt.EMPTY, "is an empty page")),
    Case("204", (Answer(204, {"Content-Type": "text/html"}),), doubtful(Doubt.EMPTY, "is an empty page")),
    Case(
        "an image in a page's stead",
        (Answer(200, {"Content-Type": "image/gif"}, b"GIF89a"),),
        doubtful(Doubt.TYPE, "is not a page", read=False),
    ),
    Case(
        "a download in a page's stead",
        (Answer(200, {"Content-Type": "application/octet-stream"}, b"x"),),
        doubtful(Doubt.TYPE, "is not a page", read=False),
    ),
    Case(
        "an image where one is named",
        (Answer(200, {"Content-Type": "image/png"}, b"x"),),
        ok(read=False),
        url=f"{BASE}/plan.png",
    ),
]


def check_exchange(web: Web) -> Page | Trouble:
    async def run() -> Page | Trouble:
        async with connected(web.world) as connections:
            return await Asker(connections, Turns(0, 4), "test", time.time, LIMIT).exchange("GET", URL)

    return asyncio.run(asyncio.wait_for(run(), LIMIT))


def check(web: Web, url: str, known: Link | None = None) -> Finding | None:
    async def run() -> Finding | None:
        async with connected(web.world) as connections:
            asker = Asker(connections, Turns(0, 4), "test", time.time, TIMEOUT, max_wait=2)
            return await look(asker, url, known, TODAY)

    return asyncio.run(asyncio.wait_for(run(), LIMIT))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_behaviour_has_its_finding(web: Web, case: Case) -> None:
    web.put(case.url, *case.replies, head=case.head)
    for url, replies in case.pages.items():
        web.put(url, *replies)
    web.dns |= case.dns
    assert check(web, case.url) == case.finding
    if case.asked is not None:
        assert [request.method for request in sorted(web.requests, key=lambda request: request.at)] == [*case.asked]


def test_a_name_is_resolved_once_for_each_connection_which_goes_to_what_was_checked(web: Web) -> None:
    web.put(URL, page())
    web.dns["blog.example.com"] = [["93.184.0.1"], ["127.0.0.1"]]
    assert check(web, URL) == ok()  # HEAD and GET share a connection
    assert (web.lookups, web.dialled) == (["blog.example.com"], [("93.184.0.1", 443)])


def test_the_next_address_of_a_host_is_tried_where_the_first_does_not_answer(web: Web) -> None:
    web.put(URL, page())
    web.dns["blog.example.com"] = [["93.184.9.9", "93.184.0.1"]]
    web.refusing.add("93.184.9.9")
    assert check(web, URL) == ok()
    assert web.dialled == [("93.184.9.9", 443), ("93.184.0.1", 443)]


@pytest.mark.parametrize(
    ("certificate", "finding"),
    [
        ({}, ok()),
        ({"names": ["*.example.com"]}, ok()),
        ({"names": ["other.example.com"]}, "its certificate does not hold: Hostname mismatch"),
        ({"trusted": False}, "its certificate does not hold: "),
        ({"expired": True}, "its certificate does not hold: certificate has expired"),
    ],
    ids=["its own", "a wildcard", "another's", "of an unknown authority", "expired"],
)
def test_certificates(web: Web, certificate: dict[str, Any], finding: Finding | str) -> None:
    web.certify("blog.example.com", **certificate)
    web.put(URL, page())
    found = check(web, URL)
    assert found
    if isinstance(finding, Finding):
        assert found == finding
        assert web.server_names == ["blog.example.com"]  # though the connection went to a number
        assert {request.headers["host"] for request in web.requests} == {"blog.example.com"}
    else:
        assert found.day is Day.TROUBLE
        assert found.reason.startswith(f"gives no trustworthy connection: {finding}")
        assert web.requests == []


def test_https_that_speaks_no_tls(web: Web) -> None:
    web.put(URL, page())
    web.really_tls.add("blog.example.com")
    assert check(web, URL) == trouble("gives no trustworthy connection")


def test_a_body_is_bounded_and_the_request_says_who_asks(web: Web) -> None:
    web.put(URL, tail_of(b"<title>A page</title>" + b" " * (2 * MOST_BYTES)))
    assert check(web, URL) == ok()
    assert {request.headers["user-agent"] for request in web.requests} == {"test"}
    assert {request.headers["accept-encoding"] for request in web.requests} == {"identity"}
    assert not any("cookie" in request.headers or "referer" in request.headers for request in web.requests)


def test_a_body_is_unpacked_no_further_than_it_is_read(web: Web) -> None:
    web.put(URL, Answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, faults.bomb(100)))
    found = check_exchange(web)
    assert isinstance(found, Page)
    assert len(found.text or "") == MOST_BYTES


def test_a_limit_is_waited_for(web: Web) -> None:
    web.put(URL, page(), head=(page("", 429, Retry_After="1"),))
    assert check(web, URL) == ok()
    head, get = sorted(request.at for request in web.requests)
    assert get - head >= 0.99


def test_a_connection_that_ended_between_two_questions_is_no_trouble(web: Web) -> None:
    web.put(URL, faults.reset(), page(), head=(page("", 405),))
    assert check(web, URL) == ok()


def test_no_more_connections_are_kept_than_may_be(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.facts.links.connections.MOST", 0)
    web.put(URL, page())
    assert check(web, URL) == ok()
    assert len(web.dialled) == 2


@pytest.mark.parametrize(("days", "asked"), [(27, ["HEAD"]), (28, ["HEAD", "GET"])])
def test_a_page_that_was_read_lately_is_only_asked_whether_it_is_there(web: Web, days: int, asked: list[str]) -> None:
    web.put(URL, page())
    read = TODAY - dt.timedelta(days=days)
    check(web, URL, Link(observed=TODAY, verdict=Verdict.OK, read=read))
    assert [request.method for request in web.requests] == asked
