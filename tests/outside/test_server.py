"""The server does what it says: every answer has its layout, and every fault goes wrong in its own way."""

import gzip
import io
import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import PROJECT, may_ask_itself
from tests.outside import faults
from tests.outside.server import Outside
from tests.outside.world import File, Package, Repository, vulnerability

FIELDS = """
fragment facts on Repository {
  id nameWithOwner url isArchived isDisabled isFork stargazerCount forkCount createdAt pushedAt
  parent { nameWithOwner } issues(states: OPEN) { totalCount } licenseInfo { spdxId }
  repositoryTopics(first: 20) { nodes { topic { name } } }
  latestRelease { tagName publishedAt }
  defaultBranchRef { target { ... on Commit { committedDate } } }
}
"""
QUICK = 0.3  # seconds that a client waits here


class Client:
    """``requests`` with one session, as the code under test may have it."""

    def __init__(self, server: Outside) -> None:
        self.server = server
        self.session = requests.Session()

    def ask(self, query: str, **options: Any) -> Any:
        headers = {"Authorization": f"bearer {self.server.world.token}"} | options.pop("headers", {})
        asked = {"query": query, "variables": options.pop("variables", {})}
        options = {"timeout": 10} | options
        return self.session.post(f"{self.server.url}/graphql", json=asked, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Any:
        return self.session.get(self.server.url + path, **({"timeout": 10} | options))


@pytest.fixture
def client(outside: Outside) -> Iterator[Client]:
    made = Client(outside)
    yield made
    made.session.close()


def batch(*paths: str) -> str:
    """A query of repositories with the aliases r0, r1, and so on."""
    asked = [path.split("/") for path in paths]
    parts = [
        f'r{n}: repository(owner: "{owner}", name: "{name}") {{ ...facts }}' for n, (owner, name) in enumerate(asked)
    ]
    return f"query {{ rateLimit {{ cost remaining resetAt limit used }} {' '.join(parts)} }} {FIELDS}"


def test_a_query_is_executed(outside: Outside, client: Client) -> None:
    outside.world.add(
        Repository("Ada", "Corn", id=7, stars=5, fork=True, parent="up/corn", license="NOASSERTION", topics=("b", "a")),
        Repository("ada", "empty", last_commit=None, pushed=None, latest_release=None, license=None),
    )
    data = client.ask(batch("ada/corn", "ada/empty")).json()["data"]
    assert data["r0"] == {
        "id": "R_000000007",
        "nameWithOwner": "Ada/Corn",
        "url": "https://github.com/Ada/Corn",
        "isArchived": False,
        "isDisabled": False,
        "isFork": True,
        "stargazerCount": 5,
        "forkCount": 2,
        "createdAt": "2020-01-01T00:00:00Z",
        "pushedAt": "2026-11-01T12:00:00Z",
        "parent": {"nameWithOwner": "up/corn"},
        "issues": {"totalCount": 3},
        "licenseInfo": {"spdxId": "NOASSERTION"},
        "repositoryTopics": {"nodes": [{"topic": {"name": "b"}}, {"topic": {"name": "a"}}]},
        "latestRelease": {"tagName": "v1.0.0", "publishedAt": "2026-10-01T00:00:00Z"},
        "defaultBranchRef": {"target": {"committedDate": "2026-11-01T11:59:00Z"}},
    }
    assert data["r1"]["defaultBranchRef"] is data["r1"]["licenseInfo"] is data["r1"]["pushedAt"] is None
    assert data["rateLimit"] | {"resetAt": ""} == {
        "cost": 1,
        "remaining": 4999,
        "resetAt": "",
        "limit": 5000,
        "used": 1,
    }


def test_renames_are_followed_unless_asked_not_to(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("new", "name"))
    outside.world.renames["Old/Name"] = "new/name"
    assert client.ask(batch("old/NAME")).json()["data"]["r0"]["nameWithOwner"] == "new/name"
    strict = client.ask('{ r: repository(owner: "old", name: "name", followRenames: false) { id } }').json()
    assert (strict["data"], strict["errors"][0]["type"]) == ({"r": None}, "NOT_FOUND")


def test_an_unknown_repository_is_null_beside_an_error(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("a", "here"))
    answer = client.ask(batch("a/b", "a/here")).json()
    assert answer["data"]["r0"] is None
    assert answer["data"]["r1"]["nameWithOwner"] == "a/here"
    (error,) = answer["errors"]
    assert error.pop("locations")[0]["line"] == 1
    assert error == {
        "type": "NOT_FOUND",
        "path": ["r0"],
        "message": "Could not resolve to a Repository with the name 'a/b'.",
    }


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ viewer { loginn } }", "Cannot query field 'loginn'"),
        ('{ repository(owner: "a") { id } }', "'Query.repository(name:)'"),
        ('{ repository(owner: "a", name: "b") { issues(states: SHUT) { totalCount } } }', "IssueState"),
        ("query ($a: String!) { repository(owner: $a, name: $b) { id } }", "'$b' is not defined"),
        ("{ viewer {", "Syntax Error"),
    ],
)
def test_an_invalid_query_is_an_error_with_status_200(client: Client, query: str, said: str) -> None:
    response = client.ask(query)
    assert response.status_code == 200
    assert said in response.json()["errors"][0]["message"]
    assert "data" not in response.json()


def test_variables_reach_the_query(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("a", "b", stars=9))
    query = "query ($o: String!, $n: String!) { repository(owner: $o, name: $n) { stargazerCount } }"
    answer = client.ask(query, variables={"o": "a", "n": "b"}).json()
    assert answer == {"data": {"repository": {"stargazerCount": 9}}}
    assert "non-null type" in client.ask(query).json()["errors"][0]["message"]


def test_items_of_a_connection_want_a_bound(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("a", "b"))
    answer = client.ask(
        '{ repository(owner: "a", name: "b") { repositoryTopics { nodes { topic { name } } } } }'
    ).json()
    assert answer["errors"][0]["type"] == "MISSING_PAGINATION_BOUNDARIES"


def test_what_the_world_does_not_model_fails_the_test(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("a", "b"))
    client.ask('{ repository(owner: "a", name: "b") { diskUsage } }')
    assert outside.failures == ["the test server does not model Repository.diskUsage"]
    outside.failures.clear()


def test_more_than_a_hundred_repositories_fail_the_test(outside: Outside, client: Client) -> None:
    made = outside.world.add_many(101)
    client.ask(batch(*(one.path for one in made[:100])))
    assert outside.failures == []
    client.ask(batch(*(one.path for one in made)))
    assert "101 repositories" in outside.failures.pop()


def test_a_thousand_repositories_are_told_apart(outside: Outside, client: Client) -> None:
    made = outside.world.add_many(1000)
    for start in range(0, 1000, 100):
        data = client.ask(batch(*(one.path for one in made[start : start + 100]))).json()["data"]
        assert [data[f"r{number}"]["stargazerCount"] for number in range(100)] == [*range(start, start + 100)]


@pytest.mark.parametrize("value", ["", "bearer wrong", "nonsense"])
def test_a_token_is_needed(client: Client, value: str) -> None:
    response = client.ask("{ viewer { login } }", headers={"Authorization": value})
    assert (response.status_code, response.json()["message"]) == (401, "Bad credentials")


def test_spent_points_are_an_error(outside: Outside, client: Client) -> None:
    outside.world.rate.remaining = 1
    assert client.ask("{ viewer { login } }").json() == {"data": {"viewer": {"login": "outside"}}}
    response = client.ask("{ viewer { login } }")
    assert response.json()["errors"][0]["type"] == "RATE_LIMITED"
    assert response.headers["x-ratelimit-remaining"] == "0"
    assert int(response.headers["x-ratelimit-reset"]) == outside.world.rate.reset


def test_gitlab(outside: Outside, client: Client) -> None:
    outside.world.gitlab.add(
        Repository("group/sub", "tool", id=5, stars=8, license="Apache-2.0", last_commit="2026-01-02T01:00:00+02:00"),
        Repository("group", "void", last_commit=None, latest_release=None, license=None),
    )
    tool = "/api/v4/projects/group%2Fsub%2Ftool"
    project = client.get(f"{tool}?license=true").json()
    assert (project["id"], project["path_with_namespace"], project["star_count"]) == (5, "group/sub/tool", 8)
    assert project["license"]["key"] == "apache-2.0"
    assert "archived" not in project
    known = client.get(tool, headers={"PRIVATE-TOKEN": outside.world.gitlab_token}).json()
    assert (known["archived"], known["open_issues_count"], "license" in known) == (False, 3, False)
    assert client.get(tool, headers={"PRIVATE-TOKEN": outside.world.token}).status_code == 401
    (commit,) = client.get("/api/v4/projects/5/repository/commits?per_page=1").json()
    assert commit["committed_date"] == "2026-01-02T01:00:00.000+02:00"
    (release,) = client.get(f"{tool}/releases?per_page=1").json()
    assert (release["tag_name"], release["released_at"]) == ("v1.0.0", "2026-10-01T00:00:00.000Z")
    assert client.get("/api/v4/projects/group%2Fvoid/repository/commits").json() == []
    assert client.get("/api/v4/projects/group%2Fvoid/releases").json() == []
    assert client.get("/api/v4/projects/group%2Fnone").status_code == 404
    outside.world.gitlab.rename("group/sub/tool", "group/moved")
    moved = client.get(f"{tool}?license=true", allow_redirects=False)
    assert (moved.status_code, moved.headers["Location"]) == (301, "/api/v4/projects/5?license=true")
    assert client.get(tool).json()["path_with_namespace"] == "group/moved"


def test_forgejo(outside: Outside, client: Client) -> None:
    outside.world.forgejo.add(
        Repository("ada", "tool", stars=8, archived=True, fork=True, parent="up/tool"),
        Repository("ada", "void", last_commit=None, latest_release=None),
    )
    found = client.get("/api/v1/repos/Ada/Tool").json()
    assert (found["full_name"], found["stars_count"], found["archived"]) == ("ada/tool", 8, True)
    assert found["parent"]["full_name"] == "up/tool"
    (commit,) = client.get("/api/v1/repos/ada/tool/commits?limit=1&stat=false").json()
    assert commit["commit"]["committer"]["date"] == "2026-11-01T11:59:00Z"
    assert commit["stats"] is None
    assert client.get("/api/v1/repos/ada/tool/releases/latest").json()["published_at"] == "2026-10-01T00:00:00Z"
    assert client.get("/api/v1/repos/ada/void").json()["empty"] is True
    assert client.get("/api/v1/repos/ada/void/commits?limit=1").status_code == 409
    assert client.get("/api/v1/repos/ada/void/releases/latest").status_code == 404
    assert client.get("/api/v1/repos/ada/none").status_code == 404
    outside.world.forgejo.rename("ada/tool", "eve/kit")
    assert client.get("/api/v1/repos/ada/tool").json()["full_name"] == "eve/kit"


def test_the_package_index(outside: Outside, client: Client) -> None:
    advisory = vulnerability("PYSEC-2026-1", aliases=("CVE-2026-1",), fixed_in=("2.0",), summary="Bad.")
    outside.world.add(
        Package("Some_Thing", "1.1", releases={"1.0": [], "1.1": [File(yanked=True)]}, vulnerabilities=[advisory]),
    )
    assert client.get("/pypi/Some_Thing/json", allow_redirects=False).headers["Location"] == "/pypi/some-thing/json"
    response = client.get("/pypi/some-thing/json")
    found = response.json()
    assert (found["info"]["version"], found["info"]["license_expression"]) == ("1.1", "MIT")
    assert found["releases"]["1.0"] == []
    assert found["releases"]["1.1"][0]["upload_time_iso_8601"] == "2026-10-01T00:00:00.123456Z"
    assert found["urls"][0]["yanked"] is True
    assert found["vulnerabilities"] == [advisory]
    again = client.get("/pypi/some-thing/json", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", response.headers["ETag"])
    outside.world.packages["some-thing"].version = "1.0"
    changed = client.get("/pypi/some-thing/json", headers={"If-None-Match": response.headers["ETag"]})
    assert changed.json()["info"]["version"] == "1.0"
    outside.world.validators = False
    assert "ETag" not in client.get("/pypi/some-thing/json").headers
    assert client.get("/pypi/none/json").status_code == 404


def test_downloads(outside: Outside, client: Client) -> None:
    outside.world.downloads = {"corn": 5, "corn-extra": 6, "other": 7, "pop.corn": 8}
    expected = {"data": [{"project": "corn", "count": 5}, {"project": "other", "count": 7}]}
    sql = "SELECT project, count() FROM file_downloads WHERE project IN ('corn', 'other')"
    address = f"{outside.url}/downloads"
    assert client.get("/downloads", params={"query": sql}).json() == expected
    for body in ({"data": sql}, {"json": {"names": ["corn", "other"]}}, {"json": {"sql": "IN (\n'corn',\n'other')"}}):
        assert client.session.post(address, timeout=5, **body).json() == expected


def test_requests_are_recorded(outside: Outside, client: Client) -> None:
    client.ask("{ viewer { login } }")
    client.get("/pypi/a/json?x=1", headers={"X-Who": "me"})
    first, second = outside.requests
    assert (first.method, first.path, first.in_flight) == ("POST", "/graphql", 1)
    assert first.json()["query"] == "{ viewer { login } }"
    assert (second.target, second.query, second.headers["x-who"]) == ("/pypi/a/json?x=1", {"x": "1"}, "me")
    assert first.at < second.at
    assert outside.most_in_flight == 1


def test_requests_in_flight_are_counted_while_answers_take_their_time(outside: Outside) -> None:
    outside.delay = 0.2
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: requests.get(f"{outside.url}/pypi/a/json", timeout=5), range(8)))
    assert outside.most_in_flight == 4
    assert min(request.in_flight for request in outside.requests) == 1


def test_one_after_the_other_is_never_two_in_flight(outside: Outside) -> None:
    for _ in range(200):
        requests.get(f"{outside.url}/pypi/a/json", timeout=5)
    assert outside.most_in_flight == 1


def test_answers_are_compressed_for_whoever_accepts_it(outside: Outside, client: Client) -> None:
    outside.world.add(Package("a"))
    assert client.get("/pypi/a/json").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/pypi/a/json", headers={"Accept-Encoding": "identity"}).headers


def test_the_queue_is_met_in_order_and_rules_come_first(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.status(502), None, faults.status(410))
    outside.faults.when(faults.at("/pypi/b"), faults.status(503), times=1)
    outside.faults.when(faults.mentions("zzz"), faults.status(500))
    seen = [client.get(path).status_code for path in ("/pypi/a", "/pypi/b", "/zzz", "/pypi/b", "/zzz", "/a", "/a")]
    assert seen == [502, 503, 500, 404, 500, 410, 404]
    assert outside.faults.left == 0
    assert outside.faults.met == ["status 502", "status 503", "status 500", "status 500", "status 410"]


@pytest.mark.parametrize("code", [401, 403, 404, 410, 429, 500, 502, 503, 504])
def test_statuses(outside: Outside, client: Client, code: int) -> None:
    outside.faults.add(faults.status(code, {"X-A": "b"}, {"a": 1}), faults.status(code, body=b"<p>no</p>"))
    response = client.get("/")
    assert (response.status_code, response.headers["X-A"], response.json()) == (code, "b", {"a": 1})
    assert client.get("/").text == "<p>no</p>"


@pytest.mark.parametrize("code", [403, 429])
def test_limits(outside: Outside, client: Client, code: int) -> None:
    limited = faults.limited
    outside.faults.add(limited(code, retry_after=7), limited(code, reset_in=30), limited(code), faults.unauthorized())
    after, points, neither = (client.get("/") for _ in range(3))
    assert {after.status_code, points.status_code, neither.status_code} == {code}
    assert after.headers["Retry-After"] == "7"
    assert points.headers["x-ratelimit-remaining"] == "0"
    assert 25 < int(points.headers["x-ratelimit-reset"]) - time.time() <= 30
    assert not {"retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"} & {
        name.lower() for name in neither.headers
    }
    assert client.get("/").status_code == 401


def test_answers_that_are_wrong_in_themselves(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.secondary_in_errors(), faults.html(), faults.truncated_json())
    secondary = client.ask("{ viewer { login } }")
    assert secondary.status_code == 200
    assert "secondary rate limit" in secondary.json()["errors"][0]["message"]
    page = client.ask("{ viewer { login } }")
    assert (page.status_code, page.text[:15]) == (200, "<!DOCTYPE html>")
    truncated = client.ask("{ viewer { login } }")
    assert len(truncated.content) == int(truncated.headers["Content-Length"])
    with pytest.raises(requests.exceptions.JSONDecodeError):
        truncated.json()


def test_a_body_cut_short(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.cut_body())
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        client.ask("{ viewer { login } }")


def test_a_gzip_bomb(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.gzip_bomb())
    with client.get("/", stream=True) as response:
        raw = response.raw.read(decode_content=False)
    assert len(raw) < faults.MEGABYTE
    size, last = 0, b""
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as unpacked:
        while part := unpacked.read(8 * faults.MEGABYTE):
            size, last = size + len(part), part
    assert size > 300 * faults.MEGABYTE
    assert json.loads(last) == {"data": {}}


@pytest.mark.parametrize("announced", [True, False])
def test_a_large_body(outside: Outside, client: Client, announced: bool) -> None:  # noqa: FBT001  # pytest's way
    outside.faults.add(faults.large_body(announced=announced), faults.large_body(announced=announced))
    with client.get("/", stream=True) as response:
        assert ("Content-Length" in response.headers) is announced
        assert sum(len(part) for part in response.iter_content(faults.MEGABYTE)) == 200 * faults.MEGABYTE
    with client.get("/", stream=True) as response:
        next(response.iter_content(faults.MEGABYTE))  # and no more: the server notices, and nothing fails


def test_a_redirect_to_another_host(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.redirect(307), faults.redirect(307))
    client.ask("{ viewer { login } }")
    assert outside.elsewhere.requests[0].path == "/graphql"
    assert not outside.token_leaked
    address = client.ask("{ viewer { login } }", allow_redirects=False).headers["Location"]
    assert address.startswith("http://localhost:")
    client.session.get(address, headers={"X-Token": outside.world.token}, timeout=5)
    assert outside.token_leaked


def test_a_reset(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.reset())
    with pytest.raises(requests.exceptions.ConnectionError, match="reset by peer"):
        client.get("/")
    assert client.get("/").status_code == 404


@pytest.mark.parametrize("fault", [faults.silence(), faults.stall_in_headers(), faults.drip(headers=True)])
def test_no_headers_in_time(outside: Outside, fault: faults.Fault) -> None:
    """Read by hand: a client of HTTP may wait for each byte anew."""
    outside.faults.add(fault)
    received = b""
    with socket.create_connection(("127.0.0.1", int(outside.url.rpartition(":")[2]))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        end = time.monotonic() + QUICK
        while (left := end - time.monotonic()) > 0:
            if select.select([connection], [], [], left)[0]:
                received += connection.recv(1000)
    assert b"\r\n\r\n" not in received
    assert bool(received) == (fault.name != "silence")


def test_silence_ends_when_the_client_gives_up(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.silence(), faults.stall_in_headers())
    for _ in range(2):
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.get("/", timeout=QUICK)
    assert client.get("/").status_code == 404


def test_a_stall_in_the_body(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.stall_in_body(), faults.stall_in_body(limit=0.2))
    with pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
        client.ask("{ viewer { login } }", timeout=QUICK)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        client.ask("{ viewer { login } }")


def test_a_drip_is_whole_in_the_end(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.drip())
    started = time.monotonic()
    response = client.ask("{ viewer { login } }", timeout=QUICK)  # each byte is in time
    assert response.json() == {"data": {"viewer": {"login": "outside"}}}
    assert time.monotonic() - started > 0.05 * len(response.content) > 2 * QUICK


def test_partial_errors(outside: Outside, client: Client) -> None:
    outside.world.add(Repository("a", "b"), Repository("a", "c"))
    outside.faults.add(faults.partial_errors(1, kind="FORBIDDEN"), faults.partial_errors(2))
    answer = client.ask(batch("a/b", "a/c")).json()
    assert answer["data"]["r0"]["nameWithOwner"] == "a/b"
    assert answer["data"]["r1"] is None
    assert [(error["path"], error["type"]) for error in answer["errors"]] == [(["r1"], "FORBIDDEN")]
    both = client.ask(batch("a/b", "a/c")).json()
    assert (both["data"]["r0"], both["data"]["r1"]) == (None, None)
    assert both["data"]["rateLimit"]["cost"] == 1
    assert "type" not in both["errors"][0]


def test_a_query_too_heavy(outside: Outside, client: Client) -> None:
    made = [one.path for one in outside.world.add_many(31)]
    outside.faults.when(faults.more_than(30), faults.status(502))
    assert client.ask(batch(*made)).status_code == 502
    assert client.ask(batch(*made)).status_code == 502
    assert client.ask(batch(*made[:30])).status_code == 200


def test_a_skewed_clock(outside: Outside, client: Client) -> None:
    outside.faults.add(faults.skewed_date(-3600))
    skewed, right = (parsedate_to_datetime(client.get("/").headers["Date"]).timestamp() for _ in range(2))
    assert 3595 < time.time() - skewed < 3605
    assert abs(time.time() - right) < 5


def test_stopping_ends_everything(github_schema: None) -> None:  # noqa: ARG001  # for its effect
    before = set(threading.enumerate())
    with Outside() as server, requests.Session() as idle:
        idle.get(server.url, timeout=5)
        server.faults.add(faults.silence(), faults.drip(interval=5), faults.stall_in_body(limit=60))
        stuck = [threading.Thread(target=_swallow, args=(server.url,)) for _ in range(3)]
        for thread in stuck:
            thread.start()
        while len(server.requests) < 4:
            time.sleep(0.01)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    for thread in stuck:
        thread.join()
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])))


def _swallow(url: str) -> None:
    with pytest.raises(requests.RequestException):
        requests.get(url, timeout=30)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("outside/test_server.py", True),
        ("facts/test_github.py", True),
        ("test_enrich.py", True),
        ("data/test_enrich_real.py", True),
        ("test_check.py", False),
        ("render/facts/test_a.py", False),
        ("view/test_facts.py", False),
    ],
)
def test_who_may_connect(path: str, allowed: bool) -> None:  # noqa: FBT001  # pytest's way
    assert may_ask_itself(PROJECT / "tests" / Path(path)) is allowed


def test_other_addresses_are_refused_here_too() -> None:
    with pytest.raises(pytest.fail.Exception, match="network"), socket.socket() as connection:
        connection.connect(("192.0.2.1", 80))
