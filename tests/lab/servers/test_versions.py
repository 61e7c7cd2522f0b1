"""Nobody is at fault against a version that they do not speak."""

import json
from pathlib import Path

import pytest

from scripts.lab.events import Case, Log
from scripts.lab.plan import Verdict, failed, passed
from scripts.lab.servers.versions import since


@pytest.mark.parametrize(
    ("spoken", "asked", "verdict"),
    [
        ("2.3", "2.4", Verdict.UNSUPPORTED),
        ("2.4", "2.4", Verdict.FAIL),
        ("2.10", "2.4", Verdict.FAIL),
        ("2.0", "2.1", Verdict.UNSUPPORTED),
    ],
)
def test_only_a_version_that_is_spoken_binds(tmp_path: Path, spoken: str, asked: str, verdict: Verdict) -> None:
    log = tmp_path / "events"
    log.write_text(json.dumps({"case": "c1", "event": "called", "spec_version": spoken}) + "\n", encoding="utf-8")
    case = Case("c1", "closes", Log(log), tmp_path)
    outcome = since(asked, case, failed("Sending raised nothing."))
    assert outcome.verdict is verdict
    assert outcome.detail.startswith("Sending raised nothing.")
    assert (spoken in outcome.detail) is (verdict is Verdict.UNSUPPORTED)
    assert since(asked, case, passed("Sending raised.")) == passed("Sending raised.")
