"""What pages say of measurements: words by level, doubts, what is held back, what differs, what is claimed."""

import pytest

from scripts.facts.lab import save_measurement
from scripts.facts.security import WITHHELD
from scripts.view.capabilities import CAPABILITIES, agreement, answers, capabilities_of, measured_value
from scripts.view.lab import Cell, Mark, mark_of
from scripts.view.rows import View
from tests.conftest import Repository
from tests.measured import CORN, DISPUTES, FINDINGS, HELD, PUBLISHED, REPORTED, fill, keep, measurement, twin
from tests.view.views import software, view_of


@pytest.fixture
def view(repository: Repository) -> View:
    fill(repository)
    return view_of(repository)


def cell(view: View, subject: str, probe: str) -> Cell:
    return next(one.cells[probe] for one in view.lab.sheets["servers"].subjects if one.record.subject == subject)


@pytest.mark.parametrize(
    ("level", "result", "mark"),
    [
        ("must", "pass", Mark.YES),
        ("must", "fail", Mark.NO),
        ("claim", "fail", Mark.NO),
        ("should", "fail", Mark.DEVIATES),
        ("policy", "fail", Mark.ABSENT),
        ("policy", "unsupported", Mark.ABSENT),
        ("must", "error", Mark.UNDECIDED),
    ],
)
def test_words_follow_from_the_level(level: str, result: str, mark: Mark) -> None:
    assert mark_of(level, result) is mark  # type: ignore[arg-type]  # parametrised


def test_doubts_are_marked(view: View) -> None:
    assert cell(view, "examplecorn", "scope.state_from_lifespan").flaky
    assert not cell(view, "examplecorn", "http1.basic").flaky
    disputed = cell(view, "othercorn", "http1.date_header").dispute
    assert disputed
    assert disputed.source.endswith("/9")
    assert cell(view, "examplecorn", "http1.date_header").dispute is None


def test_findings_are_held_back_with_all_that_could_be_one(view: View) -> None:
    for subject in ("othercorn", "examplecorn", "examplecorn-h2"):
        for probe in FINDINGS:
            held = cell(view, subject, probe)
            assert (held.mark, held.word, held.result) == (Mark.HELD, "held back", "held")
            assert held.detail == f"{HELD} The project has not been told yet."
    assert "was a fail" in cell(view, "examplecorn", "http1.keepalive").detail


def test_the_day_on_which_a_project_was_told_is_shown(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", REPORTED)
    view = view_of(repository)
    for probe in FINDINGS:
        assert cell(view, "othercorn", probe).detail == f"{HELD} The project was told on 2026-11-20."
        assert cell(view, "examplecorn", probe).detail.endswith("has not been told yet.")


def test_what_is_public_is_told_without_what_was_observed(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED)
    view = view_of(repository)
    told = cell(view, "othercorn", "security.cl_and_te_rejected")
    assert (told.mark, told.detail) == (Mark.NO, f"{WITHHELD} The project was told on 2026-11-20.")
    assert told.report
    assert "was a pass" in cell(view, "othercorn", "security.bare_lf_rejected").detail
    assert cell(view, "examplecorn", "security.bare_lf_rejected").mark is Mark.ABSENT


def test_what_is_held_back_is_never_the_same_for_all(view: View) -> None:
    assert not FINDINGS & view.lab.sheets["servers"].same


def test_what_everybody_answers_alike_is_the_same(view: View) -> None:
    same = view.lab.sheets["servers"].same
    assert {"http1.basic", "lifespan.scope", "websocket.accept_text_echo"} <= same
    assert not {"http1.keepalive", "http2.alpn_tls"} & same
    assert "scope.state_from_lifespan" not in same, "flaky results are never folded away"


def test_a_disputed_result_is_never_folded_away(repository: Repository) -> None:
    fill(repository)
    text = (repository.root / "data/disputes.yml").read_text(encoding="utf-8")
    repository.write("data/disputes.yml", text.replace("http1.date_header", "http1.basic"))
    assert "http1.basic" not in view_of(repository).lab.sheets["servers"].same


def test_alone_nothing_is_the_same_for_all(view: View) -> None:
    assert view.lab.sheets["middleware"].same == frozenset()


def test_a_configuration_that_says_what_the_default_says_is_its_twin(repository: Repository) -> None:
    fill(repository)
    assert view_of(repository).lab.sheets["servers"].twins == frozenset()
    keep(repository, "servers", twin())
    assert view_of(repository).lab.sheets["servers"].twins == {"examplecorn-loop"}
    other = measurement("othercorn-loop", "othercorn", "Othercorn on another loop", CORN)
    keep(repository, "servers", other)
    assert "othercorn-loop" not in view_of(repository).lab.sheets["servers"].twins, "it is of another entry"


@pytest.mark.parametrize("doubt", ["flaky", "disputed"])
def test_who_is_doubted_is_no_twin(repository: Repository, doubt: str) -> None:
    fill(repository)
    keep(repository, "servers", twin())
    if doubt == "disputed":
        repository.write("data/disputes.yml", DISPUTES.replace("othercorn", "examplecorn-loop"))
    else:
        results = CORN | {"http1.basic": "flaky"}
        keep(repository, "servers", measurement("examplecorn-loop", "examplecorn", "Examplecorn, flaky", results))
    assert view_of(repository).lab.sheets["servers"].twins == frozenset()


def test_variants_stand_together_the_default_first(view: View) -> None:
    ((sheet, subjects),) = view.lab.of_entry("examplecorn")
    assert sheet.kind == "servers"
    assert [one.record.subject for one in subjects] == ["examplecorn", "examplecorn-h2"]
    assert view.lab.of_entry("how-servers-call-2024") == ()


def test_groups_are_in_the_order_of_pages_and_empty_ones_are_left_out(view: View) -> None:
    assert [group.title for group in view.lab.sheets["servers"].groups] == [
        "HTTP/1.1",
        "HTTP/2",
        "HTTP/3",
        "WebSocket",
        "Lifespan",
        "The scope",
        "Extensions",
        "Malformed and hostile requests",
    ]
    assert [group.id for group in view.lab.sheets["middleware"].groups] == ["http"], "trio was not asked"


def test_claims_stand_beside_what_was_measured(view: View) -> None:
    row = software(view, "examplecorn")
    said = {one.capability.id: agreement(one, row) for one in answers("examplecorn", view.lab)}
    assert said["http1"] == "claimed and measured"
    assert said["http2"] == "measured, though not claimed", "one variant speaks it"
    assert said["http3"] == "claimed, but measured otherwise"
    assert said["trailers"] is None
    assert all(agreement(one, software(view, "othercorn")) is None for one in answers("othercorn", view.lab))


def test_what_could_not_be_decided_is_neither_there_nor_not(view: View) -> None:
    assert "http3" not in capabilities_of("othercorn", view.lab)
    http3 = next(one for one in CAPABILITIES if one.id == "http3")
    assert measured_value(software(view, "othercorn"), view.lab, http3).text == "could not be decided"


def test_a_value_says_which_variant_has_it_and_when(view: View) -> None:
    http2 = next(one for one in CAPABILITIES if one.id == "http2")
    value = measured_value(software(view, "examplecorn"), view.lab, http2)
    assert (value.text, value.note) == ("yes", "only as Examplecorn with HTTP/2; measured, though not claimed")
    assert value.odd
    assert value.origin
    assert (str(value.origin.date), value.origin.source) == ("2026-11-21", "measured here in 2.1")
    assert not measured_value(software(view, "example-guard"), view.lab, http2).known


def test_what_was_measured_last_dates_the_pages(repository: Repository) -> None:
    fill(repository)
    path = repository.root / "data/facts/lab/servers/othercorn.json"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-11-21", "2027-01-02"), encoding="utf-8")
    assert str(view_of(repository).as_of) == "2027-01-02"


def test_the_best_of_variants_is_told_and_trio_only_where_it_was_asked_for(repository: Repository) -> None:
    fill(repository)
    error, absent = CORN | {"http3.get": "error"}, CORN | {"http3.get": "unsupported"}
    for one in (
        measurement("examplecorn", "examplecorn", "Examplecorn", error, default=True),
        measurement("examplecorn-h2", "examplecorn", "Trio", absent, options=["-k", "trio"]),
    ):
        save_measurement(repository.root, "servers", one)
    view = view_of(repository)
    said = {one.capability.id: one for one in answers("examplecorn", view.lab)}
    assert said["http3"].word == "not supported", "one of them could be decided"
    assert [one.name for one in said["trio"].asked] == ["Trio"]
    assert "trio" not in {one.capability.id for one in answers("othercorn", view.lab)}
