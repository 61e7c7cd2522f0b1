"""Where files have to be, what they are called and how they begin."""

import os
import shutil
from pathlib import Path

import pytest

from scripts.catalogue.load import load, schema_line
from scripts.catalogue.models import MODELS
from tests.conftest import PROJECT, SERVER, Repository

FOLDERS = "applications, frameworks, libraries, middleware, publications, servers, tools"
STRAY = "This is neither a folder of entries nor a vocabulary. Rename, move or remove it."
LINK = "This is a symbolic link. Put the file itself here."
FOLDER_LINK = "This is a symbolic link. Put the file or folder itself here."
FIRST_LINE = "The first line does not name the schema. Write `# yaml-language-server: $schema=../schema/server.json`."
ENTRY = "data/servers/examplecorn.yml"


def move(repository: Repository, old: str, new: str) -> None:
    target = repository.root / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (repository.root / old).rename(target)


def rewrite(repository: Repository, first: str) -> None:
    rest = (repository.root / ENTRY).read_text(encoding="utf-8").partition("\n")[2]
    repository.write(ENTRY, first + rest)


def test_the_fixture_has_no_problem(repository: Repository) -> None:
    assert repository.problems() == []
    found = {(listing.kind, listing.slug, listing.path) for listing in load(repository.root).listings}
    assert found == {
        ("server", "examplecorn", ENTRY),
        ("middleware", "example-guard", "data/middleware/example-guard.yml"),
        ("publication", "how-servers-call-2024", "data/publications/how-servers-call-2024.yml"),
    }


def test_the_real_catalogue_loads() -> None:
    catalogue = load(PROJECT)
    assert len(catalogue.listings) > 100
    assert {listing.kind for listing in catalogue.listings} == set(MODELS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("examplecorn.yaml", "The file ends in `.yaml`. Rename it to `examplecorn.yml`."),
        ("examplecorn.YML", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
        ("examplecorn.json", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
        ("examplecorn", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
        ("examplecorn.yml.bak", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
        ("examplecorn.yml~", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
        (".examplecorn.yml.swp", "The file does not end in `.yml`. Rename it to `examplecorn.yml`, or remove it."),
    ],
)
def test_names_of_files(repository: Repository, name: str, text: str) -> None:
    repository.write(f"data/servers/{name}", (repository.root / ENTRY).read_bytes())
    assert repository.problems() == [f"data/servers/{name}:1:1: {text}"]


def test_a_renamed_file_is_not_missed_by_those_who_refer_to_it(repository: Repository) -> None:
    """The publication names `examplecorn` as its topic; that is right, only the file's name is not."""
    move(repository, ENTRY, "data/servers/examplecorn.yaml")
    assert repository.problems() == [
        "data/servers/examplecorn.yaml:1:1: The file ends in `.yaml`. Rename it to `examplecorn.yml`."
    ]


@pytest.mark.parametrize("name", [".DS_Store", ".gitkeep"])
def test_what_systems_leave_behind_is_no_problem(repository: Repository, name: str) -> None:
    repository.write(f"data/servers/{name}", "")
    assert repository.problems() == []


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"a\nb.yaml", "data/servers/a\\nb.yaml"),
        (b"\xff.yaml", "data/servers/\\udcff.yaml"),
        ("\u202e.yaml".encode(), "data/servers/\\u202e.yaml"),
    ],
)
def test_unprintable_names_stay_on_one_line(repository: Repository, raw: bytes, path: str) -> None:
    (repository.root / "data/servers" / os.fsdecode(raw)).write_bytes(b"")
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    assert repository.problems() == [f"{path}:1:1: The file ends in `.yaml`. Rename it to `{stem}.yml`."]


@pytest.mark.parametrize(
    "first",
    [
        "",
        "# Examplecorn\n",
        "\n# yaml-language-server: $schema=../schema/server.json\n",
        "#yaml-language-server: $schema=../schema/server.json\n",
        "# yaml-language-server: $schema=../schema/server.json \n",
        "# yaml-language-server: $schema=../schema/srever.json\n",
        "# yaml-language-server: $schema=../../schema/server.json\n",
        "%YAML 1.2\n---\n",
    ],
)
def test_first_line(repository: Repository, first: str) -> None:
    rewrite(repository, first)
    assert repository.problems() == [f"{ENTRY}:1:1: {FIRST_LINE}"]


@pytest.mark.parametrize("kind", ["tool", "publication"])
def test_first_line_of_another_kind(repository: Repository, kind: str) -> None:
    rewrite(repository, schema_line(kind) + "\n")
    text = f"The first line says `{kind}`, the folder says `server`. Move the file, or correct the line."
    assert repository.problems() == [f"{ENTRY}:1:1: {text}"]


@pytest.mark.parametrize(("folder", "kind"), [("middleware", "middleware"), ("publications", "publication")])
def test_wrong_folder(repository: Repository, folder: str, kind: str) -> None:
    move(repository, ENTRY, f"data/{folder}/examplecorn.yml")
    text = f"The first line says `server`, the folder says `{kind}`. Move the file, or correct the line."
    assert repository.problems() == [f"data/{folder}/examplecorn.yml:1:1: {text}"]


def test_wrong_folder_with_a_first_line_to_match(repository: Repository) -> None:
    """Then the category gives it away."""
    (repository.root / ENTRY).unlink()
    repository.entry("data/tools/examplecorn.yml", SERVER)
    assert repository.problems() == [
        (
            "data/tools/examplecorn.yml:6:11: `general-purpose` belongs to servers. "
            "Move the file to data/servers/, or choose another category."
        )
    ]


@pytest.mark.parametrize(
    ("path", "reported", "advice"),
    [
        ("data/notes.txt", "data/notes.txt", f"Choose one of: {FOLDERS}."),
        ("data/README.md", "data/README.md", f"Choose one of: {FOLDERS}."),
        ("data/starlette.yml", "data/starlette.yml", f"Choose one of: {FOLDERS}."),
        ("data/.DS_Store", "data/.DS_Store", f"Choose one of: {FOLDERS}."),
        ("data/tags", "data/tags", f"Choose one of: {FOLDERS}."),
        ("data/server/uvicorn.yml", "data/server", "Did you mean `servers`?"),
        ("data/Tools/uvicorn.yml", "data/Tools", "Did you mean `tools`?"),
        ("data/library/uvicorn.yml", "data/library", "Did you mean `libraries`?"),
    ],
)
def test_strays(repository: Repository, path: str, reported: str, advice: str) -> None:
    repository.write(path, "name: A\n")
    assert repository.problems() == [f"{reported}:1:1: {STRAY} {advice}"]


def test_folders_of_machines_are_no_strays(repository: Repository) -> None:
    repository.write("data/facts/github.json", "{}")
    repository.write("data/schema/server.json", "{}")
    assert repository.problems() == []


@pytest.mark.parametrize("name", ["old", "old.yml", ".git"])
def test_folder_in_the_folder_of_a_kind(repository: Repository, name: str) -> None:
    repository.write(f"data/servers/{name}/uvicorn.yml", "name: A\n")
    text = "This is a folder. Put entries directly into the folder of their kind."
    assert repository.problems() == [f"data/servers/{name}:1:1: {text}"]


def test_file_in_place_of_a_folder(repository: Repository) -> None:
    repository.write("data/tools", "name: A\n")
    assert repository.problems() == ["data/tools:1:1: This must be a folder. Replace it by one."]


@pytest.mark.parametrize("target", ["/etc/passwd", "../../README.md", "examplecorn.yml", "/nowhere", "linked.yml"])
def test_link_instead_of_a_file(repository: Repository, target: str) -> None:
    (repository.root / "data/servers/linked.yml").symlink_to(target)
    assert repository.problems() == [f"data/servers/linked.yml:1:1: {LINK}"]


@pytest.mark.parametrize("name", ["tools", "facts", "schema", "stray"])
def test_link_instead_of_a_folder(repository: Repository, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    (repository.root / "data" / name).symlink_to(tmp_path_factory.mktemp("outside"))
    assert repository.problems() == [f"data/{name}:1:1: {FOLDER_LINK}"]


def test_link_instead_of_a_folder_with_entries(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One line, though the publication refers to an entry behind the link."""
    outside = tmp_path_factory.mktemp("outside") / "servers"
    shutil.move(repository.root / "data/servers", outside)
    (repository.root / "data/servers").symlink_to(outside)
    assert repository.problems() == [f"data/servers:1:1: {FOLDER_LINK}"]
    assert "examplecorn" not in {listing.slug for listing in load(repository.root).listings}


def test_file_that_may_not_be_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no permission stops."""
    original = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "examplecorn.yml":
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert repository.problems() == [f"{ENTRY}:1:1: Cannot be read (Permission denied). Check its permissions."]


@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_has_a_schema_line(kind: str) -> None:
    assert schema_line(kind) == f"# yaml-language-server: $schema=../schema/{kind}.json"


def test_problems_of_files_that_cannot_be_read_are_not_told_twice(repository: Repository) -> None:
    """An entry with an empty value is no listing, so no rule complains about the value again."""
    repository.server(category="", tags="['']")
    assert repository.problems() == [
        f"{ENTRY}:6:10: `category` has no value. Write one, or remove the line.",
        f"{ENTRY}:9:8: `tags[1]` has no value. Write one, or remove the line.",
    ]
