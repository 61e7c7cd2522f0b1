"""What each field may say: the whole line that a contributor reads, or none."""

import pytest

from scripts.catalogue.load import load
from scripts.catalogue.models import Software
from tests.conftest import Repository

Table = dict[str, tuple[dict[str, str], str]]
SERVER = "data/servers/examplecorn.yml"
PUBLICATION = "data/publications/how-servers-call-2024.yml"
STATUS = "{{state: {state}, since: {since}, reason: Its owner archived it one day., source: https://example.com/x}}"
LINE_BREAK = "`description` has a line break. Write it on one line."
SPACES = "`description` has spaces at an end, doubled or of an unusual kind. Use single spaces between words."
NO_STOP = "`description` does not end with a full stop. Write one full sentence and end it with one."
NO_ROOT = "is not the root of a repository. Write https://host/owner/name."
INSIDE = "is a page inside a repository. Write https://github.com/owner/name."
NO_DAY = "is not a date. Write year-month-day, as in 2026-11-22."
NO_DATE = "is not a date. Write a year, year-month or year-month-day."
NO_PACKAGE = "is not a normalised distribution name. Write it in lower case with hyphens, as in `python-socketio`."
NO_SLUG = "is not a slug. Write lower-case ASCII words joined by hyphens."
NO_IMPORT = "is not an import path. Write dotted names, as in `starlette.middleware.cors.CORSMiddleware`."
NO_SPDX = "is not an SPDX expression. Write an identifier from https://spdx.org/licenses/."


def has_markup(what: str) -> str:
    return f"`description` has `{what}`, which is Markdown, HTML or an address. Write plain text."


def has_invisible(code: str) -> str:
    return f"`description` has an invisible character U+{code}. Remove it."


GOOD_DESCRIPTIONS = [
    "Serves ASGI over TCP.",
    "Serves ASGI, WSGI & RSGI (in Rust); it's 3.10 only.",
    '"3 workers: each serves ASGI from its own event loop."',
    "'Says \"hello\" to whoever asks for a greeting.'",
    "Écrit en français, avec des accents et 😀.",
    "Reads snake_case names and 10 % of 5 + 3 = 8.",
    "Ends at the limit " + "x" * 121 + ".",
    "Folds the value\n  over two lines of the file.",
    ">-\n  Folds the value\n  over two lines of the file.",
]

DESCRIPTIONS = {
    "Serves ASGI to all.": "`description` is only 19 characters long. Write at least 20.",
    "Exceeds the limit " + "x" * 122 + ".": "`description` is 141 characters long. Write at most 140.",
    "Serves ASGI applications over HTTP": NO_STOP,
    "Serves ASGI applications over HTTP!": NO_STOP,
    "Serves ASGI applications over HTTP..": NO_STOP,
    "serves ASGI applications over HTTP.": (
        "`description` does not start with a capital letter. Write one full sentence."
    ),
    "Serves **ASGI** applications over HTTP.": has_markup("*"),
    "Serves `ASGI` applications over HTTP.": has_markup("`"),
    "Serves _ASGI_ applications over HTTP.": has_markup("_"),
    "Serves [ASGI](x) applications over HTTP.": has_markup("["),
    "Serves <b>ASGI</b> applications over HTTP.": has_markup("<"),
    "Serves <script>alert(1)</script> over HTTP.": has_markup("<"),
    "Serves ASGI &amp; WSGI applications over HTTP.": has_markup("&amp;"),
    "Serves ASGI {{ config }} applications over HTTP.": has_markup("{"),
    "Serves ASGI | WSGI applications over HTTP.": has_markup("|"),
    "Serves ~~ASGI~~ applications over HTTP.": has_markup("~"),
    "Serves https://example.com over ASGI.": has_markup("https:"),
    "Serves www.example.com over ASGI.": has_markup("www."),
    "|\n  Serves ASGI applications\n  over HTTP.": LINE_BREAK,
    "|\n  Serves ASGI applications over HTTP.": LINE_BREAK,
    ">\n  Serves ASGI applications over HTTP.": LINE_BREAK,
    '"Serves ASGI applications\\nover HTTP."': LINE_BREAK,
    '"Serves ASGI applications\\rover HTTP."': LINE_BREAK,
    '"Serves ASGI \\0 applications over HTTP."': has_invisible("0000"),
    '"Serves ASGI \\a applications over HTTP."': has_invisible("0007"),
    '"Serves ASGI \\e applications over HTTP."': has_invisible("001B"),
    '"Serves ASGI \\N applications over HTTP."': has_invisible("0085"),
    '"Serves ASGI \\L applications over HTTP."': has_invisible("2028"),
    '"Serves ASGI \\u202e applications over HTTP."': has_invisible("202E"),
    '"Serves ASGI \\u2066 applications over HTTP."': has_invisible("2066"),
    '"Serves ASGI \\u200b applications over HTTP."': has_invisible("200B"),
    '"Serves ASGI \\xad applications over HTTP."': has_invisible("00AD"),
    '"Serves ASGI \\U000E0041 applications over HTTP."': has_invisible("E0041"),
    '"Serves ASGI\\tapplications over HTTP."': SPACES,
    '"Serves ASGI\\_applications over HTTP."': SPACES,
    "Serves ASGI  applications over HTTP.": SPACES,
    "' Serves ASGI applications over HTTP.'": SPACES,
    "'Serves ASGI applications over HTTP. '": SPACES,
    "'" + " " * 30 + "'": SPACES,
}

SOFTWARE: Table = {
    "name with spaces": (
        {"name": "' Examplecorn'"},
        "2:7: `name` has spaces at an end, doubled or of an unusual kind. Use single spaces between words.",
    ),
    "long name": ({"name": "a" * 61}, "2:7: `name` is 61 characters long. Write at most 60."),
    "name with override": ({"name": '"a\\u202eb"'}, "2:7: `name` has an invisible character U+202E. Remove it."),
    "git address": (
        {"repository": "https://github.com/a/b.git"},
        f"4:13: `repository` `https://github.com/a/b.git` {NO_ROOT}",
    ),
    "slash": ({"repository": "https://github.com/a/b/"}, f"4:13: `repository` `https://github.com/a/b/` {NO_ROOT}"),
    "owner": ({"repository": "https://github.com/a"}, f"4:13: `repository` `https://github.com/a` {NO_ROOT}"),
    "no owner": ({"repository": "https://github.com//b"}, f"4:13: `repository` `https://github.com//b` {NO_ROOT}"),
    "query": ({"repository": "https://github.com/a/b?c"}, f"4:13: `repository` `https://github.com/a/b?c` {NO_ROOT}"),
    "folder": (
        {"repository": "https://github.com/a/b/tree/main"},
        f"4:13: `repository` `https://github.com/a/b/tree/main` {INSIDE}",
    ),
    "folder on GitHub spelt otherwise": (
        {"repository": "https://www.GitHub.com/a/b/c"},
        f"4:13: `repository` `https://www.GitHub.com/a/b/c` {INSIDE}",
    ),
    "package as imported": ({"package": "Example_Corn"}, f"5:10: `package` `Example_Corn` {NO_PACKAGE}"),
    "package with break": ({"package": '"corn\\n"'}, f"5:10: `package` `corn\\n` {NO_PACKAGE}"),
    "impossible day": ({"added": "2026-02-30"}, f"8:8: `added` `2026-02-30` {NO_DAY}"),
    "zeros": ({"added": "0000-00-00"}, f"8:8: `added` `0000-00-00` {NO_DAY}"),
    "no hyphens": ({"added": "20261122"}, f"8:8: `added` `20261122` {NO_DAY}"),
    "month for day": ({"added": "2026-13"}, f"8:8: `added` `2026-13` {NO_DAY}"),
    "no zeros": ({"added": "2026-1-2"}, f"8:8: `added` `2026-1-2` {NO_DAY}"),
    "other digits": ({"added": "٢٠٢٦-11-22"}, f"8:8: `added` `٢٠٢٦-11-22` {NO_DAY}"),
    "time": ({"added": "2026-11-22T10:00:00"}, f"8:8: `added` `2026-11-22T10:00:00` {NO_DAY}"),
    "before computers": ({"added": "1969-12-31"}, f"8:8: `added` `1969-12-31` {NO_DAY}"),
    "break after day": ({"added": '"2026-11-22\\n"'}, f"8:8: `added` `2026-11-22\\n` {NO_DAY}"),
    "list of days": ({"added": "[2026-11-22]"}, f"8:8: `added` {NO_DAY}"),
    "slug": ({"succeeded_by": "Not a slug"}, f"9:15: `succeeded_by` `Not a slug` {NO_SLUG}"),
    "slug with hyphens": ({"works_with": "[a--b]"}, f"9:14: `works_with[1]` `a--b` {NO_SLUG}"),
    "second slug": ({"works_with": "[django, Quart]"}, f"9:22: `works_with[2]` `Quart` {NO_SLUG}"),
    "import": ({"import": "a b"}, f"9:9: `import` `a b` {NO_IMPORT}"),
    "import with dots": ({"import": "a..b"}, f"9:9: `import` `a..b` {NO_IMPORT}"),
    "license": ({"license": "GPL v3"}, f"9:10: `license` `GPL v3` {NO_SPDX}"),
    "former name": (
        {"formerly": "['a?b']"},
        "9:12: `formerly[1]` `a?b` is not a former name. Write `owner/name`, or the name it had.",
    ),
    "state": (
        {"status": STATUS.format(state="dead", since="2024")},
        "9:17: `status.state` is `dead`. Choose one of: 'active', 'archived', 'superseded' or 'abandoned'.",
    ),
    "since": (
        {"status": STATUS.format(state="archived", since="2026-13")},
        f"9:34: `status.since` `2026-13` {NO_DATE}",
    ),
    "reason": (
        {"status": "{state: active, reason: It is *not* dead at all., source: https://example.com/x}"},
        "9:33: `status.reason` has `*`, which is Markdown, HTML or an address. Write plain text.",
    ),
}

PUBLICATIONS: Table = {
    **{
        f"published {date}": ({"published": f"'{date}'"}, f"7:12: `published` `{date}` {NO_DATE}")
        for date in ("2026-02-30", "0000-00-00", "0000", "20261122", "2026-13", "2026-00", "26-11", "May 2024", "1969")
    },
    "published with break": ({"published": '"2024\\n"'}, f"7:12: `published` `2024\\n` {NO_DATE}"),
    "level": (
        {"level": "beginner"},
        "10:8: `level` is `beginner`. Choose one of: 'introductory', 'intermediate', 'advanced' or 'reference'.",
    ),
    "background": (
        {"background": "maybe"},
        "12:13: `background` is neither `true` nor `false`. Write one of them.",
    ),
    "long title": ({"title": "a" * 161}, "2:8: `title` is 161 characters long. Write at most 160."),
    "summary": ({"summary": "Too short."}, "3:10: `summary` is only 10 characters long. Write at least 20."),
    "author": (
        {"authors": '[Ada, "B\\nC"]'},
        "6:16: `authors[2]` has a line break. Write it on one line.",
    ),
}


@pytest.mark.parametrize("description", GOOD_DESCRIPTIONS)
def test_good_descriptions(repository: Repository, description: str) -> None:
    repository.server(description=description)
    assert repository.problems() == []


@pytest.mark.parametrize(("description", "text"), DESCRIPTIONS.items())
def test_bad_descriptions(repository: Repository, description: str, text: str) -> None:
    repository.server(description=description)
    assert repository.problems() == [f"{SERVER}:3:14: {text}"]


@pytest.mark.parametrize(("changes", "line"), SOFTWARE.values(), ids=SOFTWARE)
def test_bad_software(repository: Repository, changes: dict[str, str], line: str) -> None:
    repository.server(**changes)
    assert repository.problems() == [f"{SERVER}:{line}"]


@pytest.mark.parametrize(("changes", "line"), PUBLICATIONS.values(), ids=PUBLICATIONS)
def test_bad_publications(repository: Repository, changes: dict[str, str], line: str) -> None:
    repository.publication(**changes)
    assert repository.problems() == [f"{PUBLICATION}:{line}"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "No"},
        {"name": "3.10"},
        {"name": "~"},
        {"name": "null"},
        {"name": '"@corn: the server"'},
        {"tags": "[aws, http2]"},
        {"license": "MIT OR Apache-2.0"},
        {"license": "GPL-3.0-or-later"},
        {"formerly": "[encode/examplecorn, Old Name]"},
        {"repository": "https://gitlab.com/group/subgroup/name"},
        {"repository": "https://GitHub.com/Example/corn"},
        {"package": None},
        {"status": STATUS.format(state="archived", since="2024")},
        {"status": STATUS.format(state="abandoned", since="2024-05")},
        {"status": STATUS.format(state="active", since="2024-05-06")},
        {"added": "2024-02-29"},
    ],
)
def test_good_software(repository: Repository, change: dict[str, str | None]) -> None:
    repository.server(**change)
    assert repository.problems() == []


@pytest.mark.parametrize(
    "change",
    [
        {"published": "2019"},
        {"published": "2019-03"},
        {"published": "2024-02-29"},
        {"published": None},
        {"background": "true"},
        {"background": "false"},
        {"language": None},
        {"authors": None, "topics": None},
        {"title": "'What *is* ASGI? | Ask <all>'"},
        {"event": "PyCon 2018", "seen_in": "[a/b]"},
        {"topics": "[websocket]"},
    ],
)
def test_good_publications(repository: Repository, change: dict[str, str | None]) -> None:
    repository.publication(**change)
    assert repository.problems() == []


@pytest.mark.parametrize(
    ("written", "read"), [("No", "No"), ("3.10", "3.10"), ("null", "null"), ("0x1F", "0x1F"), ("'2024'", "2024")]
)
def test_names_stay_as_written(repository: Repository, written: str, read: str) -> None:
    repository.server(name=written)
    (entry,) = (found.entry for found in load(repository.root).listings if found.slug == "examplecorn")
    assert isinstance(entry, Software)
    assert entry.name == read


def test_on_is_a_word(repository: Repository) -> None:
    """YAML 1.1 would make a truth value of it."""
    repository.server(tags="[on]")
    assert repository.problems() == [
        f"{SERVER}:9:8: `on` is not a known tag. None has a similar name. Look below `data/` for what there is."
    ]
