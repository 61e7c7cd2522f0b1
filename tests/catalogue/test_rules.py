"""What must hold between entries: the whole line that a contributor reads, or none."""

import datetime as dt

import pytest

from tests.conftest import MIDDLEWARE, PUBLICATION, SERVER, Repository

Changes = dict[str, str | None]
SERVER_PATH = "data/servers/examplecorn.yml"
GUARD_PATH = "data/middleware/example-guard.yml"
PUBLICATION_PATH = "data/publications/how-servers-call-2024.yml"
OTHER = "data/servers/other.yml"
FUTURE = "lies in the future. Write the day it happened."
COMPONENT: Changes = {"repository": None, "package": None, "import_": "guard.Guard"}
STATUS = "{{state: {}, since: {}, reason: Its owner archived it one day., source: https://example.com/x}}"
MERGE = "Keep one entry, or make one `part_of` the other."


def other_server(repository: Repository, slug: str = "other", /, **changes: str | None) -> None:
    """A server that has nothing in common with another, but for the changes."""
    own = {
        "name": slug.title(),
        "description": f"Serves what {slug} asks it to serve, and nothing else.",
        "repository": f"https://github.com/{slug}/{slug}",
        "package": slug,
        "evidence": f"https://github.com/{slug}/{slug}/blob/main/app.py",
    }
    repository.entry(f"data/servers/{slug}.yml", SERVER | own, **changes)


def other_publication(repository: Repository, /, **changes: str | None) -> None:
    own = {"title": "Another", "summary": "Tells what the first publication left out."}
    repository.entry("data/publications/other.yml", PUBLICATION | own, **changes)


@pytest.mark.parametrize(
    ("slug", "advice"),
    [
        ("Other", "other"),
        ("other server", "other-server"),
        ("other_server", "other-server"),
        ("other--server", "other-server"),
        ("-other", "other"),
        ("öther", "ther"),
        ("другой", "a-name"),
        ("other.server", "other-server"),
    ],
)
def test_slugs(repository: Repository, slug: str, advice: str) -> None:
    other_server(repository)
    (repository.root / OTHER).rename(repository.root / f"data/servers/{slug}.yml")
    assert repository.problems() == [
        f"data/servers/{slug}.yml:2:1: The file name `{slug}` is not a slug. Rename it to `{advice}.yml`."
    ]


def test_a_slug_with_capitals_is_not_missed_by_those_who_refer_to_it(repository: Repository) -> None:
    (repository.root / SERVER_PATH).rename(repository.root / "data/servers/ExampleCorn.yml")
    text = "The file name `ExampleCorn` is not a slug. Rename it to `examplecorn.yml`."
    assert repository.problems() == [f"data/servers/ExampleCorn.yml:2:1: {text}"]


def test_one_slug_in_two_kinds(repository: Repository) -> None:
    own = {"name": "Other", "repository": "https://github.com/other/other", "package": "other"}
    repository.entry(
        "data/middleware/examplecorn.yml", MIDDLEWARE | own, description="Logs the origin of each request."
    )
    text = f"{SERVER_PATH} has the same slug. Rename one of the files."
    assert repository.problems() == [f"data/middleware/examplecorn.yml:2:1: {text}"]


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("websocket", "`websocket` is a tag. Rename the file or the tag."),
        ("any", "`any` means every ASGI application. Rename the file."),
    ],
)
def test_slugs_that_mean_something_else(repository: Repository, slug: str, text: str) -> None:
    other_server(repository, slug)
    assert repository.problems() == [f"data/servers/{slug}.yml:2:1: {text}"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"category": "general-purpos"},
            ("6:11: `general-purpos` is not a known category. Did you mean `general-purpose`?"),
        ),
        (
            {"category": "General-Purpose"},
            ("6:11: `General-Purpose` is not a known category. Did you mean `general-purpose`?"),
        ),
        (
            {"category": "zzz"},
            ("6:11: `zzz` is not a known category. Choose one of: general-purpose, process-managers, serverless."),
        ),
        (
            {"category": "security"},
            ("6:11: `security` belongs to middleware. Move the file to data/middleware/, or choose another category."),
        ),
        (
            {"category": "article"},
            (
                "6:11: `article` belongs to publications. "
                "Move the file to data/publications/, or choose another category."
            ),
        ),
        (
            {"category": '"a\\nb"'},
            ("6:11: `a\\nb` is not a known category. Choose one of: general-purpose, process-managers, serverless."),
        ),
        ({"tags": "[aws, websockets]"}, "9:13: `websockets` is not a known tag. Did you mean `websocket`?"),
        (
            {"tags": "[zzz]"},
            "9:8: `zzz` is not a known tag. None has a similar name. Look below `data/` for what there is.",
        ),
        ({"tags": "[aws, http2, aws]"}, "9:20: `aws` stands twice in `tags`. Keep one."),
        (
            {"description": "Examplecorn serves ASGI applications."},
            ("3:14: `description` starts with the name. Start with what it does: the name stands beside it anyway."),
        ),
        (
            {"description": "EXAMPLECORN, it serves ASGI applications."},
            "3:14: `description` starts with the name. Start with what it does: the name stands beside it anyway.",
        ),
        (
            {"description": "Serves fast ASGI applications."},
            ("3:14: `description` says `fast`, which proves nothing. Say what can be checked."),
        ),
        (
            {"description": "Lightweight, it serves ASGI."},
            ("3:14: `description` says `lightweight`, which proves nothing. Say what can be checked."),
        ),
        (
            {"description": "Serves with production-ready workers."},
            ("3:14: `description` says `production-ready`, which proves nothing. Say what can be checked."),
        ),
        (
            {"description": "Answers 403 to requests whose ORIGIN is not on a list."},
            f"3:14: `description` is the one of {GUARD_PATH}. Say what tells them apart.",
        ),
        ({"added": "2026-11-23"}, f"8:8: `2026-11-23` {FUTURE}"),
        ({"added": "2999-01-01"}, f"8:8: `2999-01-01` {FUTURE}"),
        ({"status": STATUS.format("archived", "2026-12")}, f"9:34: `2026-12` {FUTURE}"),
        ({"status": STATUS.format("archived", "2027")}, f"9:34: `2027` {FUTURE}"),
        (
            {"repository": None},
            ("2:1: `repository` is missing. Add it, or `part_of` if another entry's package ships this."),
        ),
        ({"import_": "a.b"}, "9:1: `import` stands without `part_of`. Add `part_of`, or remove it."),
        (
            COMPONENT | {"part_of": "example-guard", "import_": None},
            "7:1: `part_of` stands without `import`. Add the dotted path to import.",
        ),
        (COMPONENT | {"part_of": "example-gard"}, "8:10: `example-gard` is no entry. Did you mean `example-guard`?"),
        (
            COMPONENT | {"part_of": "examplecorn"},
            "8:10: `examplecorn` is this entry itself. Name another, or remove the line.",
        ),
        (
            COMPONENT | {"part_of": "how-servers-call-2024"},
            "8:10: `how-servers-call-2024` is no entry. Choose one of: example-guard, examplecorn.",
        ),
        (
            COMPONENT | {"part_of": "example-guard", "package": "corn"},
            "4:1: `package` repeats what `example-guard` says. Remove the line.",
        ),
        (
            COMPONENT | {"part_of": "example-guard", "repository": "https://github.com/a/b"},
            "4:1: `repository` repeats what `example-guard` says. Remove the line.",
        ),
        (
            COMPONENT | {"part_of": "example-guard", "formerly": "[a/b]"},
            "9:1: `formerly` repeats what `example-guard` says. Remove the line.",
        ),
        ({"succeeded_by": "example-gard"}, "9:15: `example-gard` is no entry. Did you mean `example-guard`?"),
        (
            {"succeeded_by": "examplecorn"},
            "9:15: `examplecorn` is this entry itself. Name another, or remove the line.",
        ),
        ({"succeeded_by": "any"}, "9:15: `any` is no entry. Choose one of: example-guard, examplecorn."),
        (
            {"status": STATUS.format("superseded", "2024")},
            ("9:17: The state is `superseded`, but `succeeded_by` is missing. Add it, or choose another state."),
        ),
        ({"docs": "https://github.com/Example/examplecorn/"}, "9:7: `docs` repeats `repository`. Remove the line."),
        (
            {"evidence": f"https://github.com/example/examplecorn/blob/{'0a' * 20}/server.py"},
            "7:11: `evidence` names a commit. Name the branch or HEAD, so that it is noticed when the file goes.",
        ),
        (
            {"formerly": "[Old/Corn]", "evidence": "https://github.com/old/corn/blob/main/server.py"},
            "7:11: `evidence` leads to `old/corn`, which `formerly` names. Give the address of today.",
        ),
        (
            {"claims": '{protocols: [http/1.1, http/2], source: "https://docs.example.com/"}'},
            "9:21: `claims` names http/2, but the tag `http2` is missing. Add it to `tags`, or check the claim.",
        ),
        (
            {"description": "A library for FastAPI."},
            "3:14: `description` says only what kind of thing it is. Say what it does for whoever uses it.",
        ),
        (
            {"description": "Async Python framework with types."},
            "3:14: `description` says only what kind of thing it is. Say what it does for whoever uses it.",
        ),
        (
            {"docs": "https://a.example.com", "homepage": "https://www.a.example.com/"},
            "10:11: `homepage` repeats `docs`. Remove the line.",
        ),
    ],
)
def test_bad_software(repository: Repository, changes: Changes, line: str) -> None:
    repository.server(**changes)
    assert repository.problems() == [f"{SERVER_PATH}:{line}"]


@pytest.mark.parametrize(
    ("works_with", "line"),
    [
        ("[examplecor]", "7:14: `examplecor` is no entry. Did you mean `examplecorn`?"),
        ("[examplecorn, zzz]", "7:27: `zzz` is no entry. Choose one of: any, example-guard, examplecorn."),
        ("[example-guard]", "7:14: `example-guard` is this entry itself. Name another, or remove the line."),
        (
            "[how-servers-call-2024]",
            ("7:14: `how-servers-call-2024` is no entry. Choose one of: any, example-guard, examplecorn."),
        ),
        ("[any, examplecorn]", "7:13: `any` includes every other. Write `[any]` or the slugs."),
        ("[examplecorn, any]", "7:13: `any` includes every other. Write `[any]` or the slugs."),
        ("[any, any]", "7:19: `any` stands twice in `works_with`. Keep one."),
    ],
)
def test_works_with(repository: Repository, works_with: str, line: str) -> None:
    repository.middleware(works_with=works_with)
    assert repository.problems() == [f"{GUARD_PATH}:{line}"]


def test_any_beside_an_entry_of_that_name(repository: Repository) -> None:
    """The list names starlette in vain, whether or not there is such an entry; `any` alone has to go."""
    other_server(repository, "starlette")
    repository.middleware(works_with="[any, starlette]")
    assert repository.problems() == [f"{GUARD_PATH}:7:13: `any` includes every other. Write `[any]` or the slugs."]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"type": "artikle"}, "5:7: `artikle` is not a known publication type. Did you mean `article`?"),
        ({"language": "eng"}, "8:11: `eng` is not a known language. Did you mean `en`?"),
        (
            {"language": "xx"},
            ("8:11: `xx` is not a known language. Choose one of: de, en, es, fr, it, ja, ko, pt, ru, vi, zh."),
        ),
        ({"topics": "[examplecor]"}, "9:10: `examplecor` is no entry. Did you mean `examplecorn`?"),
        ({"topics": "[examplecorn, web-socket]"}, "9:23: `web-socket` is no entry. Did you mean `websocket`?"),
        (
            {"topics": "[how-servers-call-2024]"},
            "9:10: `how-servers-call-2024` is this entry itself. Name another, or remove the line.",
        ),
        ({"published": "2026-12"}, f"7:12: `2026-12` {FUTURE}"),
        ({"published": "2027"}, f"7:12: `2027` {FUTURE}"),
        ({"published": "2026-11-23"}, f"7:12: `2026-11-23` {FUTURE}"),
        ({"added": "2026-11-23"}, f"11:8: `2026-11-23` {FUTURE}"),
        (
            {"summary": "Explains amazing things about ASGI."},
            "3:10: `summary` says `amazing`, which proves nothing. Say what can be checked.",
        ),
        ({"authors": "[Ada, Ada]"}, "6:16: `Ada` stands twice in `authors`. Keep one."),
    ],
)
def test_bad_publications(repository: Repository, changes: Changes, line: str) -> None:
    if "language" in changes:
        languages = "".join(
            f"- {{id: {word}, title: A}}\n"
            for word in ["de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "vi", "zh"]
        )
        repository.write("data/languages.yml", languages)
    repository.publication(**changes)
    assert repository.problems() == [f"{PUBLICATION_PATH}:{line}"]


@pytest.mark.parametrize("published", ["2026", "2026-11", "2026-11-22", "2025-12-31"])
def test_today_is_not_the_future(repository: Repository, published: str) -> None:
    repository.publication(published=published)
    repository.server(status=STATUS.format("archived", published))
    assert repository.problems() == []


def test_the_day_is_a_parameter(repository: Repository) -> None:
    lines = repository.problems(dt.date(2026, 11, 21))
    assert [line.partition(": `")[0] for line in lines] == [
        f"{GUARD_PATH}:9:8",
        f"{PUBLICATION_PATH}:11:8",
        f"{SERVER_PATH}:8:8",
    ]


@pytest.mark.parametrize(
    "description",
    [
        "Serves fast-growing breakfasts to ASGI applications.",
        "Examplecorns are what this server feeds applications with.",
        "Steadfast and simplistic server of ASGI applications.",
    ],
)
def test_words_within_words_are_free(repository: Repository, description: str) -> None:
    repository.server(description=description)
    assert repository.problems() == []


def test_each_marketing_word_is_a_problem(repository: Repository) -> None:
    """Each has to be replaced by something."""
    repository.server(description="Serves modern applications in a simple way, and simple it is.")
    says = f"{SERVER_PATH}:3:14: `description` says `{{}}`, which proves nothing. Say what can be checked."
    assert repository.problems() == [says.format("modern"), says.format("simple")]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"repository": SERVER["repository"], "package": "examplecorn"},
            f"5:10: {SERVER_PATH} has the same package. {MERGE}",
        ),
        ({"package": "examplecorn"}, f"5:10: {SERVER_PATH} has the same package. {MERGE}"),
        (
            {"name": "EXAMPLEcorn"},
            f"2:7: {SERVER_PATH} has the same name, apart from upper and lower case. Tell them apart.",
        ),
        (
            {"name": "Examplecorn"},
            f"2:7: {SERVER_PATH} has the same name, apart from upper and lower case. Tell them apart.",
        ),
        (
            {"description": SERVER["description"]},
            f"3:14: `description` is the one of {SERVER_PATH}. Say what tells them apart.",
        ),
        (
            {"repository": SERVER["repository"], "evidence": SERVER["evidence"]},
            f"7:11: {SERVER_PATH} is linked by the same address. Add `docs` with a page of its own.",
        ),
    ],
)
def test_twice(repository: Repository, changes: Changes, line: str) -> None:
    other_server(repository, **changes)
    assert repository.problems() == [f"{OTHER}:{line}"]


def test_one_repository_without_packages(repository: Repository) -> None:
    repository.server(package=None)
    other_server(repository, package=None, repository="https://github.com/EXAMPLE/examplecorn")
    text = f"{SERVER_PATH} has the same repository, and no package either. {MERGE}"
    assert repository.problems() == [f"{OTHER}:4:13: {text}"]


def test_one_repository_with_two_packages_is_fine(repository: Repository) -> None:
    other_server(repository, repository=SERVER["repository"])
    assert repository.problems() == []


def test_three_of_one_name_are_two_too_many(repository: Repository) -> None:
    other_server(repository, name="Examplecorn")
    other_server(repository, "third", name="Examplecorn")
    text = f"2:7: {SERVER_PATH} has the same name, apart from upper and lower case. Tell them apart."
    assert repository.problems() == [f"{OTHER}:{text}", f"data/servers/third.yml:{text}"]


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.example.com/servers",
        "https://blog.example.com/servers/",
        "https://BLOG.example.com/servers",
        "https://www.blog.example.com/servers",
        "HTTPS://blog.example.com/servers",
    ],
)
def test_one_publication_twice(repository: Repository, url: str) -> None:
    other_publication(repository, url=url)
    text = f"{PUBLICATION_PATH} has the same `url`. Keep one of them."
    assert repository.problems() == [f"data/publications/other.yml:4:6: {text}"]


@pytest.mark.parametrize("url", ["https://blog.example.com/servers2", "https://blog.example.com/servers#part-2"])
def test_two_publications(repository: Repository, url: str) -> None:
    other_publication(repository, url=f'"{url}"')
    assert repository.problems() == []


def test_two_publications_by_http(repository: Repository) -> None:
    other_publication(repository, url="http://blog.example.com/servers")
    text = "`url` `http://blog.example.com/servers` does not start with `https://`. Give the https address of the page."
    assert repository.problems() == [f"data/publications/other.yml:4:6: {text}"]


def test_succession_in_a_circle_of_two(repository: Repository) -> None:
    """Two lines, as either file may be the one to mend, and a contributor may look at one only."""
    repository.server(succeeded_by="other")
    other_server(repository, succeeded_by="examplecorn")
    circle = "The succession runs in a circle: {}. Remove one `succeeded_by`."
    assert repository.problems() == [
        f"{SERVER_PATH}:9:15: {circle.format('examplecorn → other → examplecorn')}",
        f"{OTHER}:9:15: {circle.format('other → examplecorn → other')}",
    ]


def test_succession_in_a_circle_of_three(repository: Repository) -> None:
    """A line for each that is part of the circle, none for the one that leads into it."""
    repository.server(succeeded_by="b")
    other_server(repository, "b", succeeded_by="c")
    other_server(repository, "c", succeeded_by="examplecorn")
    other_server(repository, "into", succeeded_by="b")
    circle = "9:15: The succession runs in a circle: {}. Remove one `succeeded_by`."
    assert repository.problems() == [
        f"data/servers/b.yml:{circle.format('b → c → examplecorn → b')}",
        f"data/servers/c.yml:{circle.format('c → examplecorn → b → c')}",
        f"{SERVER_PATH}:{circle.format('examplecorn → b → c → examplecorn')}",
    ]


def test_succession_that_ends(repository: Repository) -> None:
    repository.server(succeeded_by="b", status=STATUS.format("superseded", "2024"))
    other_server(repository, "b", succeeded_by="example-guard")
    assert repository.problems() == []


def test_part_of_a_component(repository: Repository) -> None:
    other_server(repository, "b", **COMPONENT | {"part_of": "examplecorn"})
    other_server(repository, "c", **COMPONENT | {"part_of": "b", "import_": "b.Other"})
    assert repository.problems() == [
        "data/servers/c.yml:8:10: `b` is itself part of `examplecorn`. Name the package's own entry."
    ]


def test_parts_of_each_other_are_each_a_problem(repository: Repository) -> None:
    """At least one of them is wrong, and nobody but its author knows which."""
    repository.server(**COMPONENT | {"part_of": "b", "import_": "b.Other"})
    other_server(repository, "b", **COMPONENT | {"part_of": "examplecorn"})
    assert repository.problems() == [
        "data/servers/b.yml:8:10: `examplecorn` is itself part of `b`. Name the package's own entry.",
        f"{SERVER_PATH}:8:10: `b` is itself part of `examplecorn`. Name the package's own entry.",
    ]


def test_one_import_is_one_component(repository: Repository) -> None:
    other_server(repository, "b", **COMPONENT | {"part_of": "examplecorn"})
    other_server(repository, "c", **COMPONENT | {"part_of": "examplecorn"})
    (problem,) = repository.problems()
    assert problem.startswith("data/servers/c.yml:")
    assert problem.endswith("data/servers/b.yml has the same `import`. Keep one of them.")


def test_good_component(repository: Repository) -> None:
    repository.server(**COMPONENT | {"part_of": "example-guard"})
    assert repository.problems() == []


def test_repeated_lines_of_a_component_are_each_a_problem(repository: Repository) -> None:
    """Both lines have to go."""
    repository.server(part_of="example-guard", import_="guard.Guard")
    repeats = "repeats what `example-guard` says. Remove the line."
    assert repository.problems() == [
        f"{SERVER_PATH}:4:1: `repository` {repeats}",
        f"{SERVER_PATH}:5:1: `package` {repeats}",
    ]


def test_a_copied_file_says_each_thing_that_has_to_differ(repository: Repository) -> None:
    repository.entry(OTHER, SERVER)
    assert [line.partition(": ")[0] for line in repository.problems()] == [
        f"{OTHER}:{place}" for place in ("2:7", "3:14", "5:10", "7:11")
    ]


def test_references_to_a_file_with_problems_are_no_problems(repository: Repository) -> None:
    repository.server(name="")
    repository.middleware(works_with="[examplecorn]")
    assert repository.problems() == [f"{SERVER_PATH}:2:6: `name` has no value. Write one, or remove the line."]


def test_unused_words_are_named_once_there_are_enough_entries(repository: Repository) -> None:
    repository.write("data/tags.yml", "- {id: websocket, title: WebSocket}\n- {id: unheard-of, title: Unheard of}\n")
    assert repository.problems() == []
    for number in range(100):
        other_server(repository, f"s{number}", tags="[websocket]")
    said = [problem for problem in repository.problems() if "is used by no entry" in problem]
    assert "data/tags.yml:1:1: `unheard-of` is used by no entry. Remove it." in said
    assert not any("`websocket`" in problem for problem in said)
