"""The command ``new``: what it asks, what it never does, and what it makes of a world that misbehaves."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from scripts import new
from scripts.catalogue import disk
from scripts.intake.fields import by_flag
from tests.conftest import PROJECT
from tests.intake.person import Person
from tests.outside import faults
from tests.outside.server import Outside
from tests.outside.world import Package
from tests.outside.world import Repository as Remote

SENTENCE = "Serves ASGI applications over pigeons, one message for each bird."
EVIDENCE = "https://github.com/pigeon/corn/blob/main/server.py"
FLAGS = ("--yes", "--category", "general-purpose", "--description", SENTENCE, "--evidence", EVIDENCE)
REPOSITORY = "https://github.com/pigeon/corn"
PATH = "data/servers/corn.yml"


def written(person: Person, path: str = PATH) -> str:
    return (person.root / path).read_text(encoding="utf-8")


def test_every_field_is_a_flag(person: Person) -> None:
    given = {
        "name": "Corn",
        "repository": REPOSITORY,
        "package": "pigeon-corn",
        "package-repository": "https://github.com/pigeon/old",
        "docs": "https://pigeon.dev/docs",
        "homepage": "https://pigeon.dev/",
        "category": "general-purpose",
        "tags": "websocket, http2, lifespan",
        "works-with": "any",
        "formerly": "pigeon/old, Older name",
        "fork-of": "examplecorn",
        "succeeded-by": "examplecorn",
        "status-state": "superseded",
        "status-since": "2026-03",
        "status-reason": "Its owner says that another one took over.",
        "status-source": "https://pigeon.dev/end",
        "license": "MIT",
        "claims-protocols": "http/1.1, websocket",
        "claims-source": "https://pigeon.dev/docs",
        "description": SENTENCE,
        "evidence": EVIDENCE,
        "added": "2026-11-20",
    }
    assert {*given} <= {*by_flag()}
    arguments = [part for flag, value in given.items() for part in (f"--{flag}", value)]
    seen = person.new(REPOSITORY, "--offline", "--yes", *arguments)
    assert seen.code == 0, seen.screen
    assert written(person, "data/servers/pigeon-corn.yml").splitlines()[1:] == [
        "name: Corn",
        f"description: {SENTENCE}",
        f"repository: {REPOSITORY}",
        "package: pigeon-corn",
        "package_repository: https://github.com/pigeon/old",
        "docs: https://pigeon.dev/docs",
        "homepage: https://pigeon.dev/",
        "category: general-purpose",
        "tags: [websocket, http2, lifespan]",
        "works_with: [any]",
        "formerly: [pigeon/old, Older name]",
        "fork_of: examplecorn",
        "succeeded_by: examplecorn",
        "status:",
        "  state: superseded",
        "  since: 2026-03",
        "  reason: Its owner says that another one took over.",
        "  source: https://pigeon.dev/end",
        "license: MIT",
        "claims:",
        "  protocols: [http/1.1, websocket]",
        "  source: https://pigeon.dev/docs",
        f"evidence: {EVIDENCE}",
        "added: 2026-11-20",
    ]


def test_a_component_needs_no_repository(person: Person) -> None:
    seen = person.new(
        "examplecorn",
        *("--offline", "--name", "CornHeaders", "--part-of", "examplecorn", "--import", "examplecorn.Headers"),
        *("--category", "security", "--works-with", "any"),
        answers=("Sets the security headers of a response from a list.", "https://github.com/a/b/blob/main/c.py", "y"),
    )
    assert seen.code == 0, seen.screen
    text = written(person, "data/middleware/cornheaders.yml")
    assert "package:" not in text
    assert "repository:" not in text


def test_a_file_that_is_there_stays(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that appears while the person is still answering."""
    real = disk.create

    def late(root: Path, path: object, content: bytes) -> None:
        (root / PATH).write_text("mine", encoding="utf-8")
        real(root, path, content)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(disk, "create", late)
    seen = person.new(REPOSITORY, "--offline", *FLAGS)
    assert seen.code == 1
    assert f"{PATH} is there already and stays as it is." in seen.screen
    assert written(person) == "mine"
    assert person.changed() == [f"?? {PATH}"]


def test_nothing_half_written_remains(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    seen = person.new(REPOSITORY, "--offline", *FLAGS)
    assert (seen.code, "No space left on device" in seen.screen) == (1, True)
    assert person.changed() == []


def test_a_folder_that_leads_elsewhere_is_refused(person: Person, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (person.root / "data" / "tools").symlink_to(elsewhere)
    with pytest.raises(OSError, match="out of the repository"):
        disk.create(person.root, PurePosixPath("data/tools/x.yml"), b"x")
    assert [*elsewhere.iterdir()] == []


@pytest.mark.parametrize("slug", ["../../evil", "Evil", "a/b", "", "-a"])
def test_a_slug_is_a_slug(person: Person, slug: str) -> None:
    assert person.new(REPOSITORY, "--offline", *FLAGS, f"--slug={slug}").code == 2
    assert person.changed() == []


LEFT = ("server", SENTENCE, "general-purpose", EVIDENCE, "n")


@pytest.mark.parametrize("answers", [(), ("",), LEFT[:2], LEFT])
def test_whoever_leaves_early_leaves_nothing(person: Person, answers: tuple[str, ...]) -> None:
    seen = person.new(REPOSITORY, "--offline", answers=answers)
    assert seen.code == 1
    assert seen.screen.endswith("Nothing was written.\n")
    assert person.changed() == []


def test_what_a_rule_refuses_is_asked_for_again(person: Person) -> None:
    answers = ("Corn serves ASGI applications over pigeons.", EVIDENCE, SENTENCE, "y")
    seen = person.new(REPOSITORY, "--offline", "--category", "general-purpose", "--name", "Corn", answers=answers)
    assert seen.code == 0, seen.screen
    assert "`description` starts with the name." in seen.screen
    assert f"description: {SENTENCE}\n" in written(person)


def test_a_moved_repository_is_written_where_it_is_today(person: Person, online: Outside) -> None:
    online.world.add(Remote("pigeon", "corn"))
    online.world.github.rename("pigeon/corn", "bird/Corn")
    seen = person.new(REPOSITORY, *FLAGS[:-1], "https://github.com/bird/Corn/blob/main/server.py")
    assert seen.code == 0, seen.screen
    assert "repository: https://github.com/bird/Corn\n" in written(person)
    assert "formerly: [pigeon/corn]\n" in written(person)


def test_a_move_of_what_is_there_is_recognised_by_its_number(person: Person, online: Outside) -> None:
    online.world.add(Remote("example", "examplecorn", id=7))
    online.world.github.rename("example/examplecorn", "bird/corn")
    facts = '{"example/examplecorn": {"observed": "2026-11-20", "source": "GitHub", "id": "R_000000007"}}'
    (person.root / "data" / "facts").mkdir()
    (person.root / "data" / "facts" / "github.json").write_text(facts, encoding="utf-8")
    seen = person.new("https://github.com/bird/corn", *FLAGS, "--name", "Something")
    assert seen.code == 1
    assert "`examplecorn` (data/servers/examplecorn.yml) is this project" in seen.screen


@pytest.mark.parametrize(("host", "forge"), [("gitlab.com", "gitlab"), ("codeberg.org", "forgejo")])
def test_other_forges_answer_as_well(person: Person, online: Outside, host: str, forge: str) -> None:
    address = f"https://{host}/pigeon/corn"

    getattr(online.world, forge).add(Remote("pigeon", "corn", topics=("websocket",)))
    seen = person.new(address, *FLAGS)
    assert seen.code == 0, seen.screen
    assert f"repository: {address}\n" in written(person)
    assert "tags: [websocket]\n" in written(person)


FAULTS = {
    "busy": faults.status(503),
    "limited": faults.status(429),
    "forbidden": faults.status(403),
    "refused": faults.status(401),
    "not-json": faults.html(),
    "elsewhere": faults.redirect(),
    "reset": faults.reset(),
    "cut": faults.cut_body(),
    "silent": faults.silence(),
}


@pytest.mark.parametrize("name", [*FAULTS])
def test_a_world_in_trouble_means_less_help_and_no_wait(
    person: Person, online: Outside, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(new, "PATIENCE", 0.3)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    online.world.add(Remote("pigeon", "corn"), Package("corn"))
    online.faults.when(faults.everything, FAULTS[name])
    seen = person.new(REPOSITORY, *FLAGS)
    assert seen.code == 0, seen.screen
    assert "so there is less to propose." in seen.screen
    assert f"repository: {REPOSITORY}\n" in written(person)


def test_a_distribution_of_somebody_else_is_not_taken(person: Person, online: Outside) -> None:
    online.world.add(
        Remote("pigeon", "corn"), Package("corn", project_urls={"Source": "https://github.com/somebody/corn"})
    )
    assert person.new(REPOSITORY, *FLAGS).code == 0
    assert "package:" not in written(person)


def test_what_projects_say_is_shown_and_nothing_more(person: Person, online: Outside) -> None:
    """Their words are anybody's: no control characters on the screen, no bad address in the file."""
    online.world.add(
        Remote("pigeon", "corn", description="\x1b[31mred\x07 \u202etxt\nnext", homepage="javascript:alert(1)"),
        Package(
            "corn",
            summary="\x9b31m" + "long " * 1000,
            project_urls={"Source": REPOSITORY, "Docs": "https://localhost/", "Home": "http://[::1"},
            info={"keywords": {"a": 1}, "name": "corn\x00"},
        ),
    )
    answers = (SENTENCE, EVIDENCE, "y")
    seen = person.new(REPOSITORY, "--category", "general-purpose", answers=answers)
    assert seen.code == 0, seen.screen
    assert seen.screen.replace("\n", "").isprintable()
    assert len(max(seen.screen.splitlines(), key=len)) < 700
    assert "docs:" not in written(person)
    assert "homepage:" not in written(person)


def test_their_description_on_the_forge_is_not_ours_either(person: Person, online: Outside) -> None:
    online.world.add(Remote("pigeon", "corn", description=f"corn: {SENTENCE}"))
    seen = person.new(REPOSITORY, *FLAGS)
    assert (seen.code, "`description` has six words in a row" in seen.screen) == (1, True)
    assert person.changed() == []


def test_a_token_goes_to_its_forge_only(person: Person, online: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    online.world.add(Remote("pigeon", "corn"))
    monkeypatch.setenv("GITHUB_TOKEN", online.world.token)
    seen = person.new(REPOSITORY, *FLAGS)
    assert online.world.token not in seen.screen
    assert {request.path for request in online.requests if online.world.token in str(request)} == {"/repos/pigeon/corn"}


def test_a_catalogue_with_problems_is_mended_first(person: Person) -> None:
    (person.root / "data/servers/broken.yml").write_text("name: [", encoding="utf-8")
    seen = person.new(REPOSITORY, "--offline", *FLAGS)
    assert seen.code == 1
    assert seen.screen.startswith("data/servers/broken.yml:")


def test_at_a_real_terminal(person: Person) -> None:
    """With a keyboard behind a pseudo-terminal, in a process of its own."""
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "scripts.new", REPOSITORY, "--offline", "--root", str(person.root)]
    with subprocess.Popen(command, cwd=PROJECT, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        for answer in ("server", SENTENCE, "general-purpose", EVIDENCE, "y"):
            os.write(keyboard, f"{answer}\n".encode())
            time.sleep(0.01)
        screen = b""
        while True:
            try:
                part = os.read(keyboard, 65_536)
            except OSError:  # the process has ended
                break
            screen += part
        assert process.wait(timeout=60) == 0, screen
    os.close(keyboard)
    assert b"Written: data/servers/corn.yml" in screen
    assert person.check().code == 0
