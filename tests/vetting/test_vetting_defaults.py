"""The national lengths of checks and of training are those that the clocks begin with: nobody reads two answers."""

import pytest
from flask import Flask
from sqlalchemy import select

from licensing.deadlines.catalogue import national_rules
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Unit
from licensing.setup import owner_session
from licensing.training.models import TrainingPolicy
from licensing.training.rules import Audience
from licensing.vetting.catalogue import NATIONAL
from licensing.vetting.rules import CheckKind, LengthUnit

_MONTHS = {"months": 1, "years": 12}


def months_of_clock(code: ClockCode) -> int:
    (rule,) = (one for one in national_rules() if one.code is code)
    assert rule.unit in (Unit.MONTHS, Unit.YEARS)
    return rule.length * _MONTHS[rule.unit]


def months_of_check(check: CheckKind) -> set[int]:
    every = [one for one in NATIONAL if one.check is check]
    assert all(one.unit in (LengthUnit.MONTHS, LengthUnit.YEARS) for one in every)
    return {(one.length or 0) * _MONTHS[one.unit or ""] for one in every}


@pytest.mark.parametrize(
    ("check", "code"),
    [(CheckKind.DBS_STATUS, ClockCode.DBS_UPDATE), (CheckKind.BASIC_DBS, ClockCode.DBS_BASIC)],
)
def test_a_check_is_as_long_good_for_as_its_clock_says(check: CheckKind, code: ClockCode) -> None:
    assert months_of_check(check) == {months_of_clock(code)}


def test_training_is_refreshed_when_its_clock_says(app: Flask) -> None:
    default = select(TrainingPolicy).where(TrainingPolicy.authority_id.is_(None))
    with owner_session() as session:
        policy = session.scalars(default.where(TrainingPolicy.audience == Audience.DRIVER)).one()
        assert (policy.length or 0) * _MONTHS[policy.unit] == months_of_clock(ClockCode.TRAIN_REFRESH)
