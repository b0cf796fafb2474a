"""The sample allegations: in each stage, about invented holders, and marked as samples wherever they are written."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from licensing.sample import councils, loading
from licensing.sample.allegations import CASES
from licensing.sample.councils import Scale
from licensing.setup import owner_session


def test_there_is_a_case_in_each_stage_and_the_ordinary_trail_knows_of_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(councils._HOLDERS, Scale.SMALL, 100)
    loading.load(Scale.SMALL, date(2026, 11, 21), loading.missing(Scale.SMALL), lambda _: None)
    with owner_session() as session:
        stages = session.scalars(text("SELECT stage FROM lado_case WHERE subject_key IS NOT NULL ORDER BY stage"))
        assert stages.all() == sorted(one.stage.value for one in CASES)
        assert session.scalar(text("SELECT count(*) FROM audit_entry WHERE object_kind = 'allegation'")) == 0
        assert session.scalar(text("SELECT count(*) FROM case_action WHERE done_on IS NULL")) == 1
        assert session.scalar(text("SELECT count(*) FROM subject_access_request WHERE answered_on IS NULL")) == 1


def test_whatever_a_caller_says_is_marked_as_a_sample() -> None:
    assert all("(Sample)" in one.words for one in CASES)
