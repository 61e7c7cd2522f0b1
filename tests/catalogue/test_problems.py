"""How a problem is printed, and what its remedy proposes."""

import pytest

from scripts.catalogue.problems import Problem, nearest, shown, suggestion

WORDS = ["aws", "background-tasks", "csrf", "websocket"]


def test_text() -> None:
    assert str(Problem("data/a.yml", 3, 14, "It is. Mend it.")) == "data/a.yml:3:14: It is. Mend it."


@pytest.mark.parametrize(
    ("path", "printed"), [("data/a\nb.yml", "data/a\\nb.yml"), ("\udcff.yml", "\\udcff.yml"), ("ä.yml", "ä.yml")]
)
def test_paths_stay_on_one_line(path: str, printed: str) -> None:
    assert str(Problem(path, 1, 1, "Mend it.")) == f"{printed}:1:1: Mend it."


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        (Problem("data/a.yml", 3, 14, "Mend it."), "::error file=data/a.yml,line=3,col=14::Mend it."),
        (Problem("a.yml", 1, 1, "10 %, a: b."), "::error file=a.yml,line=1,col=1::10 %25, a: b."),
        (Problem("a.yml", 1, 1, "a\r\nb."), "::error file=a.yml,line=1,col=1::a%0D%0Ab."),
        (Problem("a.yml", 1, 1, "%0A"), "::error file=a.yml,line=1,col=1::%250A"),
        (Problem("a,line=9:b%.yml", 1, 1, "c."), "::error file=a%2Cline=9%3Ab%25.yml,line=1,col=1::c."),
        (Problem("a\n::error::b.yml", 1, 1, "c."), "::error file=a%0A%3A%3Aerror%3A%3Ab.yml,line=1,col=1::c."),
    ],
)
def test_annotation(problem: Problem, command: str) -> None:
    assert problem.annotation() == command


def test_order_is_that_of_places() -> None:
    """Numbers as numbers: line 10 follows line 9."""
    places = [("a", 9, 1, "z"), ("a", 9, 2, "a"), ("a", 10, 1, "a"), ("b", 1, 1, "a")]
    problems = [Problem(*place) for place in places]
    assert sorted(problems) == problems


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("websockets", "websocket"),
        ("WEBSOCKET", "websocket"),
        ("web-socket", "websocket"),
        ("csfr", "csrf"),
        ("background", "background-tasks"),
        ("zzz", None),
        ("", None),
    ],
)
def test_nearest(word: str, near: str | None) -> None:
    assert nearest(word, WORDS) == near


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (WORDS, "Choose one of: aws, background-tasks, csrf, websocket."),
        (reversed(WORDS), "Choose one of: aws, background-tasks, csrf, websocket."),
        ([f"word-{number}" for number in range(31)], "None has a similar name. Look below `data/` for what there is."),
        ([*WORDS, "zz"], "Did you mean `zz`?"),
    ],
)
def test_suggestion(known: list[str], text: str) -> None:
    assert suggestion("zzz", known) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Grüße 😀", "Grüße 😀"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("\ud800", "\\ud800"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("\n" * 31, "\\n" * 29 + "\\…"),
        ("", ""),
    ],
)
def test_shown(value: str, text: str) -> None:
    assert shown(value) == text
    assert len(shown(value)) <= 60


def test_shown_takes_another_limit() -> None:
    assert shown("abcdef", 4) == "abc…"
