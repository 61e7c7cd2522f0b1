"""The rule of activity, at its edges."""

import datetime as dt

import pytest

from scripts.catalogue.models import Status
from scripts.view.activity import RULES, Activity, activity

AS_OF = dt.date(2026, 11, 22)
ENDED = Status(state="archived", reason="Its owner archived the repository.", source="https://github.com/a/b")
ALIVE = Status(state="active", reason="It was moved and is being maintained.", source="https://github.com/a/b")


@pytest.mark.parametrize(
    ("last_sign", "expected"),
    [
        (None, Activity.UNKNOWN),
        (dt.date(2026, 11, 22), Activity.ACTIVE),
        (dt.date(2025, 11, 22), Activity.ACTIVE),
        (dt.date(2025, 11, 21), Activity.QUIET),
        (dt.date(2023, 11, 22), Activity.QUIET),
        (dt.date(2023, 11, 21), Activity.DORMANT),
        (dt.date(1999, 1, 1), Activity.DORMANT),
    ],
)
def test_dates_decide(last_sign: dt.date | None, expected: Activity) -> None:
    assert activity(None, last_sign, AS_OF) is expected


@pytest.mark.parametrize("last_sign", [None, AS_OF, dt.date(1999, 1, 1)])
def test_a_humans_word_goes_before_dates(last_sign: dt.date | None) -> None:
    assert activity(ENDED, last_sign, AS_OF) is Activity.ENDED
    assert activity(ALIVE, last_sign, AS_OF) is Activity.ACTIVE


def test_the_forges_word_goes_before_dates_and_behind_a_humans() -> None:
    assert activity(None, AS_OF, AS_OF, archived=True) is Activity.ENDED
    assert activity(ALIVE, AS_OF, AS_OF, archived=True) is Activity.ACTIVE


def test_months_end_on_days_that_exist() -> None:
    leap = dt.date(2028, 2, 29)
    assert activity(None, dt.date(2027, 2, 28), leap) is Activity.ACTIVE
    assert activity(None, dt.date(2027, 2, 27), leap) is Activity.QUIET


def test_only_dormant_and_ended_are_not_alive() -> None:
    assert [state for state in Activity if not state.alive] == [Activity.DORMANT, Activity.ENDED]


def test_every_activity_states_its_rule() -> None:
    assert set(RULES) == set(Activity)
