"""Keys and shapes: one line for each mistake, with the key that was meant."""

import pytest

from scripts.catalogue.models import MODELS
from tests.conftest import MIDDLEWARE, PUBLICATION, SERVER, Repository

SERVER_PATH = "data/servers/examplecorn.yml"
PUBLICATION_PATH = "data/publications/how-servers-call-2024.yml"
SOFTWARE_KEYS = (
    "added, category, claims, description, docs, evidence, fork_of, formerly, homepage, import, license, name, "
    "package, package_repository, part_of, repository, status, succeeded_by, tags, works_with"
)
PUBLICATION_KEYS = (
    "added, authors, background, event, language, level, published, seen_in, summary, title, topics, type, url"
)
LISTS = ("tags", "works_with", "formerly")
TEXTS = {"name": "2:7", "description": "3:14", "repository": "4:13", "package": "5:10", "category": "6:11"}
STATUS = "{{{}reason: Its owner archived the repository., source: https://example.com/x}}"

REQUIRED = {
    "name": "The name, as the project writes it.",
    "description": "One sentence of plain text: what it does for whoever uses it and what tells it from its "
    "neighbours. No marketing, no Markdown, and it does not start with the name.",
    "category": "One category of the kind.",
    "evidence": "A file or page that shows that it serves, speaks, wraps, tests, deploys or is built on ASGI.",
    "added": "The day on which the entry joined the catalogue.",
}


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("colour", f"Choose one of: {SOFTWARE_KEYS}."),
        ("1", f"Choose one of: {SOFTWARE_KEYS}."),
        ("licence", "Did you mean `license`?"),
        ("Name", "Did you mean `name`?"),
        ("work_with", "Did you mean `works_with`?"),
        ("import_path", "Did you mean `import`?"),
        ("doc", "Did you mean `docs`?"),
        ("nmae", "Did you mean `name`?"),
    ],
)
def test_unknown_keys_of_software(repository: Repository, key: str, advice: str) -> None:
    repository.entry(SERVER_PATH, SERVER | {key: "x"})
    assert repository.problems() == [f"{SERVER_PATH}:9:1: `{key}` is not a known key. {advice}"]


@pytest.mark.parametrize(
    ("key", "advice"), [("autor", "Did you mean `authors`?"), ("x", f"Choose one of: {PUBLICATION_KEYS}.")]
)
def test_unknown_keys_of_publications(repository: Repository, key: str, advice: str) -> None:
    repository.publication(**{key: "x"})
    assert repository.problems() == [f"{PUBLICATION_PATH}:12:1: `{key}` is not a known key. {advice}"]


def test_keys_are_escaped_and_cut(repository: Repository) -> None:
    repository.entry(SERVER_PATH, SERVER | {'"a\\nb"': "x", "y" * 100: "z"})
    assert repository.problems() == [
        f"{SERVER_PATH}:9:1: `a\\nb` is not a known key. Choose one of: {SOFTWARE_KEYS}.",
        f"{SERVER_PATH}:10:1: `{'y' * 59}…` is not a known key. Choose one of: {SOFTWARE_KEYS}.",
    ]


@pytest.mark.parametrize(("key", "described"), REQUIRED.items())
def test_missing_keys_of_software(repository: Repository, key: str, described: str) -> None:
    repository.server(**{key: None})
    assert repository.problems() == [f"{SERVER_PATH}:2:1: `{key}` is missing. Add it: {described}"]


@pytest.mark.parametrize("key", ["title", "summary", "url", "type", "level", "added"])
def test_missing_keys_of_publications(repository: Repository, key: str) -> None:
    repository.publication(**{key: None})
    (line,) = repository.problems()
    assert line == (
        f"{PUBLICATION_PATH}:2:1: `{key}` is missing. Add it: {MODELS['publication'].model_fields[key].description}"
    )


@pytest.mark.parametrize("kind", MODELS)
def test_descriptions_are_fit_to_be_remedies(kind: str) -> None:
    fields = MODELS[kind].model_fields
    assert [name for name, field in fields.items() if not (field.description or "").endswith(".")] == []


@pytest.mark.parametrize(("typo", "key"), [("nmae", "name"), ("catgory", "category"), ("Evidence", "evidence")])
def test_a_misspelt_key_is_not_missing_too(repository: Repository, typo: str, key: str) -> None:
    repository.server(**{key: None, typo: SERVER[key]})
    assert repository.problems() == [f"{SERVER_PATH}:8:1: `{typo}` is not a known key. Did you mean `{key}`?"]


def test_two_missing_keys_are_two_problems(repository: Repository) -> None:
    """Both have to be written, and the file does not say where."""
    repository.server(name=None, evidence=None)
    assert repository.problems() == [
        f"{SERVER_PATH}:2:1: `evidence` is missing. Add it: {REQUIRED['evidence']}",
        f"{SERVER_PATH}:2:1: `name` is missing. Add it: {REQUIRED['name']}",
    ]


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "[]", "{}"])
@pytest.mark.parametrize(("key", "place"), TEXTS.items())
def test_lists_and_mappings_for_text(repository: Repository, key: str, place: str, value: str) -> None:
    repository.server(**{key: value})
    assert repository.problems() == [f"{SERVER_PATH}:{place}: `{key}` is a list or mapping. Write text."]


@pytest.mark.parametrize("key", LISTS)
def test_text_for_a_list(repository: Repository, key: str) -> None:
    repository.server(**{key: "aws"})
    assert repository.problems() == [
        f"{SERVER_PATH}:9:{len(key) + 3}: `{key}` is not a list. Write `[aws]`.",
    ]


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        ("{a: b}", 0, "`{}` is not a list. Write `[…]`."),
        ("[]", 0, "`{}` is an empty list. Remove the line, or name something."),
        ("['']", 1, "`{}[1]` has no value. Write one, or remove the line."),
        ("[[aws]]", 1, "`{}[1]` is a list or mapping. Write text."),
        ("[{a: b}]", 1, "`{}[1]` is a list or mapping. Write text."),
        ("[a, [b]]", 4, "`{}[2]` is a list or mapping. Write text."),
        (f"[{', '.join(f'a{n}' for n in range(21))}]", 0, "`{}` has more than 20 items. Keep the most important ones."),
    ],
)
def test_bad_lists(repository: Repository, key: str, value: str, column: int, text: str) -> None:
    repository.server(**{key: value})
    assert repository.problems() == [f"{SERVER_PATH}:9:{len(key) + 3 + column}: {text.format(key)}"]


@pytest.mark.parametrize("key", ["name", "description", "repository", "package", "category", "evidence", "added"])
@pytest.mark.parametrize("value", ["", "''", '""'])
def test_empty_values(repository: Repository, key: str, value: str) -> None:
    repository.server(**{key: value})
    line = list(SERVER).index(key) + 2
    column = len(key) + (3 if value else 2)
    assert repository.problems() == [
        f"{SERVER_PATH}:{line}:{column}: `{key}` has no value. Write one, or remove the line."
    ]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("archived", "9:9: `status` is not a mapping. Write `key: value` lines below it."),
        ("[archived]", "9:9: `status` is not a mapping. Write `key: value` lines below it."),
        (STATUS.format("stat: active, "), "9:10: `stat` is not a known key. Did you mean `state`?"),
        (
            STATUS.format("state: active, colour: red, "),
            "9:25: `colour` is not a known key. Choose one of: reason, since, source, state.",
        ),
        (
            STATUS.format("state: [active], "),
            "9:17: `status.state` is `…`. Choose one of: 'active', 'archived', 'superseded' or 'abandoned'.",
        ),
        (STATUS.format("state: active, since: [2024], "), "9:32: `status.since` is a list or mapping. Write text."),
        (
            STATUS.format(""),
            (
                "9:9: `status.state` is missing. Add it: `archived`: the forge or the author says so. `superseded`: a "
                "successor took over. `abandoned`: its authors say that it ended. `active`: alive, though its "
                "dates look old."
            ),
        ),
    ],
)
def test_bad_status(repository: Repository, value: str, line: str) -> None:
    repository.server(status=value)
    assert repository.problems() == [f"{SERVER_PATH}:{line}"]


@pytest.mark.parametrize("value", ["[true]", "{true: true}"])
def test_background_is_a_truth_value(repository: Repository, value: str) -> None:
    repository.publication(background=value)
    assert repository.problems() == [
        f"{PUBLICATION_PATH}:12:13: `background` is neither `true` nor `false`. Write one of them.",
    ]


def test_all_problems_of_several_files_come_in_one_run_sorted(repository: Repository) -> None:
    repository.publication(level="beginner", authors="Ada")
    repository.server(name="", colour="red", added="2026-02-30")
    repository.entry("data/middleware/example-guard.yml", MIDDLEWARE, works_with="[none-such]")
    assert [line.partition(": ")[0] for line in repository.problems()] == [
        "data/middleware/example-guard.yml:7:14",
        f"{PUBLICATION_PATH}:6:10",
        f"{PUBLICATION_PATH}:10:8",
        f"{SERVER_PATH}:2:6",
        f"{SERVER_PATH}:8:8",
        f"{SERVER_PATH}:9:1",
    ]


def test_keys_of_another_kind_are_each_a_problem(repository: Repository) -> None:
    """A publication under the first line of a server: every key has to go or to come."""
    repository.entry("data/servers/text.yml", PUBLICATION)
    lines = repository.problems()
    assert len([line for line in lines if "is not a known key" in line]) == len(PUBLICATION.keys() - SERVER.keys())
    assert all(line.startswith("data/servers/text.yml:") for line in lines)
