"""Contributions from end to end, each in a clone of its own: what the person types and sees is in the golden files.

After a wanted change: delete the file, run the test twice, and read what comes out as if you had never seen it.
"""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SERVER
from tests.intake.person import Person, Seen
from tests.outside.server import Outside
from tests.outside.world import Package
from tests.outside.world import Repository as Remote
from tests.render.test_pages import check_golden

DECLINED = """\
- name: Thinheader
  address: https://github.com/example/thinheader
  reason: too-thin
  note: It adds a single header, which a line in the application does as well.
"""
SENTENCE = "Serves ASGI applications over pigeons, one message for each bird."
EVIDENCE = "https://github.com/pigeon/pigeoncorn/blob/main/pigeoncorn/server.py"
BODY = {
    "name": "Pigeoncorn",
    "category": "Servers: General purpose",
    "description": SENTENCE,
    "repository": "https://github.com/pigeon/pigeoncorn",
    "package": "pigeoncorn",
    "evidence": EVIDENCE,
}


@pytest.fixture
def clone(person: Person, online: Outside, tmp_path_factory: pytest.TempPathFactory) -> Person:
    """A clone of a small catalogue that has declined something, in a world with a few projects."""
    origin = person.root
    (origin / "data" / "declined.yml").write_text(DECLINED, encoding="utf-8")
    person.git("add", "--all")
    person.git("commit", "--quiet", "--message", "Decline one")
    target = tmp_path_factory.mktemp("clone")
    person.git("clone", "--quiet", str(origin), str(target))
    world = online.world
    world.add(
        Remote(
            "pigeon",
            "pigeoncorn",
            description="A blazing fast server for carrier pigeons and other birds",
            topics=("asgi", "websocket", "http2"),
        ),
        Package(
            "pigeoncorn",
            version="2.1",
            summary="Carrier pigeon server that speaks every dialect of the birds.",
            classifiers=["Framework :: AsyncIO", "Topic :: Internet :: WWW/HTTP :: HTTP Servers"],
            project_urls={
                "Source": "https://github.com/pigeon/pigeoncorn",
                "Documentation": "https://pigeon.example.com/docs/",
            },
        ),
        Remote(
            "pigeon",
            "guard",
            description="Middleware that turns away owls",
            topics=("asgi-middleware", "security", "csrf"),
        ),
        Remote("other", "swiftcorn", description="Examplecorn with wings", fork=True, parent="example/examplecorn"),
    )
    world.github.add(Remote("example", "examplecorn"))
    world.github.renames["older/corn"] = "example/examplecorn"
    return Person(target, person.capsys)


def transcript(person: Person, *steps: tuple[str, Seen]) -> str:
    """Commands, screens and exit statuses, and what git sees in the end."""
    shown = [f"$ {command}\n{seen.screen.rstrip()}\n(exit status {seen.code})\n" for command, seen in steps]
    return "\n".join([*shown, "$ git status --short", *person.changed(), ""])


def new(person: Person, command: str, *answers: str) -> str:
    return transcript(person, (f"python -m scripts.new {command}", person.new(*shlex.split(command), answers=answers)))


def suggest(person: Person, form: str, **answers: str) -> str:
    return transcript(person, ("make suggest BODY=issue.md", person.suggest(person.body(form, **answers))))


def by_hand(person: Person, path: str, text: str) -> str:
    """Writes a file with an editor, then checks."""
    target = person.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return transcript(person, ("make check", person.check()))


def server(**changes: str | None) -> str:
    """The text of a file that somebody wrote."""
    values = SERVER | {
        "name": "Pigeoncorn",
        "description": SENTENCE,
        "repository": BODY["repository"],
        "package": "pigeoncorn",
        "evidence": EVIDENCE,
    }
    lines = [f"{key}: {value}\n" for key, value in {**values, **changes}.items() if value is not None]
    return "# yaml-language-server: $schema=../schema/server.json\n" + "".join(lines)


HERE = "data/servers/pigeoncorn.yml"
FLAGS = f"--yes --category general-purpose --description '{SENTENCE}' --evidence {EVIDENCE}"
GOOD: dict[str, Callable[[Person], str]] = {
    "new-from-an-address": lambda one: new(
        one, f"https://github.com/pigeon/pigeoncorn {FLAGS} --docs https://pigeon.dev"
    ),
    "new-from-a-package": lambda one: new(
        one,
        "pigeoncorn",
        *("", "Server for pigeons.", "Carrier pigeon server that speaks every dialect.", SENTENCE),
        *("fast", "general-purpose", EVIDENCE, "tags", "websocket, birds", "websocket", ""),
    ),
    "new-without-a-network": lambda one: new(
        one,
        "https://github.com/pigeon/guard/blob/main/guard.py --offline",
        *("middleware", "Turns away requests that were sent by owls.", "security", "any", "y"),
    ),
    "new-a-fork": lambda one: new(
        one, f"https://github.com/other/swiftcorn --kind server {FLAGS.replace('pigeon/pigeoncorn', 'other/swiftcorn')}"
    ),
    "new-a-publication": lambda one: new(
        one,
        "https://blog.example.com/2024/05/17/pigeons/",
        *("", "Pigeons and applications", "Explains how a pigeon finds the application that it was sent to."),
        *("article", "Ada Example", "en", "introductory", "y"),
    ),
    "file-good": lambda one: by_hand(one, HERE, server()),
    "suggest-software": lambda one: suggest(one, "add-software", **BODY, tags="WebSocket, HTTP/2"),
    "suggest-a-publication": lambda one: suggest(
        one,
        "add-publication",
        title="Pigeons & applications: a *talk*",
        url="https://video.example.com/pigeons",
        summary="Shows how a pigeon finds the application that it was sent to.",
        type="Talks",
        level="Introductory",
        authors="Ada Example, Bob Example",
        language="English",
    ),
    "suggest-a-correction": lambda one: suggest(
        one,
        "correct-entry",
        entry="https://awesome-asgi.github.io/awesome-asgi/catalogue/servers/examplecorn/",
        field="Documentation",
        value="https://docs.example.com/",
        source="https://github.com/example/examplecorn",
    ),
    "suggest-an-ending": lambda one: suggest(
        one,
        "report-dead",
        entry="Examplecorn",
        state="Archived",
        since="2026-03",
        reason="Its owner archived the repository.",
        source="https://github.com/example/examplecorn",
    ),
}
MISTAKEN: dict[str, Callable[[Person], str]] = {
    "new-known-by-an-older-name": lambda one: new(one, f"https://github.com/older/corn {FLAGS}"),
    "new-declined-before": lambda one: new(
        one, "https://github.com/example/thinheader --kind middleware --offline", "n"
    ),
    "new-without-what-is-needed": lambda one: new(one, "https://github.com/pigeon/pigeoncorn --yes --kind server"),
    "new-in-their-words": lambda one: new(
        one, f"pigeoncorn {FLAGS.replace(SENTENCE, 'Carrier pigeon server that speaks every dialect of all birds.')}"
    ),
    "new-a-private-address": lambda one: new(one, "https://192.168.0.1/pigeon/pigeoncorn"),
    "new-a-name-that-is-taken": lambda one: new(
        one, f"https://github.com/pigeon/pigeoncorn {FLAGS} --slug examplecorn --name Examplecorn"
    ),
    "file-without-its-first-line": lambda one: by_hand(one, HERE, server().partition("\n")[2]),
    "file-with-unknown-words": lambda one: by_hand(
        one, HERE, server(category="general", tags="[websockets]", licence="MIT")
    ),
    "file-full-of-praise": lambda one: by_hand(
        one, HERE, server(description="Pigeoncorn is a blazing server for ASGI applications.")
    ),
    "file-for-what-is-there": lambda one: by_hand(
        one, HERE, server(package="examplecorn", repository=SERVER["repository"])
    ),
    "file-that-is-not-yaml": lambda one: by_hand(
        one, HERE, server(description="Serves pigeons: one for each message.")
    ),
    "file-in-the-wrong-folder": lambda one: by_hand(one, "data/server/pigeoncorn.yml", server()),
    "suggest-with-mistakes": lambda one: suggest(
        one,
        "add-software",
        **BODY | {"description": "a blazing fast server", "package": "Pigeon Corn!", "repository": "pigeon/pigeoncorn"},
        works_with="everything",
    ),
    "suggest-without-what-is-needed": lambda one: suggest(one, "add-software", name="Pigeoncorn"),
    "suggest-what-is-there": lambda one: suggest(
        one,
        "add-software",
        **BODY | {"repository": "https://github.com/Example/Examplecorn", "package": "_No response_"},
    ),
    "suggest-what-was-declined": lambda one: suggest(one, "add-software", **BODY | {"name": "Thinheader"}),
    "suggest-a-correction-of-nothing": lambda one: suggest(
        one,
        "correct-entry",
        entry="examplekorn",
        field="Documentation",
        value="https://docs.example.com/",
        source="https://github.com/example/examplecorn",
    ),
    "suggest-a-wrong-correction": lambda one: suggest(
        one,
        "correct-entry",
        entry="examplecorn",
        field="Category",
        value="Servers: Fast ones",
        source="https://example.com/",
    ),
    "suggest-freely": lambda one: transcript(
        one, ("make suggest BODY=issue.md", one.suggest("Please add pigeoncorn!\n\nIt is great. @maintainer"))
    ),
}


@pytest.mark.parametrize("name", [*GOOD])
def test_a_good_contribution(clone: Person, name: str) -> None:
    check_golden(f"intake/{name}.txt", GOOD[name](clone))
    assert len(clone.changed()) == 1
    assert clone.changed()[0].startswith(("?? data/", " M data/"))
    assert clone.check().code == 0


@pytest.mark.parametrize("name", [*MISTAKEN])
def test_a_mistaken_contribution(clone: Person, name: str) -> None:
    check_golden(f"intake/{name}.txt", MISTAKEN[name](clone))
    assert name.startswith("file-") or clone.changed() == []


def test_there_are_twenty_and_no_golden_file_too_many() -> None:
    assert len(GOOD) + len(MISTAKEN) >= 20
    folder = Path(__file__).parents[1] / "golden" / "intake"
    assert {path.stem for path in folder.iterdir()} == {*GOOD, *MISTAKEN}


def test_twenty_open_branches_merge_without_a_conflict(person: Person) -> None:
    for number in range(20):
        person.git("checkout", "--quiet", "-b", f"entry-{number}", "main")
        seen = person.new(
            f"https://github.com/bird-{number}/corn",
            *(
                "--offline",
                "--yes",
                "--category",
                "general-purpose",
                "--name",
                f"Bird {number}",
                "--slug",
                f"bird-{number}",
            ),
            *("--description", f"Serves ASGI applications over bird number {number}."),
            *("--evidence", f"https://github.com/bird-{number}/corn/blob/main/server.py"),
        )
        assert seen.code == 0, seen.screen
        person.git("add", "--all")
        person.git("commit", "--quiet", "--message", f"Add bird-{number}")
    person.git("checkout", "--quiet", "main")
    for number in range(20):
        person.git("merge", "--quiet", "--no-edit", f"entry-{number}")
    assert len([*(person.root / "data" / "servers").glob("*.yml")]) == 21
    assert person.check().code == 0
