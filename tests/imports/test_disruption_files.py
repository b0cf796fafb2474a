"""Files of disruption, awareness and indicators: what is refused and why, who brings them, and what is filled in."""

from datetime import timedelta
from pathlib import Path

import pytest
from factories import accounts, concerns, disruption, register
from flask import Flask
from imports.conftest import BringIn
from sqlalchemy import func, select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import act_as, db
from licensing.disruption.models import Action, ActionAgency, ActionEvent, EffectReview, Target
from licensing.disruption.queries import acting_agencies
from licensing.disruption.words import ActionState, AgencyKind
from licensing.imports import changes, limits, queries
from licensing.imports.models import Import, ImportChunk
from licensing.imports.options import Options
from licensing.imports.refused import FileRefused
from licensing.imports.rules import ImportKind
from licensing.imports.whose import kinds_of
from licensing.permissions import Role
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.register import queries as registers
from licensing.register.places import PremisesKind

HEADINGS = (
    "source_id,power_code,lead_agency,partner_agencies,target_kind,target_name,target_address,target_postcode,"
    "decided_on,served_on,in_force_on,ends_on,outcome,result\n"
)
LODGE = "premises,The Sample Lodge,1 Sample Street,OX99 1AA"
ADULT = "person,Rowan Sampleton,,"
# Column, a part of the reason, and the row that is refused for it.
REFUSED = (
    ("power_code", "write one of ALC146", f"R1,FIRE99,police,,{LODGE},2013-06-04,,,,,"),
    ("lead_agency", "No agency here has this name", f"R2,CAWN,Sample Rangers,,{ADULT},2013-06-04,,,,,"),
    ("lead_agency", "art.31", f"R3,FIRE31,police,,{LODGE},2013-06-04,,,,,"),
    (
        "partner_agencies",
        "Sample Rangers: No agency",
        f"R4,CAWN,police,licensing; Sample Rangers,{ADULT},2013-06-04,,,,,",
    ),
    ("target_kind", "used on: premises", f"R5,SOACL,police,,{ADULT},2013-06-04,,,,,"),
    ("target_kind", "write one of person", "R6,CAWN,police,,ghost,Sampleton,,,2013-06-04,,,,,"),
    ("target_address", "address or the postcode", "R7,FIRE31,FRS,,premises,The Sample Lodge,,,2013-06-04,,,,,"),
    ("decided_on", "was not the law on 4 June 2013", f"R8,ASBCN,police,,{LODGE},2013-06-04,,,,,"),
    ("decided_on", "in the future", f"R9,CAWN,police,,{ADULT},2099-06-04,,,,,"),
    ("decided_on", "is needed", f"R10,CAWN,police,,{ADULT},,,,,,"),
    ("in_force_on", "before it was served", f"R11,FIRE31,FRS,,{LODGE},2013-06-04,2013-06-08,2013-06-06,,,"),
    ("ends_on", "6 months at most", f"R12,SOACL,police,,{LODGE},2013-06-04,,2013-06-04,2014-06-04,,"),
    ("outcome", "write one of considered", f"R13,CAWN,police,,{ADULT},2013-06-04,,,,pondered,"),
    ("result", "write one of none", f"R14,CAWN,police,,{ADULT},2013-06-04,,2013-06-04,,,splendid"),
    ("result", "that took effect", f"R15,CAWN,police,,{ADULT},2013-06-04,,,,,effective"),
)
GOOD = f"G1,FIRE31,FRS,,{LODGE},2013-06-04,,2013-06-04,,in force,\n"


@pytest.fixture
def agencies(app: Flask) -> None:
    for kind in (AgencyKind.POLICE, AgencyKind.FIRE_AND_RESCUE, AgencyKind.LICENSING):
        disruption.agency(kind, is_partner=kind is AgencyKind.POLICE)


def act_for(kind: AgencyKind, code: str = accounts.OXFORD) -> ActingUser:
    """A disruption officer of an agency, who acts from here on."""
    act_as(accounts.open_session(disruption.officer_of(disruption.agency(kind, code), code)))
    user = who_is_acting()
    assert user is not None
    return user


def stage(user: ActingUser, path: Path, kind: ImportKind, content: str) -> tuple[str, ...]:
    """Bring a file in as the acting user; what became of its rows, in counts."""
    file = path / "file.csv"
    file.write_text(content)
    import_id, _ = changes.stage(user, file, file.name, kind, Options(), limits.WEB)
    changes.apply(user, import_id)
    db.session.commit()
    receipt = queries.one_import(import_id).receipt
    return tuple(f"{receipt[name]} {name}" for name in ("new", "changed", "unchanged") if receipt[name])


@pytest.mark.usefixtures("agencies")
def test_a_row_that_cannot_be_so_is_refused_beside_its_reason_and_the_rest_is_taken(bring_in: BringIn) -> None:
    receipt = bring_in(ImportKind.DISRUPTION, HEADINGS + "\n".join(row for *_, row in REFUSED) + "\n" + GOOD)
    said = {one["row"]: (one["column"], one["reason"]) for one in receipt["rejected"]}
    for number, (column, reason, _) in enumerate(REFUSED, 2):
        assert said[number][0] == column, said[number]
        assert reason in said[number][1]
    assert (receipt["accepted"], receipt["new"], len(receipt["rejected"])) == (1, 1, len(REFUSED))
    assert all("Sampleton" not in str(one) for one in receipt["rejected"])


@pytest.mark.usefixtures("agencies")
def test_a_place_is_not_closed_twice_at_once_nor_by_the_file_before(bring_in: BringIn) -> None:
    register.add_premises(accounts.OXFORD, "The Sample Lodge", PremisesKind.GUESTHOUSE)
    assert bring_in(ImportKind.DISRUPTION, HEADINGS + GOOD)["new"] == 1
    again = GOOD.replace("G1", "G2").replace("2013-06-04", "2014-01-01").replace("OX99 1AA", "ox991aa")
    (refused,) = bring_in(ImportKind.DISRUPTION, HEADINGS + GOOD + again)["rejected"]
    assert (refused["row"], refused["column"]) == (3, "in_force_on")
    assert "is in force here already for some of these days" in refused["reason"]


@pytest.mark.usefixtures("agencies")
def test_a_result_in_a_file_stands_beside_what_was_counted_where_the_place_is_known(bring_in: BringIn) -> None:
    today = dates.today()
    place = register.add_premises(accounts.OXFORD, "The Sample Lodge", PremisesKind.GUESTHOUSE)
    officer, effect = accounts.user(Role.LICENSING_OFFICER), today - timedelta(days=40)
    for days in (-3, -2, 5):
        concerns.linked(officer, place, effect + timedelta(days=days), table="premises")
    row = "{},FIRE31,FRS,,premises,{},,{},{day},,{day},,,effective\n"
    rows = row.format("K1", "The Sample Lodge", "OX99 1AA", day=effect)
    rows += row.format("K2", "Nowhere Lodge", "OX99 1ZZ", day=effect)
    assert bring_in(ImportKind.DISRUPTION, HEADINGS + rows)["new"] == 2
    reviews = select(Action.source_id, EffectReview.after_days, EffectReview.reports_before, EffectReview.reports_after)
    found = db.session.execute(reviews.join(Action, Action.id == EffectReview.action_id).order_by(Action.source_id))
    assert [tuple(one) for one in found] == [("K1", 30, 2, 1), ("K2", 30, None, None)]


@pytest.mark.usefixtures("agencies")
def test_a_later_file_fills_in_and_takes_nothing_back(bring_in: BringIn) -> None:
    first = "A1,CAWN,police,," + ADULT + ",2013-06-04,,,,,\n"
    more = "A1,CAWN,police,fire,person,Robin Sampleton,,,2013-06-04,2013-06-05,2013-06-05,2014-06-05,breached,none\n"
    assert bring_in(ImportKind.DISRUPTION, HEADINGS + first)["new"] == 1
    changed = bring_in(ImportKind.DISRUPTION, HEADINGS + first + more)
    assert (changed["unchanged"], changed["changed"]) == (1, 1)
    assert bring_in(ImportKind.DISRUPTION, HEADINGS + first + more)["unchanged"] == 2
    (action,) = db.session.scalars(select(Action))
    assert (action.state, str(action.ends_on)) == (ActionState.BREACHED, "2014-06-05")
    counted = {
        model: db.session.scalar(select(func.count()).select_from(model))
        for model in (Target, ActionEvent, ActionAgency)
    }
    assert counted == {Target: 2, ActionEvent: 5, ActionAgency: 3}
    kept = bring_in(ImportKind.DISRUPTION, HEADINGS + first.replace("2013-06-04", "2012-01-01"))
    assert (kept["unchanged"], "decided_on: something else is recorded" in kept["warnings"][-1]) == (1, True)
    house = f"A1,CAWN,police,,{LODGE},2013-06-04,,,,,\n"  # the power is not used on premises, the action is about one
    assert bring_in(ImportKind.DISRUPTION, HEADINGS + house)["changed"] == 1
    (other,) = bring_in(ImportKind.DISRUPTION, HEADINGS + first.replace("CAWN", "SRO"))["rejected"]
    assert (other["column"], "another power: CAWN" in other["reason"]) == ("power_code", True)


@pytest.mark.usefixtures("agencies")
def test_whoever_works_on_disruption_brings_in_its_files_alone_and_sees_no_others(app: Flask, tmp_path: Path) -> None:
    fire = act_for(AgencyKind.FIRE_AND_RESCUE)
    assert kinds_of(fire, registers.functions_of(fire.authority.id)) == [
        ImportKind.DISRUPTION,
        ImportKind.AWARENESS,
        ImportKind.INDICATORS,
    ]
    with pytest.raises(FileRefused, match="may not bring in files of this kind"):
        stage(fire, tmp_path, ImportKind.DRIVERS, "family_name,licence_no,licence_type\nSample,1,dual\n")
    db.session.rollback()
    counts = "code,agency,period_start,period_end,value\nCASELOAD,,2015-01-01,2015-01-31,70\n"
    assert stage(fire, tmp_path, ImportKind.INDICATORS, counts) == ("1 new",)
    warned = HEADINGS + f"A1,CAWN,police,,{ADULT},2013-06-04,2013-06-05,,,,\n"
    assert stage(fire, tmp_path, ImportKind.DISRUPTION, warned) == ("1 new",)

    licensing = act_for(AgencyKind.LICENSING)
    assert [one.id for one in acting_agencies()] == [disruption.agency(AgencyKind.LICENSING)]
    assert list(db.session.scalars(select(Import.kind))) == [ImportKind.INDICATORS]
    assert db.session.scalar(select(func.count(func.distinct(ImportChunk.import_id)))) == 1
    assert list(db.session.scalars(select(Action.id))) == []
    assert stage(licensing, tmp_path, ImportKind.DISRUPTION, warned) == ("1 new",)  # the key tells it nothing
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL)))
    assert list(db.session.scalars(select(Import.kind))) == []
    assert list(db.session.scalars(select(IndicatorCount.value))) == [70]


def test_somebody_of_no_agency_brings_in_no_actions(app: Flask, tmp_path: Path) -> None:
    act_as(accounts.open_session(accounts.user(Role.DISRUPTION_OFFICER)))
    user = who_is_acting()
    assert user is not None
    with pytest.raises(FileRefused, match="You work for no agency yet"):
        stage(user, tmp_path, ImportKind.DISRUPTION, HEADINGS + GOOD)


@pytest.mark.usefixtures("agencies")
def test_a_figure_that_differs_takes_the_place_of_the_one_before_and_an_old_file_does_not_bring_it_back(
    app: Flask, tmp_path: Path
) -> None:
    user = act_for(AgencyKind.FIRE_AND_RESCUE)
    counts = "code,agency,period_start,period_end,value\nScreening tools,police,2014-04-01,2014-12-31,300\n"
    done = "source_id,kind,audience,held_on,place,reach,agency\nW1,talk,members,2014-03-10,Oxford,40,fire service\n"
    for kind, content, figure, more in (
        (ImportKind.INDICATORS, counts, ",300\n", ",327\n"),
        (ImportKind.AWARENESS, done, ",40,", ",48,"),
    ):
        assert stage(user, tmp_path, kind, content) == ("1 new",)
        assert stage(user, tmp_path, kind, content.replace(figure, more)) == ("1 changed",)
        assert stage(user, tmp_path, kind, content) == ("1 unchanged",)
    stands = IndicatorCount.superseded_at.is_(None)
    assert list(db.session.scalars(select(IndicatorCount.value).order_by(stands))) == [300, 327]
    reached = select(AwarenessActivity.reach).where(AwarenessActivity.superseded_at.is_(None))
    assert list(db.session.scalars(reached)) == [48]
    wrong = "code,agency,period_start,period_end,value\nLUCK,police,2014-04-01,2014-12-31,1\n"
    wrong += "CASELOAD,police,2014-12-31,2014-04-01,1\nCASELOAD,police,2014-04-01,2099-12-31,1\n"
    wrong += "CASELOAD,police,2014-04-01,2014-12-31,several\n"
    file = tmp_path / "wrong.csv"
    file.write_text(wrong)
    plan, _ = changes.plan_file(user, file, ImportKind.INDICATORS, Options(), limits.WEB)
    assert [one.column for one in plan.rejected] == ["code", "period_end", "period_end", "value"]
    file.write_text(done.replace("talk", "seance").replace("members", "ghosts"))
    plan, _ = changes.plan_file(user, file, ImportKind.AWARENESS, Options(), limits.WEB)
    assert [one.column for one in plan.rejected] == ["kind", "audience"]
