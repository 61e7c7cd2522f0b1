"""Exactly one pair of markers, or a problem; everything outside stays."""

import pytest

from scripts.catalogue.problems import Problem
from scripts.render.region import begin, end, inside, replaced

BEGIN, END = begin("x"), end("x")


def test_only_the_inside_changes() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    new = replaced(text, "x", "README.md", "new\n")
    assert new == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    assert isinstance(new, str)
    assert replaced(new, "x", "README.md", "new\n") == new
    assert inside(new, "x", "README.md") == "new\n"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "1:1", "is missing"),
        (f"{BEGIN}\n", "1:1", "is missing"),
        (f"{END}\n", "1:1", "is missing"),
        (f"{BEGIN}\n{BEGIN}\n{END}\n", "2:1", "stands twice"),
        (f"{BEGIN}\n{END}\n\n{END}\n", "4:1", "stands twice"),
        (f"a\n{END}\n{BEGIN}\n", "3:1", "before this one"),
        (f" {BEGIN}\n{END}\n", "1:1", "is missing"),
    ],
)
def test_a_broken_pair_is_a_problem(text: str, place: str, what: str) -> None:
    for found in (inside(text, "x", "README.md"), replaced(text, "x", "README.md", "new\n")):
        assert isinstance(found, Problem)
        assert str(found).startswith(f"README.md:{place}: ")
        assert what in str(found)
