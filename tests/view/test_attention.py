"""What needs a human, since when, and what does not."""

import datetime as dt
import json
from typing import Any

import pytest

from scripts.view.attention import Concern, Need, Signals, Trouble, attention
from scripts.view.rows import View
from scripts.view.signals import linked_entries, troubles
from tests.conftest import Repository
from tests.view.views import view_of

SEEN = {"observed": "2026-11-20", "source": "forge"}
INDEX = {"observed": "2026-11-20", "source": "package index", "last_release": "2026-11-01"}
ENDED = '{state: abandoned, reason: "Its author gave it up in public.", source: "https://example.com/end"}'


def known(repository: Repository, forge: dict[str, Any] | None = None, index: dict[str, Any] | None = None) -> None:
    """Facts of everything there is, so that nothing stands out; then what a test is about."""
    forge_facts = {"example/examplecorn": SEEN | (forge or {}), "example/guard": SEEN | {"last_commit": "2026-11-01"}}
    repository.write("data/facts/github.json", json.dumps(forge_facts))
    repository.write(
        "data/facts/packages.json", json.dumps({"examplecorn": INDEX | (index or {}), "example-guard": INDEX})
    )


def needs(view: View, signals: Signals | None = None) -> list[tuple[Need, str, str, str]]:
    found = attention(view, signals or Signals())
    return [_told(concern) for concerns in found.values() for concern in concerns]


def _told(concern: Concern) -> tuple[Need, str, str, str]:
    return concern.need, concern.row.slug, str(concern.since), concern.said


def test_nothing_that_is_in_order_is_named(repository: Repository) -> None:
    known(repository)
    assert needs(view_of(repository)) == []


CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[tuple[Need, str, str]]]] = [
    (
        "gone from the forge",
        {"gone": "2026-10-02"},
        {},
        [(Need.GONE, "2026-10-02", "forge no longer knows its repository")],
    ),
    (
        "gone from the index",
        {},
        {"gone": "2026-10-03"},
        [(Need.GONE, "2026-10-03", "package index no longer knows its package")],
    ),
    (
        "archived without a status",
        {"archived": True},
        {},
        [
            (
                Need.ARCHIVED,
                "2026-11-20",
                "its repository is archived (forge, 2026-11-20), and the entry has no `status`",
            )
        ],
    ),
    (
        "licences that cannot both be right",
        {"license": "MIT"},
        {"license": "GPL-3.0-only"},
        [(Need.LICENSE, "2026-11-20", "package index says GPL-3.0-only, forge says MIT")],
    ),
    ("licences that may mean the same", {"license": "GPL-3.0"}, {"license": "GPL-3.0-or-later"}, []),
    (
        "quiet for 24 months and a day",
        {},
        {"last_release": "2024-11-21"},
        [(Need.QUIET, "2024-11-21", "last release on that day (package index, 2026-11-20)")],
    ),
    ("quiet for 24 months", {}, {"last_release": "2024-11-22"}, []),
    ("asleep, and so in the archive", {}, {"last_release": "2020-01-01"}, []),
    (
        "no date",
        {},
        {"last_release": None},
        [(Need.DATELESS, "2026-11-22", "no machine found a release or commit with a date")],
    ),
    (
        "vulnerable, known under two names",
        {},
        {"version": "1.0", "vulnerabilities": [{"id": "PYSEC-1", "aliases": ["CVE-1"]}, {"id": "CVE-1"}]},
        [(Need.VULNERABLE, "2026-11-20", "1.0 has CVE-1 (package index, 2026-11-20)")],
    ),
]


@pytest.mark.parametrize(("forge", "index", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_facts_say(
    repository: Repository, forge: dict[str, Any], index: dict[str, Any], expected: list[tuple[Need, str, str]]
) -> None:
    known(repository, forge, index)
    assert needs(view_of(repository)) == [(need, "examplecorn", since, said) for need, since, said in expected]


def test_archived_and_still_in_the_readme(repository: Repository) -> None:
    known(repository, {"archived": True})
    repository.server(status=ENDED.replace("abandoned", "active"))
    assert [found[:3] for found in needs(view_of(repository))] == [(Need.RECOMMENDED, "examplecorn", "2026-11-20")]


def test_a_humans_word_is_enough(repository: Repository) -> None:
    known(repository, {"archived": True})
    repository.server(status=ENDED)
    assert needs(view_of(repository)) == []


def test_ended_and_recommended_by_a_page_or_a_predecessor(repository: Repository) -> None:
    known(repository)
    repository.server(status=ENDED)
    repository.middleware(succeeded_by="examplecorn")
    pages = {"docs/guide/a.md": "[x](../catalogue/servers/examplecorn.md#top) and [y](../catalogue/tags/index.md#z)"}
    found = needs(view_of(repository), Signals(recommended=linked_entries(pages)))
    assert {said for need, _, _, said in found if need is Need.RECOMMENDED} == {
        "is ended, and is linked from docs/guide/a.md",
        "is ended, and is the successor that data/middleware/example-guard.yml names",
    }


def test_evidence_grows_old_with_the_data(repository: Repository) -> None:
    known(repository)
    repository.server(added="2024-11-21")
    repository.middleware(added="2024-11-22")
    assert [found[:3] for found in needs(view_of(repository))] == [(Need.EVIDENCE, "examplecorn", "2024-11-21")]
    repository.server(added="2024-11-21", status=ENDED)
    assert needs(view_of(repository)) == [], "what ended needs no evidence of today"


def test_publications_without_date_or_authors(repository: Repository) -> None:
    known(repository)
    repository.publication(published=None, authors=None)
    assert [found[::3] for found in needs(view_of(repository))] == [
        (Need.UNVERIFIED, "has no `published` and no `authors`")
    ]


def test_what_was_never_read(repository: Repository) -> None:
    assert [found[:2] for found in needs(view_of(repository))] == [
        (Need.UNREAD, "example-guard"),
        (Need.UNREAD, "examplecorn"),
    ]


def test_components_leave_it_to_their_package(repository: Repository) -> None:
    known(repository, {"gone": "2026-10-02", "archived": True}, {"vulnerabilities": [{"id": "CVE-1"}]})
    repository.middleware(
        "part", name="Part", description="Answers for one part of what the server does.", repository=None, package=None,
        part_of="examplecorn",
        import_="examplecorn.part", docs="https://example.com/part",
    )  # fmt: skip
    assert {slug for _, slug, _, _ in needs(view_of(repository))} == {"examplecorn"}


def test_the_oldest_comes_first(repository: Repository) -> None:
    known(repository, {"gone": "2026-10-02"})
    found = json.loads((repository.root / "data/facts/github.json").read_text(encoding="utf-8"))
    found["example/guard"]["gone"] = "2026-10-01"
    repository.write("data/facts/github.json", json.dumps(found))
    assert [slug for _, slug, _, _ in needs(view_of(repository))] == ["example-guard", "examplecorn"]


LINK = {"observed": "2026-11-19", "verdict": "gone", "reason": "answers 404", "missing": ["2026-11-01", "2026-11-08"]}
MOVED = {"observed": "2026-11-19", "verdict": "moved", "to": "https://new.example.com/"}


@pytest.mark.parametrize(
    ("record", "need", "since", "said"),
    [
        (LINK, Need.LINK_GONE, "2026-11-01", "answers 404"),
        (MOVED, Need.LINK_DOUBTFUL, "2026-11-19", "leads to https://new.example.com/"),
        (LINK | {"verdict": "ok", "doubt": "login", "missing": []}, Need.LINK_DOUBTFUL, "2026-11-19", "answers 404"),
    ],
)
def test_addresses_in_trouble(
    repository: Repository, record: dict[str, Any], need: Need, since: str, said: str
) -> None:
    known(repository)
    found = needs(view_of(repository), Signals(troubles(json.dumps({"https://www.blog.example.com/servers/": record}))))
    text = f"`url`, https://blog.example.com/servers: {said}"
    assert found == [(need, "how-servers-call-2024", since, text)]


def test_addresses_within_a_status_count(repository: Repository) -> None:
    known(repository)
    repository.server(status=ENDED)
    trouble = Trouble(dt.date(2026, 11, 1), gone=True, reason="")
    (found,) = needs(view_of(repository), Signals({"https://example.com/end": trouble}))
    assert found[3] == "`status.source`, https://example.com/end: nothing answers there"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "[" * 9999,
        '{"https://a.example/": []}',
        json.dumps({"https://a.example/": {"verdict": "ok", "observed": "2026-11-19"}}),
        json.dumps({"https://a.example/": {"verdict": "flaky", "observed": "2026-11-19"}}),
        json.dumps({"https://a.example/": {"verdict": "gone", "observed": "yesterday", "missing": 7}}),
        json.dumps({"https://a.example/": MOVED | {"accepted": "moved https://new.example.com/"}}),
    ],
)
def test_what_cannot_be_understood_or_was_accepted_is_no_trouble(text: str) -> None:
    assert troubles(text) == {}
