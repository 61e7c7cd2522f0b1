"""A search for candidates over real HTTP, against the forge's published schema."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import discover
from tests.conftest import TODAY, Repository
from tests.outside import faults
from tests.outside.server import Outside
from tests.outside.world import Repository as Remote
from tests.render.test_pages import check_golden

LIST = """# A list

- [Corn](https://github.com/ada/corn) - Serves.
- [Known](https://github.com/Example/Examplecorn/tree/main/docs#top) - Is an entry.
- [Formerly](http://www.github.com/old/guard.git) - Is one, too.
- [Declined](https://github.com/bob/declined)
- [Moved](https://github.com/ada/before), [again](https://github.com/ada/corn/issues)
- [Nobody](https://github.com/nobody/nothing), [sponsor](https://github.com/sponsors/ada), [a](https://github.com/ada)
- [Sleeps](https://github.com/ada/sleeps) ![badge](https://github.com/ada/shelved/actions/badge.svg)
"""


@dataclass(slots=True)
class Desk:
    """A repository, the forge, and what the command says."""

    repository: Repository
    outside: Outside
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        code = discover.main(["--root", str(self.repository.root), "--timeout", "10", *arguments], lambda: TODAY)
        said = self.capsys.readouterr()
        assert self.outside.world.token not in said.out + said.err
        return code, said.out, said.err

    @property
    def shown(self) -> dict[str, dict[str, object]]:
        loaded: dict[str, dict[str, object]] = json.loads(
            (self.repository.root / "data/facts/candidates.json").read_text(encoding="utf-8")
        )
        return loaded


@pytest.fixture
def desk(
    repository: Repository, outside: Outside, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    repository.middleware(formerly="[old/guard]")
    repository.publication("list", title="A list", summary="Lists what serves apps.", type="list", topics=None,
                           url="https://github.com/carl/list")  # fmt: skip
    declined = "- {name: D, address: https://github.com/bob/declined, reason: out-of-scope, note: Not about ASGI.}\n"
    repository.write("data/declined.yml", declined)
    world = outside.world
    world.add(
        Remote("ada", "corn", stars=70, topics=("asgi", "starlette"), description="<b>@ada</b>, #1"),
        Remote("ada", "now", stars=30, topics=(), description="Draws plots."),
        Remote("ada", "sleeps", stars=9, topics=("quart",), pushed="2020-01-01T00:00:00Z"),
        Remote("ada", "shelved", stars=8, archived=True, topics=("asgi",)),
        Remote("eve", "copy", stars=500, fork=True, topics=()),
        Remote("example", "examplecorn", stars=99, topics=("asgi",)),
        Remote("example", "guard", stars=99, topics=("asgi",)),
        Remote("bob", "declined", stars=99, topics=("asgi",)),
        Remote("bob", "example_guard", stars=6, topics=("asgi",)),
        Remote("bob", "homework", stars=1, topics=("asgi",)),
        Remote("carl", "list", stars=1, topics=(), files={"readme.md": LIST + "- https://github.com/eve/copy\n"}),
    )
    world.github.renames["ada/before"] = "ada/now"
    world.github.renames["old/guard"] = "example/guard"
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{outside.url}/graphql")
    monkeypatch.setenv("GITHUB_TOKEN", world.token)
    monkeypatch.delenv("GH_TOKEN", raising=False)
    return Desk(repository, outside, capsys)


def test_what_is_new_is_reported_with_its_evidence(desk: Desk) -> None:
    code, out, err = desk.run("--topic", "asgi", "--topic", "starlette")
    assert (code, err) == (
        0,
        "Will ask for 2 topics, 1 lists, then at most 57 requests for what the lists name: at most 60 requests.\n",
    )
    check_golden("upkeep/candidates.md", out)
    asked = desk.outside.requests[-1].text
    assert '"nothing"' in asked
    assert not any(f'"{name}"' in asked for name in ("guard", "examplecorn", "declined", "corn"))
    assert list(desk.shown) == ["ada/corn", "ada/now", "ada/shelved", "ada/sleeps", "bob/example_guard", "eve/copy"]


def test_nothing_is_shown_twice(desk: Desk) -> None:
    assert "ada/corn" in desk.run("--topic", "asgi")[1]
    asked = len(desk.outside.requests)
    code, out, _ = desk.run("--topic", "asgi")
    assert (code, "0 candidates" in out, "Nothing new." in out) == (0, True, True)
    assert len(desk.outside.requests) - asked == 3, "what was shown is not asked for again, except who moved"
    assert "ada/corn" in desk.run("--topic", "asgi", "--again")[1]


def test_what_became_an_entry_is_forgotten(desk: Desk) -> None:
    desk.run("--topic", "asgi")
    desk.repository.server("corn", name="Corn", description="Serves ASGI applications to whoever asks for them.",
                           repository="https://github.com/ada/corn", package="corn",
                           evidence="https://github.com/ada/corn/blob/main/a.py")  # fmt: skip
    desk.run("--topic", "asgi")
    assert "ada/corn" not in desk.shown
    assert "ada/sleeps" in desk.shown


def test_a_dry_run_remembers_nothing(desk: Desk, tmp_path: Path) -> None:
    code, out, _ = desk.run("--dry-run", "--topic", "asgi", "--output", str(tmp_path / "report.md"))
    assert (code, out) == (0, "")
    assert "ada/corn" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert not (desk.repository.root / "data/facts/candidates.json").exists()


def test_requests_are_bounded(desk: Desk) -> None:
    many = "\n".join(f"https://github.com/owner-{n}/name-{n}" for n in range(250))
    desk.outside.world.github.repositories["carl/list"].files = {"README.md": many}
    code, out, _ = desk.run("--topic", "asgi", "--most-requests", "4")
    assert (code, len(desk.outside.requests)) == (1, 4)
    assert "50 repositories that lists name were left out" in out


def test_a_plan_that_cannot_be_kept_is_refused(desk: Desk) -> None:
    with pytest.raises(SystemExit, match="2"):
        desk.run("--topic", "asgi", "--most-requests", "1")
    assert desk.outside.requests == []


def test_a_limit_keeps_what_came_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    desk.outside.faults.add(None, faults.limited(429, retry_after=3600))
    code, out, _ = desk.run("--topic", "asgi", "--topic", "starlette")
    assert (code, slept) == (1, [])
    assert "ada/corn" in out
    assert "asks to wait 3600 s, more than --max-wait leaves" in out


def test_a_short_limit_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    desk.outside.faults.add(faults.limited(429, retry_after=2))
    assert (desk.run("--topic", "asgi")[0], slept) == (0, [2.0])


@pytest.mark.parametrize("fault", [faults.status(404), faults.redirect(), faults.status(200)])
def test_one_broken_answer_is_told_and_does_not_end_the_search(desk: Desk, fault: faults.Fault) -> None:
    desk.outside.faults.add(fault)
    code, out, _ = desk.run("--topic", "asgi", "--topic", "starlette")
    assert code == 1
    assert "topic asgi&#58; " in out or "topic asgi: " in out
    assert "ada/corn" in out
    assert not desk.outside.token_leaked


def test_a_list_without_a_readme_is_told(desk: Desk) -> None:
    code, out, _ = desk.run("--topic", "none", "--list", "ada/corn")
    assert code == 1
    assert "list ada/corn: has no README that could be read. Look at it by hand." in out


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_a_usable_token_nothing_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", token)
    code, out, _ = desk.run("--topic", "asgi")
    assert code == 2
    assert out in {f"{discover.ANONYMOUS}\n", "127.0.0.1 refuses the token (401). Set a valid one.\n"}
    assert not (desk.repository.root / "data/facts/candidates.json").exists()


def test_a_broken_memory_is_a_problem(desk: Desk) -> None:
    desk.repository.write("data/facts/candidates.json", "[")
    code, out, _ = desk.run("--topic", "asgi")
    assert (code, desk.outside.requests) == (1, [])
    assert out.startswith("data/facts/candidates.json:1:1: Cannot be read. Restore the file")
