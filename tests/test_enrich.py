"""A refresh in a world that misbehaves: no fact lost, the exit status right, one clear sentence, no secret."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from scripts import enrich
from tests.conftest import PROJECT, Repository
from tests.outside import faults
from tests.outside.faults import Fault
from tests.outside.fixtures import github_schema, outside
from tests.outside.server import Outside
from tests.outside.world import File, Package, vulnerability
from tests.outside.world import Repository as Remote

__all__ = ["github_schema", "outside"]

COUNT = 40  # so that one record is not more than 5 %
OLD = {"observed": "2026-01-01", "source": "GitHub", "stars": 1, "archived": False, "last_commit": "2025-12-24"}
OLD_PACKAGE = {"observed": "2026-01-01", "source": "package index", "version": "0.9", "last_release": "2025-12-24"}


@dataclass(slots=True)
class Result:
    code: int
    out: str


@dataclass(slots=True)
class Desk:
    """A maintainer's desk: a repository with forty servers, all known since January, and the world outside."""

    repository: Repository
    outside: Outside
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    slept: list[float] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.repository.root

    def run(self, *arguments: str) -> Result:
        self.capsys.readouterr()
        code = enrich.main(["--root", str(self.root), *arguments])
        captured = self.capsys.readouterr()
        said = captured.out + captured.err
        assert "Traceback" not in said
        assert self.outside.world.token not in said + self.all_files()
        return Result(code, captured.out)

    def forge(self, *arguments: str) -> Result:
        return self.run("--source", "forge", "--timeout", "10", *arguments)

    def index(self, *arguments: str) -> Result:
        return self.run("--source", "packages", "--timeout", "10", *arguments)

    def facts(self, name: str = "github") -> dict[str, dict[str, Any]]:
        loaded: dict[str, dict[str, Any]] = json.loads(self.text(f"data/facts/{name}.json"))
        return loaded

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def events(self) -> list[dict[str, str]]:
        lines = self.text("data/facts/changes.jsonl").splitlines()
        return [event for event in map(json.loads, lines) if event["event"] != "added"]

    def all_files(self) -> str:
        files = (self.root / "data").rglob("*")
        return "".join(path.read_text(encoding="utf-8") for path in files if path.is_file())

    def remote(self, number: int = 0) -> Remote:
        return self.outside.world.github.repositories[f"owner-{number}/name-{number}"]

    @property
    def asked(self) -> int:
        return sum(request.path == "/graphql" for request in self.outside.requests)


@pytest.fixture
def desk(
    repository: Repository, outside: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    made = Desk(repository, outside, monkeypatch, capsys)
    (repository.root / "data/middleware/example-guard.yml").unlink()
    (repository.root / "data/servers/examplecorn.yml").unlink()
    repository.publication(topics=None)
    servers(repository, COUNT)
    outside.world.add_many(COUNT)
    outside.world.add(*(Package(f"package-{n}") for n in range(COUNT)))
    known = {f"owner-{n}/name-{n}": OLD for n in range(COUNT)}
    repository.write("data/facts/github.json", json.dumps(known))
    repository.write("data/facts/packages.json", json.dumps({f"package-{n}": OLD_PACKAGE for n in range(COUNT)}))
    monkeypatch.setattr(time, "sleep", made.slept.append)
    for name, value in environment(outside).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GH_TOKEN", raising=False)
    return made


def environment(outside: Outside) -> dict[str, str]:
    return {
        "GITHUB_GRAPHQL_URL": f"{outside.url}/graphql",
        "GITLAB_API_URL": f"{outside.url}/api/v4",
        "FORGEJO_API_URL": f"{outside.url}/api/v1",
        "PACKAGE_INDEX_URL": f"{outside.url}/pypi",
        "DOWNLOADS_URL": f"{outside.url}/downloads",
        "GITHUB_TOKEN": outside.world.token,
    }


def servers(repository: Repository, count: int) -> None:
    for n in range(count):
        repository.server(
            f"server-{n}",
            name=f"Server {n}",
            description=f"Serves ASGI applications and is the server number {n}.",
            repository=f"https://github.com/owner-{n}/name-{n}",
            package=f"package-{n}",
            evidence=f"https://github.com/owner-{n}/name-{n}/blob/main/server.py",
        )


def stale(desk: Desk) -> bool:
    """Whether every fact is as it was."""
    return all(record == OLD for record in desk.facts().values())


# What goes well


def test_a_refresh_learns_everything(desk: Desk) -> None:
    done = desk.forge()
    assert (done.code, desk.asked) == (0, 1)
    assert (
        done.out.splitlines()[0]
        == "github: 40 refreshed, 0 unchanged, 0 failed, 0 renamed, 0 archived, 0 gone; cost 1, 4,999 left this hour"
    )
    assert desk.facts()["owner-3/name-3"] | {"observed": ""} == {
        "archived": False,
        "created": "2020-01-01",
        "forks": 2,
        "id": "R_000000004",
        "last_commit": "2026-10-29",
        "license": "MIT",
        "name": "owner-3/name-3",
        "observed": "",
        "open_issues": 3,
        "pushed": "2026-11-01",
        "release": "v1.0.0",
        "released": "2026-10-01",
        "source": "GitHub",
        "stars": 3,
        "topics": ["asgi"],
        "url": "https://github.com/owner-3/name-3",
    }


def test_a_second_refresh_writes_no_byte_and_asks_only_what_is_old(desk: Desk) -> None:
    desk.run()
    before = {path: path.stat().st_mtime_ns for path in (desk.root / "data/facts").rglob("*.json*")}
    asked = len(desk.outside.requests)
    assert desk.run("--max-age", "1").code == 0
    assert len(desk.outside.requests) == asked
    again = desk.run()
    assert "github: 0 refreshed, 40 unchanged" in again.out
    assert "packages: 0 refreshed, 40 unchanged" in again.out
    assert {path: path.stat().st_mtime_ns for path in (desk.root / "data/facts").rglob("*.json*")} == before


def test_conditional_requests_transfer_no_body(desk: Desk) -> None:
    desk.index()
    desk.outside.requests.clear()
    desk.index()
    assert {"if-none-match" in request.headers for request in desk.outside.requests} == {True}


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = desk.all_files()
    assert desk.run("--dry-run").code == 0
    assert desk.all_files() == before


def test_chosen_entries_only(desk: Desk) -> None:
    assert desk.forge("server-3").code == 0
    assert [name for name, record in desk.facts().items() if "id" in record] == ["owner-3/name-3"]


def test_a_thousand_repositories_are_ten_requests(desk: Desk) -> None:
    servers(desk.repository, 1_000)
    desk.outside.world.add_many(1_000)
    assert desk.forge().code == 0
    assert desk.asked == 10
    assert len(desk.facts()) == 1_000


def test_names_travel_as_variables(desk: Desk) -> None:
    desk.forge("server-3")
    (request,) = desk.outside.requests
    sent = json.loads(request.text)
    assert "owner-3" not in sent["query"]
    assert "owner-3" in sent["variables"].values()


def test_packages_are_asked_four_at_a_time(desk: Desk) -> None:
    desk.outside.delay = 0.02
    assert desk.index().code == 0
    assert desk.outside.most_in_flight <= 4
    assert desk.facts("packages")["package-3"]["version"] == "1.0.0"


def test_downloads_are_one_request_and_unknown_stays_unknown(desk: Desk) -> None:
    desk.outside.world.count_column = "downloads"
    desk.outside.world.downloads = {"package-1": "12345678901"}
    assert desk.run("--source", "downloads").code == 0
    assert len(desk.outside.requests) == 1
    found = desk.facts("downloads")
    assert list(found) == ["package-1"]
    assert found["package-1"]["last_month"] == 12345678901


def test_downloads_are_off_unless_asked_for(desk: Desk) -> None:
    desk.run()
    assert {request.path for request in desk.outside.requests if "downloads" in request.path} == set()


def test_the_month_keeps_its_figures(desk: Desk) -> None:
    desk.forge()
    (month,) = (desk.root / "data/facts/history").iterdir()
    assert json.loads(month.read_text())["stars"]["https://github.com/owner-7/name-7"] == 7


@pytest.mark.parametrize(
    ("host", "source", "world"), [("gitlab.com", "GitLab", "gitlab"), ("codeberg.org", "Forgejo", "forgejo")]
)
def test_other_forges_answer_through_the_same_interface(desk: Desk, host: str, source: str, world: str) -> None:
    desk.repository.server("server-1", name="S", repository=f"https://{host}/group/project", package=None)
    desk.monkeypatch.setenv("GITLAB_TOKEN", desk.outside.world.gitlab_token)
    getattr(desk.outside.world, world).add(Remote("group", "project", stars=5, archived=True))
    assert desk.forge("server-1").code == 0
    found = desk.facts(world)[f"{host}/group/project"]
    assert (found["source"], found["stars"], found["archived"]) == (source, 5, True)
    assert found["last_commit"] == "2026-11-01"


def test_a_host_that_nobody_knows_is_no_error(desk: Desk) -> None:
    desk.repository.server("server-1", name="S", repository="https://git.example.com/group/project", package=None)
    assert desk.forge("server-1").code == 0
    assert desk.outside.requests == []


# Tokens and usage


def test_without_a_token_nothing_is_asked(desk: Desk) -> None:
    desk.monkeypatch.delenv("GITHUB_TOKEN")
    done = desk.run()
    assert (done.code, done.out) == (2, f"{enrich.ANONYMOUS}\n")
    assert desk.outside.requests == []


def test_the_other_variable_works_too(desk: Desk) -> None:
    desk.monkeypatch.delenv("GITHUB_TOKEN")
    desk.monkeypatch.setenv("GH_TOKEN", desk.outside.world.token)
    assert desk.forge().code == 0


def test_a_wrong_token_is_one_sentence(desk: Desk) -> None:
    desk.monkeypatch.setenv("GITHUB_TOKEN", "wrong-and-secret")
    done = desk.forge()
    assert (done.code, done.out) == (2, "127.0.0.1 refuses the token (401). Set a valid one.\n")
    assert stale(desk)
    assert desk.slept == []


def test_a_misspelt_entry_is_wrong_usage(desk: Desk) -> None:
    done = desk.run("servr-3")
    assert (done.code, done.out) == (2, "`servr-3` is no entry. Did you mean `server-3`?\n")


def test_a_folder_without_data_is_wrong_usage_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        enrich.main(["--root", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_a_chosen_entry_does_not_take_shared_facts_away(desk: Desk) -> None:
    shared = {"repository": "https://github.com/owner-1/name-1", "docs": "https://docs.example.com/2"}
    desk.repository.server("server-2", name="S", package="package-2", **shared)
    desk.outside.world.github.rename("owner-1/name-1", "elsewhere/name-1")
    assert desk.forge("--fix", "server-1").code == 0
    for number in (1, 2):
        assert "repository: https://github.com/elsewhere/name-1\n" in desk.text(f"data/servers/server-{number}.yml")


# Limits


LIMITS = [faults.limited(code, **when) for code in (403, 429) for when in ({"retry_after": 7}, {"reset_in": 7}, {})]
NAMES = [f"{code}-{when}" for code in (403, 429) for when in ("after", "reset", "neither")]


@pytest.mark.parametrize("fault", LIMITS, ids=NAMES)
def test_a_limit_is_waited_for(desk: Desk, fault: Fault) -> None:
    desk.outside.faults.add(fault)
    assert desk.forge().code == 0
    assert 6 <= sum(desk.slept) <= 61
    assert not stale(desk)


@pytest.mark.parametrize("fault", LIMITS, ids=NAMES)
def test_a_limit_longer_than_we_may_wait_keeps_the_old_facts(desk: Desk, fault: Fault) -> None:
    desk.outside.faults.add(fault)
    done = desk.forge("--max-wait", "5")
    assert done.code == 1
    assert "more than --max-wait leaves. Run again later." in done.out
    assert stale(desk)
    assert desk.slept == []


def test_our_clock_may_be_far_off(desk: Desk) -> None:
    desk.outside.faults.add(faults.limited(403, reset_in=7))
    desk.monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    assert desk.forge().code == 0
    assert sum(desk.slept) <= 9


@pytest.mark.parametrize("kind", ["RATE_LIMITED", None])
def test_a_limit_inside_a_good_answer_is_seen(desk: Desk, kind: str | None) -> None:
    desk.outside.faults.add(faults.secondary_in_errors(kind))
    done = desk.forge()
    assert done.code == 1
    assert "limits us" in done.out
    assert stale(desk)


def test_what_came_before_a_limit_counts(desk: Desk) -> None:
    servers(desk.repository, 120)
    desk.outside.world.add_many(120)
    desk.outside.faults.add(None, faults.limited(429, retry_after=9999))
    assert desk.forge().code == 1
    assert sum("id" in record for record in desk.facts().values()) == 100


# Broken answers

PASSING = {
    "500": faults.status(500),
    "502": faults.status(502),
    "503": faults.status(503),
    "504": faults.status(504),
    "silence": faults.silence(3),
    "stall in headers": faults.stall_in_headers(3),
    "stall in body": faults.stall_in_body(limit=3),
    "cut body": faults.cut_body(),
    "reset": faults.reset(),
}
LASTING = PASSING | {
    "html": faults.html(),
    "truncated": faults.truncated_json(),
    "bomb": faults.gzip_bomb(),
    "200 MB": faults.large_body(),
    "redirect": faults.redirect(),
    "permanent redirect": faults.redirect(308),
    "drip": faults.drip(),
    "not an object": faults.status(200, body=[]),
    "no data": faults.status(200, body={"errors": [{"message": "Something went wrong"}]}),
    "404": faults.status(404),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_passing_fault_is_tried_again(desk: Desk, fault: Fault) -> None:
    desk.outside.faults.add(fault)
    assert desk.forge("--timeout", "0.7", "server-1").code == 0
    assert not stale(desk)


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING.keys())
def test_a_lasting_fault_keeps_the_old_facts(desk: Desk, fault: Fault) -> None:
    desk.outside.faults.when(faults.everything, fault)
    done = desk.forge("--max-wait", "9", "--timeout", "0.3", "server-1")
    assert done.code == 1
    assert "github: owner-1/name-1: " in done.out
    assert "0 refreshed, 0 unchanged, 1 failed" in done.out
    assert stale(desk)
    assert not desk.outside.token_leaked


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING.keys())
def test_the_package_index_may_break_in_the_same_ways(desk: Desk, fault: Fault) -> None:
    desk.outside.faults.when(faults.everything, fault)
    done = desk.index("--max-wait", "9", "--timeout", "0.3", "server-1")
    assert done.code == 1
    assert desk.facts("packages")["package-1"]["version"] == "0.9"


def test_a_host_that_cannot_be_found(desk: Desk) -> None:
    desk.monkeypatch.setenv("GITHUB_GRAPHQL_URL", "http://nowhere.invalid/graphql")
    done = desk.forge()
    assert done.code == 1
    assert "nowhere.invalid did not answer (no connection). Check the connection, or run again later." in done.out
    assert stale(desk)


def test_a_batch_too_heavy_is_halved(desk: Desk) -> None:
    desk.outside.faults.when(faults.more_than(12), faults.status(502))
    assert desk.forge().code == 0
    assert sum("id" in record for record in desk.facts().values()) == COUNT


def test_errors_beside_data_cost_only_their_own(desk: Desk) -> None:
    desk.outside.faults.add(faults.partial_errors(2))
    done = desk.forge()
    assert done.code == 1
    assert "38 refreshed, 0 unchanged, 2 failed" in done.out
    assert "What failed keeps the facts that it had. Run again later." in done.out
    assert sum(record == OLD for record in desk.facts().values()) == 2


# What became of repositories


def test_one_that_is_gone_keeps_its_facts(desk: Desk) -> None:
    del desk.outside.world.github.repositories["owner-1/name-1"]
    done = desk.forge()
    assert done.code == 1
    assert "github: owner-1/name-1: GitHub knows no such repository: deleted, private or misspelt" in done.out
    kept = desk.facts()["owner-1/name-1"]
    assert kept.pop("gone")
    assert kept == OLD
    assert [event["event"] for event in desk.events() if event["entry"] == "server-1"] == ["gone"]


def test_one_that_came_back_is_noted(desk: Desk) -> None:
    lost = desk.outside.world.github.repositories.pop("owner-1/name-1")
    desk.forge()
    desk.outside.world.github.repositories["owner-1/name-1"] = lost
    assert desk.forge().code == 0
    assert [event["event"] for event in desk.events()] == ["gone", "back"]
    assert "gone" not in desk.facts()["owner-1/name-1"]


@pytest.mark.parametrize("share", [2, 1], ids=["half", "all"])
def test_the_gate_refuses_a_vanished_ecosystem(desk: Desk, share: int) -> None:
    for n in range(0, COUNT, share):
        del desk.outside.world.github.repositories[f"owner-{n}/name-{n}"]
    done = desk.forge()
    assert done.code == 3
    assert f"{COUNT // share} of {COUNT} records of data/facts/github.json would be lost, empty or gone" in done.out
    assert stale(desk)


def test_an_empty_repository_without_licence_is_no_trouble(desk: Desk) -> None:
    remote = desk.remote()
    remote.last_commit, remote.license, remote.latest_release = None, None, None
    desk.remote(1).license = "NOASSERTION"
    assert desk.forge().code == 0
    found = desk.facts()
    assert {"last_commit", "license", "release"} & set(found["owner-0/name-0"]) == set()
    assert "license" not in found["owner-1/name-1"]


@pytest.mark.parametrize("new", ["owner-1/other", "elsewhere/name-1"], ids=["renamed", "transferred"])
def test_a_move_is_proposed_then_applied(desk: Desk, new: str) -> None:
    path = "data/servers/server-1.yml"
    old = desk.text(path)
    desk.outside.world.github.rename("owner-1/name-1", new)
    proposed = desk.forge()
    assert proposed.code == 1
    assert f"+repository: https://github.com/{new}\n" in proposed.out
    assert "+formerly: [owner-1/name-1]\n" in proposed.out
    assert "Run again with --fix" in proposed.out
    assert desk.text(path) == old
    fixed = desk.forge("--fix")
    assert fixed.code == 0
    lines = old.replace("github.com/owner-1/name-1", f"github.com/{new}").splitlines()  # of the evidence, too
    assert [line for line in desk.text(path).splitlines() if not line.startswith("formerly")] == lines
    assert new in desk.facts()
    assert "owner-1/name-1" not in desk.facts()
    assert desk.repository.problems() == []
    assert [(event["event"], event["to"]) for event in desk.events() if event["entry"] == "server-1"] == [
        ("renamed", new)
    ]


def test_another_spelling_of_the_same_name_is_no_move(desk: Desk) -> None:
    desk.repository.server("server-1", name="S", repository="https://github.com/Owner-1/Name-1", package=None)
    assert desk.forge("server-1").code == 0


def test_a_name_that_another_took_is_never_followed(desk: Desk) -> None:
    desk.forge()
    before = desk.facts()["owner-1/name-1"]
    del desk.outside.world.github.repositories["owner-1/name-1"]
    desk.outside.world.add(Remote("owner-1", "name-1", id=999, stars=99_999))
    done = desk.forge()
    assert done.code == 1
    assert "owner-1/name-1: was owner-1/name-1 (R_000000002), and is another repository now (R_000000999)" in done.out
    assert desk.facts()["owner-1/name-1"] == before


def test_archiving_is_an_event(desk: Desk) -> None:
    desk.remote(1).archived = True
    done = desk.forge()
    assert done.code == 0
    assert "github: owner-1/name-1: was archived" in done.out
    desk.remote(1).archived = False
    desk.forge()
    assert [event["event"] for event in desk.events()] == ["archived", "unarchived"]


def test_a_repository_of_two_entries_is_asked_once(desk: Desk) -> None:
    shared = {"repository": "https://github.com/owner-1/name-1", "docs": "https://docs.example.com/2"}
    desk.repository.server("server-2", name="S", **shared)
    desk.remote(1).archived = True
    assert desk.forge("server-1", "server-2").code == 0
    (request,) = desk.outside.requests
    assert request.repositories == 1
    assert {event["entry"] for event in desk.events()} == {"server-1", "server-2"}


# What became of packages


def test_a_package_that_is_gone_keeps_its_facts(desk: Desk) -> None:
    del desk.outside.world.packages["package-1"]
    desk.outside.faults.when(faults.at("/pypi/package-2/"), faults.status(410))
    done = desk.index()
    assert done.code == 1
    assert done.out.count("the package index knows no such distribution") == 2
    assert desk.facts("packages")["package-1"]["version"] == "0.9"


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        (
            Package("package-1", releases={"1.0.0": [File("2026-10-01T00:00:00Z")], "0.1": [File("2019-01-01T00:00:00Z")]}),
            {"first_release": "2019-01-01", "last_release": "2026-10-01"},
        ),
        (Package("package-1", yanked=True), {"yanked": True, "last_release": None}),
        (Package("package-1", releases={"1.0.0": []}), {"last_release": None, "version": "1.0.0"}),
        (Package("package-1", version="2004d-lenny!", releases={}), {"version": "2004d-lenny!"}),
        (Package("package-1", license="x" * 50_000, license_expression=None), {"license": None}),
        (Package("package-1", license="GPL-3.0+", license_expression=None), {"license": "GPL-3.0-or-later"}),
        (
            Package("package-1", license_expression=None, classifiers=["License :: OSI Approved :: MIT License"]),
            {"license": "MIT"},
        ),
        (
            Package("package-1", license_expression=None, classifiers=["License :: OSI Approved :: BSD License"]),
            {"license": None},
        ),
        (Package("package-1", info={"description": "</script>\u202e" * 99, "requires_python": "\x1b[31m"}), {"requires_python": None}),
        (
            Package("package-1", classifiers=[f"Programming Language :: Python :: 3.{n}" for n in (9, 10, 11)] + ["Typing :: Typed"]),
            {"pythons": ["3.9", "3.10", "3.11"], "typed": True},
        ),
        (
            Package("package-1", requires_dist=["h11>=0.8", "click; python_version<'4'", "x; extra == 'y'", "!?"], provides_extra=["y"]),
            {"dependencies": 2, "extras": ["y"]},
        ),
        (
            Package("package-1", vulnerabilities=[vulnerability("PYSEC-1", ("CVE-1",), ("1.1",)), vulnerability("PYSEC-2", withdrawn="2026-01-01")]),
            {"vulnerabilities": [{"aliases": ["CVE-1"], "fixed_in": ["1.1"], "id": "PYSEC-1"}]},
        ),
    ],
    ids=["dates", "yanked", "no files", "odd version", "essay", "plus", "classifier", "family", "hostile", "pythons", "needs", "vulnerable"],
)  # fmt: skip
def test_odd_packages(desk: Desk, package: Package, expected: dict[str, Any]) -> None:
    desk.outside.world.add(package)
    assert desk.index("server-1").code == 0
    found = desk.facts("packages")["package-1"]
    assert {key: found.get(key) for key in expected} == expected


def test_releases_and_vulnerabilities_are_events(desk: Desk) -> None:
    desk.outside.world.add(Package("package-1", version="2.0", vulnerabilities=[vulnerability("PYSEC-1")]))
    desk.index("server-1")
    assert [(event["event"], event["from"], event["to"]) for event in desk.events()] == [
        ("released", "0.9", "2.0"),
        ("vulnerable", None, "PYSEC-1"),
    ]


def test_a_squatter_is_named_with_both_addresses(desk: Desk) -> None:
    urls = {"Source": "https://github.com/stranger/thing/", "Funding": "https://github.com/sponsors/owner-1"}
    desk.outside.world.add(Package("package-1", project_urls=urls))
    done = desk.index("server-1")
    assert done.code == 1
    assert "data/servers/server-1.yml:5:10: `package-1` names https://github.com/stranger/thing, " in done.out
    assert "the entry names https://github.com/owner-1/name-1." in done.out
    desk.repository.server(
        "server-1",
        name="S",
        repository="https://github.com/owner-1/name-1",
        package="package-1",
        formerly="[stranger/thing]",
    )
    assert desk.index("server-1").code == 0


def test_a_known_mistake_of_a_package_is_waived_until_it_is_mended(desk: Desk) -> None:
    home = "https://github.com/owner-1/name-1"
    wrong = {"package": "package-1", "package_repository": "https://github.com/stranger/thing", "repository": home}
    desk.repository.server("server-1", name="S", **wrong)
    desk.outside.world.add(Package("package-1", project_urls={"Source": "https://github.com/stranger/thing"}))
    assert desk.index("server-1").code == 0
    desk.outside.world.add(Package("package-1", project_urls={"Source": home}))
    done = desk.index("server-1")
    assert done.code == 1
    assert "does not name https://github.com/stranger/thing any more. Remove the line." in done.out


# The disk


def command(desk: Desk, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "scripts.enrich", "--root", str(desk.root), *arguments]


def test_a_full_disk_leaves_the_old_files(desk: Desk) -> None:
    before = desk.text("data/facts/github.json")
    done = subprocess.run(
        command(desk, "--source", "forge"),
        cwd=PROJECT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 1
    assert "cannot be written (File too large); what was there is intact." in done.stdout
    assert desk.text("data/facts/github.json") == before
    assert "Traceback" not in done.stderr


def test_a_read_only_file_stays(desk: Desk) -> None:
    (desk.root / "data/facts/github.json").chmod(0o444)
    done = desk.forge()
    assert done.code == 1
    assert "the file is read-only" in done.out
    assert stale(desk)


def test_a_read_only_folder_stays(desk: Desk) -> None:
    folder = desk.root / "data/facts"
    before = sorted(path.name for path in folder.iterdir())
    (folder / ".lock").touch()
    folder.chmod(0o555)
    done = desk.forge()
    folder.chmod(0o755)
    assert done.code == 1
    assert "cannot be written (the folder is read-only); what was there is intact." in done.out
    assert stale(desk)
    assert sorted(path.name for path in folder.iterdir()) in (before, sorted([*before, ".lock"]))


@pytest.mark.parametrize("name", ["github.json", "packages.json", "changes.jsonl"])
def test_a_corrupt_file_stops_everything(desk: Desk, name: str) -> None:
    desk.repository.write(f"data/facts/{name}", '{"a": \n')
    done = desk.run()
    assert done.code == 1
    assert done.out.startswith(f"data/facts/{name}:")
    assert f"Restore the file: `git checkout -- data/facts/{name}`." in done.out
    assert desk.outside.requests == []
    assert desk.text(f"data/facts/{name}") == '{"a": \n'


def test_an_entry_that_cannot_be_read_keeps_its_facts(desk: Desk) -> None:
    desk.repository.write("data/servers/server-1.yml", "name: [")
    done = desk.forge()
    assert done.code == 1
    assert done.out.startswith("data/servers/server-1.yml:1:8: ")
    assert desk.outside.requests == []
    assert stale(desk)
    assert len(desk.facts()) == COUNT


def test_killed_at_any_moment_every_file_is_whole(desk: Desk) -> None:
    lucky = random.Random(20261122)  # noqa: S311 - places, not secrets
    desk.monkeypatch.undo()
    env = os.environ | environment(desk.outside)
    desk.outside.delay = 0.01
    for place in range(10):
        (desk.root / "data/facts/changes.jsonl").unlink(missing_ok=True)
        process = subprocess.Popen(
            command(desk), cwd=PROJECT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(lucky.uniform(0.2, 1.2))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(desk.facts()) == len(desk.facts("packages")) == COUNT, place
        for line in (desk.root / "data/facts").glob("changes.jsonl"):
            assert all(json.loads(text) for text in line.read_text().splitlines())
    last = subprocess.run(command(desk), cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stdout


def test_a_second_refresh_says_so_and_stops(desk: Desk) -> None:
    with FileLock(desk.root / "data/facts/.lock"):
        done = desk.run()
    assert done.code == 1
    assert done.out == "Another refresh is under way in this folder. Wait until it has ended.\n"
    assert stale(desk)
