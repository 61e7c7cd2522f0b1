"""The report as a maintainer reads it."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scripts.facts.changes import Event
from scripts.render.attention import MARKER, TEXTS, report_issue, report_text
from scripts.render.issue import MOST, literal
from scripts.view.attention import Concern, Need, Signals, Trouble, attention
from scripts.view.rows import View
from tests.conftest import Repository
from tests.render.reading import SITE
from tests.render.test_pages import check_golden
from tests.view.test_attention import ENDED, SEEN, known
from tests.view.views import view_of


@pytest.fixture
def troubled(repository: Repository) -> tuple[View, Signals]:
    """An entry for most of the needs."""
    bad = {"version": "1.0", "vulnerabilities": [{"id": "CVE-2026-1"}], "license": "GPL-3.0-only"}
    known(repository, {"license": "MIT"}, bad)
    names = ("quiet", "gone", "shelved", "ended", "unread", "dateless")
    for name in names:
        repository.server(
            name,
            name=f"{name.capitalize()} <b>@corn</b>",
            description=f"Serves ASGI applications in the manner that is called {name}.",
            repository=f"https://github.com/example/{name}",
            package=None,
            evidence=f"https://github.com/example/{name}/blob/main/server.py",
            status=ENDED if name == "ended" else None,
            added="2024-01-01" if name == "quiet" else "2026-11-22",
        )
    repository.publication(published=None)
    facts = json.loads((repository.root / "data/facts/github.json").read_text(encoding="utf-8"))
    facts["example/quiet"] = SEEN | {"last_commit": "2024-05-05"}
    facts["example/gone"] = SEEN | {"last_commit": "2026-05-05", "gone": "2026-09-09"}
    facts["example/shelved"] = SEEN | {"archived": True}
    facts["example/ended"] = facts["example/dateless"] = SEEN
    repository.write("data/facts/github.json", json.dumps(facts))
    events = [Event(date=dt.date(2026, 11, 3), event="archived", entry="shelved", after="example/shelved")]
    gone = Trouble(dt.date(2026, 10, 1), gone=True, reason="answers 404 on three days")
    moved = Trouble(dt.date(2026, 10, 2), gone=False, reason="leads to https://new.example.com/@somebody")
    addresses = {"https://blog.example.com/servers": gone, "https://example.com/end": moved}
    return replace(view_of(repository), events=events), Signals(addresses, {"ended": ["docs/guide/index.md"]})


def test_the_text_is_golden(troubled: tuple[View, Signals]) -> None:
    view, signals = troubled
    check_golden("upkeep/report.txt", report_text(attention(view, signals), view, 25))


def test_the_issue_is_golden(troubled: tuple[View, Signals]) -> None:
    view, signals = troubled
    check_golden("upkeep/report.md", report_issue(attention(view, signals), view, SITE))


def test_every_need_says_what_to_do(troubled: tuple[View, Signals]) -> None:
    assert set(TEXTS) == set(Need)
    assert set(attention(*troubled)) == set(Need)


def test_nothing_to_do_is_said(repository: Repository) -> None:
    known(repository)
    view = view_of(repository)
    assert report_text({}, view, 25) == "As of 2026-11-22, no entry needs a human.\n"
    assert report_issue({}, view, SITE).startswith(f"{MARKER}\nAs of 2026-11-22, no entry needs a human.")


def many(view: View, count: int, said: str) -> dict[Need, list[Concern]]:
    row = view.rows["examplecorn"]
    return {need: [Concern(need, row, view.as_of, said)] * count for need in Need}


def test_a_list_says_how_much_it_leaves_out(repository: Repository) -> None:
    view = view_of(repository)
    text = report_text(many(view, 30, "is odd"), view, 25)
    assert text.count("is odd") == 25 * (len(Need) - 1) + 3
    assert text.count("… and 5 more") == len(Need) - 1
    assert "… and 27 more" in text


@pytest.mark.parametrize(("count", "said"), [(600, "is odd"), (3, "x" * 9_000), (100, "`" * 900)])
def test_an_issue_never_grows_too_long_for_the_forge(repository: Repository, count: int, said: str) -> None:
    view = view_of(repository)
    issue = report_issue(many(view, count, said), view, SITE)
    assert len(issue) <= MOST
    assert issue.startswith(MARKER)
    assert all(TEXTS[need][0] in issue for need in Need) or said.startswith("`")


@given(st.text(max_size=80))
def test_no_text_calls_anybody_or_becomes_markup(text: str) -> None:
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").renderInline(f"a {literal(text)} b")
    assert "<" not in shown.replace("&lt;", "")
    plain = re.sub(r"&#?\w+;", "", shown)
    assert not re.search(r"@\w", plain)
