"""The command: what it writes, what it refuses, and that twice is once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from scripts.intake import forms
from scripts.render.everything import OWNED
from tests.conftest import PROJECT, Repository


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.build", "--root", str(root), *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def small(repository: Repository) -> Repository:
    """A repository whose README starts empty, as this project's did."""
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (repository.root / name).read_text(encoding="utf-8")
        before, _, rest = text.partition(":begin")
        marker, _, rest = rest.partition("\n")
        region = before.rpartition("<!-- ")[2]
        repository.write(name, f"{before}:begin{marker}\n{rest[rest.index(f'<!-- {region}:end') :]}")
    return repository


def test_the_first_build_writes_everything_and_the_second_nothing(small: Repository) -> None:
    first = build(small.root)
    assert (first.returncode, first.stdout) == (0, "")
    written = tree(small.root)
    assert {"data/schema/server.json", "docs/catalogue/servers/examplecorn.md", "docs/archive/index.md"} <= set(written)
    second = build(small.root)
    assert (second.returncode, second.stderr.split(",")[1]) == (0, " 0 written")
    assert tree(small.root) == written


def test_check_writes_nothing_and_lists_what_differs(small: Repository) -> None:
    before = tree(small.root)
    done = build(small.root, "--check")
    assert done.returncode == 1
    assert "README.md:1:1: Differs from what the data says. Run `make build`." in done.stdout.splitlines()
    assert tree(small.root) == before
    build(small.root)
    assert (build(small.root, "--check").returncode, build(small.root, "--check").stdout) == (0, "")


def test_an_orphan_page_is_listed_then_removed(small: Repository) -> None:
    build(small.root)
    small.write("docs/catalogue/servers/ghost.md", "boo")
    assert build(small.root, "--check").stdout.startswith("docs/catalogue/servers/ghost.md:1:1: ")
    assert build(small.root, "--allow-shrink").returncode == 0
    assert not (small.root / "docs/catalogue/servers/ghost.md").exists()


@pytest.mark.parametrize("place", ["docs/api/v1/entries/examplecorn.json", "docs/llms.txt", "docs/opensearch.xml"])
def test_what_programs_read_is_written_checked_and_mended(small: Repository, place: str) -> None:
    build(small.root)
    right = (small.root / place).read_bytes()
    small.write(place, "boo")
    assert build(small.root, "--check").stdout == f"{place}:1:1: Differs from what the data says. Run `make build`.\n"
    assert build(small.root).returncode == 0
    assert (small.root / place).read_bytes() == right


def test_whatever_is_generated_is_removed_once_nothing_renders_it(small: Repository) -> None:
    before = set(tree(small.root))
    build(small.root)
    for path in map(PurePosixPath, set(tree(small.root)) - before):
        assert path in (*OWNED, *forms.OWNED) or any(folder in path.parents for folder in OWNED), path


def test_only_generated_folders_are_tidied(small: Repository) -> None:
    small.write("docs/api/index.md", "written by hand")
    small.write("docs/robots.txt", "by hand too")
    small.write("docs/api/v1/entries/ghost.json", "{}")
    assert build(small.root).returncode == 0
    assert (small.root / "docs/api/index.md").is_file()
    assert (small.root / "docs/robots.txt").is_file()
    assert not (small.root / "docs/api/v1/entries/ghost.json").exists()


@pytest.mark.parametrize("setting", ["site_name", "site_url", "  repository"])
def test_a_setting_that_is_missing_is_a_problem_with_its_remedy(small: Repository, setting: str) -> None:
    path = small.root / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{setting}:")), encoding="utf-8")
    done = build(small.root)
    assert done.returncode == 1
    assert done.stdout.startswith("mkdocs.yml:1:1: `")
    assert f"{setting.strip()}` is missing. Write it there, as in `" in done.stdout


def test_the_address_of_the_site_is_everywhere(small: Repository) -> None:
    path = small.root / "mkdocs.yml"
    old = "https://awesome-asgi.github.io/awesome-asgi/"
    path.write_text(path.read_text(encoding="utf-8").replace(old, "https://moved.example"), encoding="utf-8")
    assert build(small.root).returncode == 0
    for place in ("api/v1/entries/examplecorn.json", "api/v1/feeds/entries.xml", "opensearch.xml"):
        written = (small.root / "docs" / place).read_text(encoding="utf-8")
        assert "https://moved.example/catalogue/" in written
        assert "awesome-asgi.github.io" not in written


def test_problems_of_entries_stop_the_build(small: Repository) -> None:
    small.server(category="general-porpoise")
    before = tree(small.root)
    done = build(small.root)
    assert done.returncode == 1
    assert "Did you mean `general-purpose`?" in done.stdout
    assert tree(small.root) == before


def test_vanishing_entries_are_refused_unless_allowed(small: Repository) -> None:
    build(small.root)
    (small.root / "data/servers/examplecorn.yml").unlink()
    small.publication(topics=None)
    before = tree(small.root)
    done = build(small.root)
    assert done.returncode == 1
    assert "would vanish" in done.stdout
    assert "--allow-shrink" in done.stdout
    assert tree(small.root) == before
    assert build(small.root, "--allow-shrink").returncode == 0
    assert "Examplecorn" not in (small.root / "README.md").read_text(encoding="utf-8")


def test_a_fresh_clone_is_guarded_by_its_readme_alone(small: Repository) -> None:
    build(small.root)
    shutil.rmtree(small.root / "docs")
    (small.root / "data/servers/examplecorn.yml").unlink()
    small.publication(topics=None)
    assert "entries of the README would vanish" in build(small.root).stdout


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda text: text.replace("catalogue:end", "catalogue:fin"),
            "README.md:1:1: The line `<!-- catalogue:end -->`",
        ),
        (lambda text: text + "<!-- catalogue:end -->\n", "The line `<!-- catalogue:end -->` stands twice."),
    ],
)
def test_broken_markers_stop_the_build(small: Repository, change: object, expected: str) -> None:
    readme = small.root / "README.md"
    assert callable(change)
    readme.write_text(change(readme.read_text(encoding="utf-8")), encoding="utf-8")
    done = build(small.root)
    assert (done.returncode, done.stderr) == (1, "")
    assert expected in done.stdout


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "mkdocs.yml"])
def test_a_missing_frame_is_a_problem_with_its_remedy(small: Repository, name: str) -> None:
    (small.root / name).unlink()
    done = build(small.root)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{name}:1:1: ")
    assert done.stderr == ""


def test_a_read_only_readme_stays(small: Repository) -> None:
    (small.root / "README.md").chmod(0o444)
    done = build(small.root)
    assert done.returncode == 1
    assert "README.md:1:1: Cannot be written (the file is read-only)" in done.stdout


def test_corrupt_facts_stop_the_build(small: Repository) -> None:
    small.write("data/facts/packages.json", "{")
    done = build(small.root)
    assert (done.returncode, done.stdout.split(":")[0]) == (1, "data/facts/packages.json")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--root", os.devnull]])
def test_wrong_usage_is_told_apart(small: Repository, arguments: list[str]) -> None:
    assert build(small.root, *arguments).returncode == 2
