"""Asks other machines, carefully: bounded in time and size, patient with limits, and never a token to another host."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

MOST_TRIES = 4
MOST_BYTES = 64 * 1024 * 1024  # the largest metadata of a listed distribution has 35 MiB (2026-11)
MOST_REDIRECTS = 3
CHUNK = 16 * 1024
TRANSIENT = {500, 502, 503, 504}
REDIRECTS = {301, 302, 307, 308}
# GitHub asks for "at least one minute" where a limit names no time:
# https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
UNNAMED_WAIT = 60.0


class FetchError(Exception):
    """It could not be had. The text is a sentence for people, and holds no secret."""


class RefusedError(FetchError):
    """The token is missing, wrong or lacks rights."""


class LimitedError(FetchError):
    """The other side asks for a longer wait than we may."""


class UnreachableError(FetchError):
    """No connection came about, several times."""


class OverloadedError(FetchError):
    """The other side gave up several times; a smaller question may help."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question. ``json`` makes it a POST; ``headers`` may hold the token."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Client:
    """Sends requests. One session for each thread; waiting is counted against ``max_wait`` seconds in all."""

    make_session: Callable[[], requests.Session]
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    max_wait: float = 120.0
    timeout: float = 30.0
    _local: threading.local = field(default_factory=threading.local)
    _waited: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, request: Request) -> Answer:
        """The answer, after as many tries as sensible. Raises FetchError."""
        for attempt in range(1, MOST_TRIES + 1):
            last = attempt == MOST_TRIES
            try:
                answer = self._once(request)
            except requests.RequestException as error:
                if last:
                    silent = isinstance(error, requests.Timeout)
                    sort = OverloadedError if silent else UnreachableError
                    what = f"{_host(request.url)} did not answer ({_kind(error)})."
                    raise sort(f"{what} Check the connection, or run again later.") from None
                self._wait(2.0 ** (attempt - 1), request)
                continue
            if answer.status in TRANSIENT:
                if last:
                    raise OverloadedError(
                        f"{_host(request.url)} answered {answer.status} {MOST_TRIES} times. Run again later."
                    )
                self._wait(asked_wait(answer.headers, self.clock()) or 2.0 ** (attempt - 1), request)
            elif is_limited(answer):
                if last:
                    raise LimitedError(f"{_host(request.url)} keeps limiting us. Run again in an hour.")
                self._wait(asked_wait(answer.headers, self.clock()) or UNNAMED_WAIT, request)
            elif answer.status == 401:
                raise RefusedError(f"{_host(request.url)} refuses the token (401). Set a valid one.")
            else:
                return answer
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, request: Request) -> Answer:
        url = request.url
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._exchange(url, request)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return answer
            following = urljoin(url, target)
            if urlsplit(following)[:2] != urlsplit(url)[:2]:
                raise FetchError(f"{_host(url)} redirects to another host, {_host(following)}; it was not followed.")
            url = following
        raise FetchError(f"{_host(request.url)} redirects in a circle.")

    def _exchange(self, url: str, request: Request) -> Answer:
        method = "GET" if request.json is None and request.text is None else "POST"
        started = self.clock()
        with self._session().request(
            method,
            url,
            headers=dict(request.headers),
            json=request.json,
            data=request.text,
            stream=True,
            timeout=(min(10.0, self.timeout), self.timeout),
            allow_redirects=False,
        ) as response:
            body = self._body(response, started + 2 * self.timeout)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, body)

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """The body, as far as size and time allow. Takes what is there, so that a slow drip meets the deadline."""
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                body += chunk
                if len(body) > MOST_BYTES:
                    limit = f"{MOST_BYTES // 2**20} MiB"
                    raise FetchError(f"{_host(response.url)} sends more than {limit}; it was not read further.")
                if self.clock() > deadline:
                    raise requests.Timeout
        except ReadTimeoutError:
            raise requests.Timeout from None
        except HTTPError:
            raise requests.exceptions.ChunkedEncodingError from None
        return bytes(body)

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = self.make_session()
        session: requests.Session = self._local.session
        return session

    def _wait(self, seconds: float, request: Request) -> None:
        with self._lock:
            if self._waited + seconds > self.max_wait:
                raise LimitedError(
                    f"{_host(request.url)} asks to wait {seconds:.0f} s, more than --max-wait leaves. Run again later."
                )
            self._waited += seconds
        self.sleep(seconds)


def is_limited(answer: Answer) -> bool:
    """Whether a limit was hit: a status that says so, with or without a time."""
    return answer.status in {403, 429}


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the other side asks us to wait, from headers with lower-case names.

    Its own clock counts, since ours may be wrong.
    """
    after = headers.get("retry-after", "")
    if after.isascii() and after.isdigit():
        return max(1.0, float(after))
    if (moment := _moment(after)) is not None:
        return max(1.0, moment - _their_clock(headers, now))
    reset = headers.get("x-ratelimit-reset", "")
    if reset.isascii() and reset.isdigit() and headers.get("x-ratelimit-remaining", "0") == "0":
        return max(1.0, float(reset) - _their_clock(headers, now) + 1)
    return None


def _their_clock(headers: Mapping[str, str], now: float) -> float:
    moment = _moment(headers.get("date", ""))
    return now if moment is None else moment


def _moment(text: str) -> float | None:
    """A date as HTTP writes it, in seconds since 1970."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"


def _kind(error: requests.RequestException) -> str:
    """What went wrong, without addresses or headers."""
    if isinstance(error, requests.Timeout):
        return "time-out"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return "broken answer"
    return "no connection"
