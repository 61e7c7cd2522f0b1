"""Vocabularies are data too: what is wrong with them is said where they are, and no entry is blamed for it."""

import pytest

from scripts.catalogue.load import load
from scripts.catalogue.models import MODELS
from scripts.catalogue.vocabularies import FILES
from tests.conftest import PROJECT, Repository

LISTS = ("kinds", "layers", "tags", "publication-types", "languages")
NO_LIST = "This is not a list of terms. Write `- id: …` and `title: …` for each."
NO_WORDS = "This is not a list of words. Write one word a line."
NO_MAPPING = "This is not a mapping of kinds. Write each kind with its categories."
KINDS_DIFFER = (
    "The kinds differ from the models: server, framework, middleware, library, tool, application, publication. "
    "Name each once."
)
TOOL = "- id: tool\n  folder: tools\n  layer: tool\n  title: Tools\n"


def path_of(name: str) -> str:
    return f"data/{name}.yml"


def change(repository: Repository, name: str, old: str, new: str) -> None:
    text = (repository.root / path_of(name)).read_text(encoding="utf-8")
    assert text.count(old) == 1
    repository.write(path_of(name), text.replace(old, new))


def line_of(name: str, words: str) -> int:
    """The line on which words stand for the first time."""
    text = (PROJECT / "tests" / "vocabularies" / f"{name}.yml").read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize("name", FILES)
def test_missing(repository: Repository, name: str) -> None:
    (repository.root / path_of(name)).unlink()
    assert repository.problems() == [
        f"{path_of(name)}:1:1: Cannot be read (No such file or directory). Restore the file."
    ]


@pytest.mark.parametrize("name", FILES)
def test_folder_in_its_place(repository: Repository, name: str) -> None:
    (repository.root / path_of(name)).unlink()
    repository.write(f"{path_of(name)}/x", "")
    assert repository.problems() == [f"{path_of(name)}:1:1: Cannot be read (Is a directory). Restore the file."]


@pytest.mark.parametrize("name", FILES)
def test_symbolic_link(repository: Repository, name: str) -> None:
    """Even one to a good vocabulary: what it says would change without a commit."""
    place = repository.root / path_of(name)
    place.rename(repository.root / "elsewhere.yml")
    place.symlink_to(repository.root / "elsewhere.yml")
    assert repository.problems() == [f"{path_of(name)}:1:1: This is a symbolic link. Put the file itself here."]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", ["", "\n\n", "# Nothing but a comment\n", "---\n", "''\n"])
def test_empty(repository: Repository, name: str, text: str) -> None:
    repository.write(path_of(name), text)
    assert repository.problems() == [
        f"{path_of(name)}:1:1: The file is empty. Restore it, or write an entry as CONTRIBUTING.md shows."
    ]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (
            b"- {id: a\n",
            (
                "1:3: This is not YAML: did not find expected ',' or '}'. "
                "Check indentation, quotes and brackets on this line and the one before."
            ),
        ),
        (b"\xff\xfe\x00", "1:1: Byte 0xff is not UTF-8. Save the file as UTF-8."),
        (b"- &a b\n", "1:3: `&a` is an anchor. Remove it and write values where they belong."),
        (b"[" * 10_000, "1:9: Values are nested more than 8 deep. Entries need two levels."),
        (b"- a\n-\n", "2:2: `[2]` has no value. Write one, or remove the line."),
    ],
)
def test_corrupt(repository: Repository, name: str, raw: bytes, line: str) -> None:
    repository.write(path_of(name), raw)
    assert repository.problems() == [f"{path_of(name)}:{line}"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("text", ["[]\n", "{}\n", "word\n", "a: {id: b, title: C}\n"])
def test_no_list(repository: Repository, name: str, text: str) -> None:
    repository.write(path_of(name), text)
    assert repository.problems() == [f"{path_of(name)}:1:1: {NO_LIST}"]


@pytest.mark.parametrize("text", ["{}\n", "word\n", "- [a]\n", "- {id: a, title: A}\n"])
def test_no_words(repository: Repository, text: str) -> None:
    repository.write("data/marketing-words.yml", text)
    assert repository.problems() == [f"data/marketing-words.yml:1:1: {NO_WORDS}"]


@pytest.mark.parametrize("text", ["[]\n", "word\n", "- {id: a, title: A}\n"])
def test_no_mapping(repository: Repository, text: str) -> None:
    repository.write("data/categories.yml", text)
    assert repository.problems() == [f"data/categories.yml:1:1: {NO_MAPPING}"]


@pytest.mark.parametrize(
    ("name", "old", "new", "words", "column", "text"),
    [
        (
            "tags",
            "- {id: aws, ",
            "- {id: admin, title: B}\n- {id: aws, ",
            "- {id: aws",
            3,
            "`admin` stands twice. Keep one of them.",
        ),
        (
            "languages",
            "- {id: es, ",
            "- {id: en, title: B}\n- {id: es, ",
            "- {id: es",
            3,
            "`en` stands twice. Keep one of them.",
        ),
        (
            "publication-types",
            "- id: talk\n",
            "- id: article\n  title: B\n- id: talk\n",
            "- id: talk",
            3,
            "`article` stands twice. Keep one of them.",
        ),
        (
            "kinds",
            "- id: tool\n",
            "- id: server\n  title: B\n  folder: b\n- id: tool\n",
            "- id: tool",
            3,
            "`server` stands twice. Keep one of them.",
        ),
        (
            "categories",
            "  - id: serverless\n",
            "  - id: process-managers\n    title: B\n  - id: serverless\n",
            "  - id: serverless",
            5,
            "`process-managers` stands twice. Keep one of them.",
        ),
        (
            "categories",
            "  - id: sessions\n",
            "  - id: serverless\n    title: B\n  - id: sessions\n",
            "  - id: authentication-middleware",
            3,
            "`serverless` is a category of server too. Give one of them another id.",
        ),
        ("tags", "title: AWS", "titel: AWS", "- {id: aws", 13, "`titel` is not a known key. Did you mean `title`?"),
        ("tags", "title: AWS, ", "", "- {id: aws", 3, "`[3].title` is missing. Add it: What pages call it."),
        ("tags", "id: aws, ", "", "- {id: aws", 3, "`[3].id` is missing. Add it: The word that entries use."),
        ("tags", "title: AWS", "title: ", "- {id: aws", 20, "`[3].title` has no value. Write one, or remove the line."),
        (
            "tags",
            "id: aws,",
            "id: AWS,",
            "- {id: aws",
            8,
            "`[3].id` `AWS` is not a slug. Write lower-case ASCII words joined by hyphens.",
        ),
        (
            "tags",
            "- {id: aws,",
            "- aws\n- {id: aws,",
            "- {id: aws",
            3,
            "`[3]` is not a mapping. Write `key: value` lines below it.",
        ),
        (
            "kinds",
            "  folder: tools\n",
            "",
            "- id: tool",
            3,
            "`[5].folder` is missing. Add it: The folder of its entries.",
        ),
        ("kinds", "- id: tool\n", "- id: tols\n", "- id: server", 1, KINDS_DIFFER),
        ("kinds", TOOL, "- id: extra\n  folder: extras\n  title: Extras\n", "- id: server", 1, KINDS_DIFFER),
        (
            "categories",
            "server:\n",
            "sever:\n",
            "server:",
            1,
            "`sever` is no kind that has categories. Did you mean `server`?",
        ),
        (
            "categories",
            "server:\n",
            "publication: [{id: b, title: B}]\nserver:\n",
            "server:",
            1,
            "`publication` is no kind that has categories. Did you mean `application`?",
        ),
        ("categories", "server:\n", "server: []\nother:\n", "server:", 9, NO_LIST),
        (
            "kinds",
            "layer: tool\n",
            "layer: tols\n",
            "  layer: tool",
            10,
            "`tols` is no layer. Did you mean `tool`?",
        ),
        (
            "categories",
            "title: HTTP clients\n    layer: client\n",
            "title: HTTP clients\n    layer: x\n",
            "    layer: client",
            12,
            "`x` is no layer. Choose one of: application, client, framework, library, middleware, server, tool.",
        ),
    ],
)
def test_wrong_terms(  # noqa: PLR0913, PLR0917  # a row of a table
    repository: Repository, name: str, old: str, new: str, words: str, column: int, text: str
) -> None:
    change(repository, name, old, new)
    lines = [line for line in repository.problems() if "`other`" not in line]
    assert lines == [f"{path_of(name)}:{line_of(name, words)}:{column}: {text}"]


def test_a_kind_is_missing(repository: Repository) -> None:
    text = (repository.root / "data/kinds.yml").read_text(encoding="utf-8")
    start = text.index("- id: tool\n")
    repository.write("data/kinds.yml", text[:start] + text[text.index("- id: application") :])
    assert repository.problems() == [f"data/kinds.yml:{line_of('kinds', '- id: server')}:1: {KINDS_DIFFER}"]


def test_a_kind_has_no_categories(repository: Repository) -> None:
    text = (repository.root / "data/categories.yml").read_text(encoding="utf-8")
    repository.write("data/categories.yml", text[: text.index("tool:\n")] + text[text.index("application:\n") :])
    line = line_of("categories", "server:")
    assert repository.problems() == [
        f"data/categories.yml:{line}:1: A kind is missing: tool. Add it with its categories."
    ]


def test_problems_of_several_vocabularies_come_in_one_run(repository: Repository) -> None:
    for name in FILES:
        (repository.root / path_of(name)).unlink()
    assert [line.partition(":")[0] for line in repository.problems()] == sorted(map(path_of, FILES))


def test_kinds_know_their_folders(repository: Repository) -> None:
    vocabularies = load(repository.root).vocabularies
    assert vocabularies is not None
    assert list(vocabularies.kinds) == list(MODELS)
    assert {vocabularies.kind_of(kind.folder) for kind in vocabularies.kinds.values()} == set(MODELS)
    assert vocabularies.kind_of("facts") is None


def test_a_category_may_stand_in_another_layer_than_its_kind(repository: Repository) -> None:
    vocabularies = load(repository.root).vocabularies
    assert vocabularies is not None
    assert vocabularies.layer_of("library", "rpc") == "library"
    assert vocabularies.layer_of("library", "http-clients") == "client"
    assert not vocabularies.layer_of("publication", "article"), "a text is no part of the stack"
    assert [layer.id for layer in vocabularies.layers.values() if layer.beside] == ["library", "tool"]
