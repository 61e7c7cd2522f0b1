"""The command as contributors and workflows run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, Repository

GUARD = "data/middleware/example-guard.yml"
SERVER = "data/servers/examplecorn.yml"
NO_NAME = f"{SERVER}:2:6: `name` has no value. Write one, or remove the line.\n"
NO_ENTRY = f"{GUARD}:7:14: `none-such` is no entry. Choose one of: any, example-guard.\n"


def run(*arguments: str | Path, here: Path = PROJECT, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """The command, from any folder."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": encoding}  # noqa: TID251  # a process
    command = [sys.executable, "-W", "error", "-m", "scripts.check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=here, env=environment)


@pytest.fixture
def broken(repository: Repository) -> Repository:
    """Two files with a problem each."""
    repository.server(name="")
    repository.middleware(works_with="[none-such]")
    return repository


def test_nothing_wrong(repository: Repository) -> None:
    done = run("--root", repository.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "3 entries read, 0 problems.\n")


def test_the_real_catalogue() -> None:
    done = run()
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith("problems.\n") or done.stderr.endswith("1 problem.\n")


def test_one_problem(repository: Repository) -> None:
    repository.server(name="")
    done = run("--root", repository.root)
    assert (done.returncode, done.stdout, done.stderr) == (1, NO_NAME, "2 entries read, 1 problem.\n")


def test_all_problems_at_once(broken: Repository) -> None:
    done = run("--root", broken.root)
    assert (done.returncode, done.stdout) == (1, NO_ENTRY + NO_NAME)
    assert done.stderr == "2 entries read, 2 problems.\n"


@pytest.mark.parametrize(
    ("paths", "printed"),
    [
        ([SERVER], NO_NAME),
        ([GUARD], NO_ENTRY),
        ([SERVER, GUARD], NO_ENTRY + NO_NAME),
        (["data/servers"], NO_NAME),
        (["data/servers/"], NO_NAME),
        (["data/../data/servers"], NO_NAME),
        (["data"], NO_ENTRY + NO_NAME),
        (["."], NO_ENTRY + NO_NAME),
        (["data/publications"], ""),
        (["data/tags.yml"], ""),
    ],
)
@pytest.mark.parametrize("stands", ["in the repository", "elsewhere", "anywhere, absolute"])
def test_paths(broken: Repository, paths: list[str], printed: str, stands: str) -> None:
    stands = "in the repository" if "." in paths else stands  # `.` is where one stands
    here = broken.root if stands == "in the repository" else broken.root.parent
    given = [broken.root / path for path in paths] if stands == "anywhere, absolute" else paths
    done = run("--root", broken.root, *given, here=here)
    assert (done.returncode, done.stdout) == (1 if printed else 0, printed)


def test_a_folder_is_not_the_beginning_of_a_name(repository: Repository) -> None:
    repository.server(name="")
    repository.write("data/server", "")
    done = run("--root", repository.root, "data/server")
    assert done.stdout.startswith("data/server:1:1: ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("target", ["/etc/passwd", "examplecorn.yml", "/nowhere"])
def test_a_link_is_asked_about_by_its_own_name(repository: Repository, target: str) -> None:
    (repository.root / "data/servers/linked.yml").symlink_to(target)
    done = run("--root", repository.root, "data/servers/linked.yml")
    text = "data/servers/linked.yml:1:1: This is a symbolic link. Put the file itself here.\n"
    assert (done.returncode, done.stdout) == (1, text)


@pytest.mark.parametrize("path", ["data/servers/none-such.yml", "data/server", "/etc/passwd", "/", ".."])
def test_unknown_paths(repository: Repository, path: str) -> None:
    done = run("--root", repository.root, path, here=repository.root)
    assert (done.returncode, done.stdout) == (2, "")
    last = done.stderr.splitlines()[-1]
    assert last == (
        f"python -m scripts.check: error: {path} is not a file or folder of {repository.root}. Name one below `data/`."
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--format", "xml"], "argument --format: invalid choice: 'xml' (choose from 'text', 'github')"),
        (["--fix"], "unrecognized arguments: --fix"),
        (["--root", "/nowhere"], "/nowhere has no folder `data`. Name the root of the repository."),
    ],
)
def test_wrong_usage(arguments: list[str], error: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"python -m scripts.check: error: {error}"


def test_help_names_what_can_be_said() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("PATH", "--format", "github", "--root"))


def test_annotations(broken: Repository) -> None:
    done = run("--root", broken.root, "--format", "github")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"::error file={GUARD},line=7,col=14::`none-such` is no entry. Choose one of: any, example-guard.",
        f"::error file={SERVER},line=2,col=6::`name` has no value. Write one, or remove the line.",
    ]


def test_annotations_are_escaped(repository: Repository) -> None:
    """A file must not be able to write workflow commands of its own."""
    repository.write("data/servers/a,line=9::100%.yaml", "")
    repository.entry("data/servers/b.yml", {'"::set-output name=a::%0A\\n::error::b"': "c"})
    lines = run("--root", repository.root, "--format", "github").stdout.splitlines()
    assert lines[0] == (
        "::error file=data/servers/a%2Cline=9%3A%3A100%25.yaml,line=1,col=1::"
        "The file ends in `.yaml`. Rename it to `a,line=9::100%25.yml`."
    )
    assert all(line.startswith("::error file=data/servers/") for line in lines)
    assert any("::`::set-output name=a::%250A\\n::error::b` is not a known key." in line for line in lines)


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_terminal_that_cannot_show_a_character_shows_its_number(repository: Repository, form: str) -> None:
    repository.server(tags="[größe]")
    (repository.root / "data/servers" / os.fsdecode(b"\xff.yaml")).write_bytes(b"")
    done = run("--root", repository.root, "--format", form, encoding="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "`gr\\xf6\\xdfe` is not a known tag." in done.stdout
    assert "\\udcff.yaml" in done.stdout
    assert done.stdout.count("\n") == 2
