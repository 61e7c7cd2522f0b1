"""``python -m scripts.links`` over real HTTP: what people read, what is written, and how gently it asks."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from scripts import links
from scripts.catalogue.load import load
from scripts.facts.audit import audit
from tests.conftest import Repository
from tests.outside import faults
from tests.outside.faults import Fault
from tests.outside.messages import Answer, as_json
from tests.outside.web import Web, page, to, unknown, webs
from tests.outside.wire import Wire

STATE = "data/facts/links.json"
REPOSITORY = "https://github.com/example/examplecorn"
EVIDENCE = f"{REPOSITORY}/blob/main/examplecorn/server.py"
BLOG = "https://blog.example.com/servers"
API = "https://archive.org/wayback/available"
TODAY = dt.datetime.now(dt.UTC).date()


def ago(days: int) -> str:
    return (TODAY - dt.timedelta(days=days)).isoformat()


@dataclass(slots=True)
class Result:
    code: int
    out: str
    err: str = ""

    @property
    def problems(self) -> list[str]:
        return self.out.splitlines()[1:]


@dataclass(slots=True)
class Desk:
    """A maintainer's desk: three entries whose links all answer, and the web."""

    repository: Repository
    web: Web
    capsys: pytest.CaptureFixture[str]
    options: list[str] = field(default_factory=lambda: ["--spacing", "0", "--timeout", "2", "--max-wait", "2"])

    @property
    def root(self) -> Path:
        return self.repository.root

    def run(self, *arguments: str) -> Result:
        self.capsys.readouterr()
        code = links.main(["--root", str(self.root), *self.options, *arguments], self.web.world)
        captured = self.capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Result(code, captured.out, captured.err)

    @property
    def state(self) -> dict[str, dict[str, Any]]:
        loaded: dict[str, dict[str, Any]] = json.loads((self.root / STATE).read_text(encoding="utf-8"))
        return loaded

    def know(self, **records: dict[str, Any]) -> None:
        """Writes the state: ``BLOG={…}``."""
        named = {globals()[name]: {"observed": ago(1), "verdict": "ok"} | record for name, record in records.items()}
        self.repository.write(STATE, json.dumps(named))


def slow(seconds: float) -> Fault:
    """A page that takes a moment."""

    def act(wire: Wire) -> None:
        wire.wait(seconds)
        wire.send(page())

    return Fault("slow", act)


@pytest.fixture
def web() -> Iterator[Web]:
    yield from webs()


@pytest.fixture
def desk(repository: Repository, web: Web, capsys: pytest.CaptureFixture[str]) -> Desk:
    guard = "https://github.com/example/guard"
    for url in (REPOSITORY, EVIDENCE, BLOG, guard, f"{guard}/blob/main/guard.py"):
        web.put(url, page())
    return Desk(repository, web, capsys)


def test_nothing_for_a_human(desk: Desk) -> None:
    result = desk.run()
    summary = "links: 5 addresses at 2 hosts: 5 ok, 0 moved, 0 blocked, 0 flaky, 0 gone; 0 suspicious\n"
    assert (result.code, result.out) == (0, summary)
    day = TODAY.isoformat()
    assert desk.state[BLOG] == {"observed": day, "verdict": "ok", "read": day}
    assert desk.state[EVIDENCE] == {"observed": day, "verdict": "ok"}


def test_each_address_is_asked_once_whoever_holds_it(desk: Desk) -> None:
    desk.repository.server(
        "two", evidence=f"{EVIDENCE}#L3", docs=BLOG, package="two", name="Two", repository=REPOSITORY
    )
    desk.run()
    assert desk.web.asked.count(f"HEAD github.com{EVIDENCE.removeprefix('https://github.com')}") == 1
    assert desk.web.asked.count("HEAD blog.example.com/servers") == 1


def test_every_field_that_holds_an_address_is_asked_but_a_quoted_mistake(desk: Desk) -> None:
    fields = {
        "docs": "https://docs.example.com/",
        "homepage": "https://example.dev/",
        "status": "{state: archived, reason: Its owner archived the repository., source: https://a.example.com/s}",
        "claims": "{protocols: [http/2], source: https://a.example.com/c}",
        "package_repository": "https://github.com/example/mistaken",
    }
    pages = ["https://docs.example.com/", "https://example.dev/", "https://a.example.com/s", "https://a.example.com/c"]
    for url in pages:
        desk.web.put(url, page())
    desk.repository.server(**fields)
    desk.run("examplecorn")
    asked = {f"https://{line.split()[1]}" for line in desk.web.asked}
    assert asked == {*pages, REPOSITORY, EVIDENCE}


def test_moved_for_good_is_proposed_and_nothing_else_changes(desk: Desk) -> None:
    new = "https://example.dev/servers"
    desk.web.put(BLOG, to(new))
    desk.web.put(new, page())
    path = desk.repository.publication(url=f"{BLOG}#call", level="introductory  # by far")
    path.write_text(path.read_text(encoding="utf-8").replace("url: ", "# Worth it\nurl: "), encoding="utf-8")
    result = desk.run("--propose")
    remedy = "Write the new address; `python -m scripts.links --propose` prints the edit."
    problem = f"data/publications/{path.name}:5:6: `url` has moved for good to {new}. {remedy}"
    assert result.code == 1
    assert problem in result.err
    changed = [line for line in result.out.splitlines() if line[:1] in "+-"]
    assert changed == [
        f"--- a/data/publications/{path.name}",
        f"+++ b/data/publications/{path.name}",
        f"-url: {BLOG}#call",
        f"+url: {new}#call",
    ]
    assert f"{BLOG}#call" in path.read_text(encoding="utf-8")
    assert desk.state[BLOG]["to"] == new


def test_a_renamed_repository_is_left_to_who_knows_its_facts(desk: Desk) -> None:
    desk.web.put(REPOSITORY, to("https://github.com/other/examplecorn"))
    desk.web.put("https://github.com/other/examplecorn", page())
    result = desk.run("--propose")
    assert "Follow it: `python -m scripts.enrich --fix examplecorn`." in result.err
    assert (result.code, result.out) == (1, "")


def test_three_failures_on_three_days_make_gone(desk: Desk) -> None:
    desk.web.put(BLOG, page("", 404))
    desk.web.put(API, page("", 404))
    assert desk.run().code == 0
    assert desk.state[BLOG]["verdict"] == "flaky"
    assert desk.run().code == 0  # the same day again
    assert desk.state[BLOG]["missing"] == [TODAY.isoformat()]
    desk.know(BLOG={"verdict": "flaky", "missing": [ago(9), ago(2)]})
    result = desk.run()
    place = "data/publications/how-servers-call-2024.yml:4:6"
    reason = f"it does not exist (404 Not Found), on 3 days, first on {ago(9)}"
    assert result.code == 1
    assert result.problems == [
        f"{place}: `url` is gone: {reason}. Link what took its place, or give the entry a status."
    ]
    assert desk.state[BLOG]["missing"] == [ago(9), ago(2), TODAY.isoformat()]


@pytest.mark.parametrize("reply", [page(), to("https://blog.example.com/servers/")])
def test_one_good_day_wipes_the_slate(desk: Desk, reply: Answer) -> None:
    desk.web.put(f"{BLOG}/", page())
    desk.web.put(BLOG, reply)
    desk.know(BLOG={"verdict": "gone", "missing": [ago(9), ago(3), ago(2)], "reason": "x"})
    assert desk.run().code == 0
    assert desk.state[BLOG] == {"observed": TODAY.isoformat(), "verdict": "ok", "read": TODAY.isoformat()}


def test_a_publication_that_is_gone_gets_an_archived_copy(desk: Desk) -> None:
    desk.web.put(BLOG, page("", 410))
    closest = {"available": True, "status": "200", "timestamp": "20240601123456", "url": "http://evil.example.net/"}
    query = "?url=https%3A%2F%2Fblog.example.com%2Fservers"
    desk.web.put(f"{API}{query}", as_json({"archived_snapshots": {"closest": closest}}))
    desk.know(BLOG={"verdict": "flaky", "missing": [ago(9), ago(2)]})
    result = desk.run()
    copy = f"https://web.archive.org/web/20240601123456/{BLOG}"
    assert result.problems[0].endswith(f"Link the archived copy: {copy}")
    desk.web.forget()
    again = desk.run("--propose")
    assert f"+url: {copy}" in again.out.splitlines()
    assert not [line for line in desk.web.asked if "archive.org" in line]  # once is enough


def test_a_suspicious_page_is_shown_until_somebody_accepts_it(desk: Desk) -> None:
    desk.web.put(BLOG, to("/", 302))
    desk.web.put("https://blog.example.com/", page())
    remedy = f"Open it; then mend the entry, or run `python -m scripts.links --accept {BLOG}`."
    result = desk.run()
    assert result.code == 1
    assert result.out.startswith("links: 5 addresses at 2 hosts: 5 ok,")
    assert "; 1 suspicious" in result.out
    problem = "`url` looks wrong: it leads to a front page instead of a page (https://blog.example.com/)."
    assert result.problems == [f"data/publications/how-servers-call-2024.yml:4:6: {problem} {remedy}"]
    desk.web.forget()
    assert desk.run("--accept", BLOG).code == 0
    assert desk.run().code == 0
    desk.web.put(BLOG, page("", 503))
    assert desk.run().code == 0
    desk.web.put(BLOG, to("/", 302))
    assert desk.run().code == 0  # a bad day in between does not bring it back
    desk.web.put(BLOG, to("/login", 302))
    desk.web.put("https://blog.example.com/login", page())
    assert desk.run().code == 1  # but something else does


def test_nothing_to_accept(desk: Desk) -> None:
    desk.run()
    assert desk.run("--accept", BLOG).code == 2


def test_walls_are_nothing_for_a_human(desk: Desk) -> None:
    desk.web.put(BLOG, page("", 403))
    desk.know(BLOG={"verdict": "blocked"})
    assert desk.run().code == 0
    assert desk.state[BLOG] == {
        "observed": TODAY.isoformat(),
        "verdict": "blocked",
        "reason": "does not answer robots (403)",
    }


def test_max_age_dry_run_and_slugs(desk: Desk) -> None:
    desk.know(BLOG={"observed": ago(3)})
    desk.run("--dry-run", "--max-age", "4", "how-servers-call-2024")
    assert desk.web.asked == []
    desk.run("--dry-run", "--max-age", "3", "how-servers-call-2024")
    assert desk.web.asked == ["HEAD blog.example.com/servers", "GET blog.example.com/servers"]
    assert desk.state[BLOG]["observed"] == ago(3)
    desk.run("examplecorn")
    assert set(desk.state) == {BLOG, REPOSITORY, EVIDENCE}
    assert "Did you mean `examplecorn`?" in desk.run("examplecor").out
    assert desk.run("examplecor").code == 2


def test_links_of_entries_that_are_no_more_are_forgotten(desk: Desk) -> None:
    desk.repository.write(STATE, json.dumps({"https://old.example.com/": {"observed": ago(1), "verdict": "ok"}}))
    desk.run()
    assert "https://old.example.com/" not in desk.state


def test_the_same_answers_give_the_same_bytes(desk: Desk) -> None:
    desk.run()
    before = (desk.root / STATE).read_bytes()
    desk.run()
    assert (desk.root / STATE).read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"https://a.example.com/": {"verdict": "ok"}}', '{"a": {"verdict": 1}}']
)
def test_a_corrupt_state_is_an_error_and_stays(desk: Desk, text: str) -> None:
    desk.repository.write(STATE, text)
    result = desk.run()
    assert result.code == 1
    assert f"Restore the file: `git checkout -- {STATE}`." in result.out
    assert desk.web.asked == []
    assert (desk.root / STATE).read_text(encoding="utf-8") == text
    _, problems = audit(desk.root, load(desk.root), TODAY)  # what `check` prints
    assert any(str(problem).startswith(STATE) for problem in problems)


def test_an_entry_that_cannot_be_read_stops_the_run(desk: Desk) -> None:
    desk.repository.server("broken", name=None)
    assert desk.run().code == 1
    assert desk.web.asked == []


def test_two_runs_at_a_time(desk: Desk) -> None:
    (desk.root / "data/facts").mkdir(exist_ok=True)
    with FileLock(desk.root / "data/facts/.links.lock"):
        result = desk.run()
    assert (result.code, desk.web.asked) == (1, [])
    assert "Another check of links is under way" in result.out


def test_a_state_that_cannot_be_written(desk: Desk) -> None:
    desk.run()
    before = (desk.root / STATE).read_bytes()
    desk.web.put(BLOG, page("", 404))
    (desk.root / STATE).chmod(0o444)
    result = desk.run()
    assert result.code == 1
    assert "cannot be written" in result.out
    assert (desk.root / STATE).read_bytes() == before


def test_much_that_fails_at_once_is_not_believed(desk: Desk) -> None:
    for number in range(10):
        desk.repository.publication(f"post-{number}", title=f"Post {number}", url=f"https://h{number}.example.com/post")
        desk.web.put(f"https://h{number}.example.com/post", page())
    desk.run()
    before = (desk.root / STATE).read_bytes()
    for number in range(3):
        desk.web.dns[f"h{number}.example.com"] = [unknown("")]
    result = desk.run()
    assert result.code == 3
    assert result.out.startswith("3 of 12 hosts fail at once, h0.example.com among them: the outside is broken.")
    assert (desk.root / STATE).read_bytes() == before
    desk.web.dns["h0.example.com"] = [["93.184.0.3"]]
    assert desk.run().code == 0  # 2 of 12 may


def test_requests_to_a_host_are_spaced_and_hosts_are_asked_side_by_side(desk: Desk) -> None:
    for number in range(6):
        host = f"h{number % 3}.example.com"
        desk.repository.publication(f"post-{number}", title=f"Post {number}", url=f"https://{host}/{number}")
        desk.web.put(f"https://{host}/{number}", page())
    desk.options[1] = "0.3"
    desk.run()
    by_host: dict[str, list[float]] = {}
    for request in desk.web.requests:
        by_host.setdefault(request.headers["host"], []).append(request.at)
    assert {host: len(times) for host, times in by_host.items() if host.startswith("h")} == dict.fromkeys(
        ("h0.example.com", "h1.example.com", "h2.example.com"), 4
    )
    for times in by_host.values():
        assert all(later - earlier >= 0.29 for earlier, later in zip(sorted(times), sorted(times)[1:], strict=False))
    assert max(times[0] for times in by_host.values()) < min(max(times) for times in by_host.values())


def test_no_more_than_so_many_requests_at_a_time(desk: Desk) -> None:
    for number in range(12):
        url = f"https://h{number}.example.com/post"
        desk.repository.publication(f"post-{number}", title=f"Post {number}", url=url)
        desk.web.put(url, slow(0.1))
    desk.run("--parallel", "3")
    assert 2 <= desk.web.sites["https"].most_in_flight <= 3


def test_a_host_that_limits_us_is_left_in_peace_until_the_next_run(desk: Desk) -> None:
    desk.web.put(REPOSITORY, page("", 429, Retry_After="3600"))
    desk.know(REPOSITORY={"observed": ago(9)}, EVIDENCE={"observed": ago(8)})
    result = desk.run("examplecorn")
    assert desk.web.asked == ["HEAD github.com/example/examplecorn"]
    assert result.out.endswith("; 1 left for the next run, since their hosts limit us\n")
    assert desk.state[EVIDENCE]["observed"] == ago(8)
    desk.web.put(REPOSITORY, page())
    desk.web.forget()
    desk.know(REPOSITORY={"observed": ago(1)}, EVIDENCE={"observed": ago(8)})
    desk.run("examplecorn")  # and what was left comes first
    assert "/blob/" in desk.web.asked[0]


def test_a_host_that_is_down_is_not_asked_for_each_of_its_pages(desk: Desk) -> None:
    for number in range(8):
        url = f"https://down.example.com/{number}"
        desk.repository.publication(f"post-{number}", title=f"Post {number}", url=url)
        desk.web.put(url, faults.reset())
    desk.run()
    assert len([line for line in desk.web.asked if "down" in line]) == 3
    down = [record for url, record in desk.state.items() if "down" in url]
    assert [record["verdict"] for record in down] == ["flaky"] * 8
