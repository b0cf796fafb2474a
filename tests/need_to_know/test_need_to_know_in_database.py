"""Who knows of a note, and what is final of it: asked of PostgreSQL as the application's own role."""

from uuid import UUID, uuid4

import pytest
from factories import accounts, need_to_know
from factories.disruption import as_user
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session

COUNTY, OXFORD, CHERWELL = accounts.COUNTY, accounts.OXFORD, accounts.CHERWELL
TABLES = ("need_to_know", "need_to_know_step", "need_to_know_reader", "need_to_know_report", "need_to_know_request")


@pytest.fixture
def author(app: Flask) -> UUID:
    return accounts.user(Role.BRIEFING_AUTHOR)


@pytest.fixture
def approver(author: UUID) -> UUID:
    return accounts.user(Role.BRIEFING_APPROVER)


@pytest.fixture
def reader(author: UUID) -> UUID:
    return accounts.user(Role.BRIEFING_READER)


def counted(user_id: UUID, table: str = "need_to_know") -> int:
    with as_user(user_id):
        return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def refused(user_id: UUID, statement: str, **given: object) -> bool:
    """Whether PostgreSQL refuses a statement of somebody's, or it touches nothing."""
    with as_user(user_id):
        try:
            with db.session.begin_nested():
                done = db.session.execute(text(statement), given)
                return getattr(done, "rowcount", 0) == 0
        except DBAPIError as error:
            return getattr(error.orig, "sqlstate", "") in ("42501", "23514")
        finally:
            db.session.rollback()


def done(user_id: UUID, statement: str, **given: object) -> None:
    """A statement of somebody's that PostgreSQL takes."""
    with as_user(user_id):
        db.session.execute(text(statement), given)
        db.session.commit()


APPROVE = "UPDATE need_to_know SET state = 'approved' WHERE id = :id"
ISSUED = "state = 'issued'"


def test_whoever_wrote_or_changed_a_note_does_not_approve_it(author: UUID, approver: UUID, reader: UUID) -> None:
    note_id = need_to_know.draft(author, reader)
    assert refused(author, APPROVE, id=note_id)
    accounts.give_role(author, Role.BRIEFING_APPROVER)
    assert refused(author, APPROVE, id=note_id)
    assert not refused(approver, APPROVE, id=note_id)
    said_by_another = "UPDATE need_to_know SET state = 'approved', approved_by = :other WHERE id = :id"
    assert refused(author, said_by_another, id=note_id, other=approver)
    assert refused(accounts.user(Role.BRIEFING_APPROVER, CHERWELL), APPROVE, id=note_id)


@pytest.mark.parametrize(
    "changed",
    [
        "what_sealed = '\\x00'",
        "mark = 'official'",
        "handling = 'Copy it'",
        "known_on = known_on - 1",
        "state = 'drafted'",
        "state = 'withdrawn'",
        "issued_at = now() - interval '1 day'",
        "authority_id = gen_random_uuid()",
        "drafted_by = approved_by",
    ],
)
def test_what_was_issued_never_changes(author: UUID, approver: UUID, reader: UUID, changed: str) -> None:
    note_id = need_to_know.issue(author, approver, reader)
    with as_user(approver):
        before = db.session.execute(text("SELECT * FROM need_to_know WHERE id = :id"), {"id": note_id}).one()
    for user_id in (author, approver, reader):
        with as_user(user_id):
            try:
                db.session.execute(text(f"UPDATE need_to_know SET {changed} WHERE id = :id"), {"id": note_id})
                db.session.commit()
            except DBAPIError:
                db.session.rollback()
    with as_user(approver):
        assert db.session.execute(text("SELECT * FROM need_to_know WHERE id = :id"), {"id": note_id}).one() == before


def test_a_note_is_seen_by_its_council_and_once_issued_by_those_it_is_addressed_to(
    author: UUID, approver: UUID, reader: UUID
) -> None:
    others = [accounts.user(role, code) for role in Role for code in (OXFORD, CHERWELL, COUNTY)]
    seeing = {Role.LICENSING_MANAGER, Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER}
    ours = [one for one, role in zip(others[::3], Role, strict=True) if role in seeing]
    drafted = need_to_know.draft(author, reader)
    assert [one for one in others if counted(one)] == ours
    assert counted(reader) == counted(reader, "need_to_know_reader") == 0
    need_to_know.approve(approver, drafted)
    assert counted(reader) == 0
    kept = need_to_know.issue(author, approver, reader, for_county=False)
    assert counted(reader) == 1
    assert counted(reader, "need_to_know_step") == 0
    assert [one for one in others if counted(one)] == ours
    with as_user(reader):
        assert db.session.scalars(text("SELECT id FROM need_to_know")).all() == [kept]
    # What says that the county's report may collect it, its writers know once it is issued.
    need_to_know.issue(author, approver, reader)
    countys = [one for one, role in zip(others[2::3], Role, strict=True) if role in seeing]
    assert {one for one in others if counted(one)} == {*ours, *countys}


def test_nobody_reads_or_acknowledges_for_another_as_if_they_were_them(
    author: UUID, approver: UUID, reader: UUID
) -> None:
    note_id = need_to_know.issue(author, approver, reader)
    given = {"id": note_id}
    here = (
        "UPDATE need_to_know_reader SET acknowledged_on = current_date, acknowledged_how = 'here' WHERE note_id = :id"
    )
    for statement in (
        here,
        "UPDATE need_to_know_reader SET read_at = now() WHERE note_id = :id",
        "UPDATE need_to_know_reader SET removed_at = now() WHERE note_id = :id",
        "UPDATE need_to_know_reader SET office = 'director' WHERE note_id = :id",
        "DELETE FROM need_to_know_reader WHERE note_id = :id",
    ):
        assert refused(author, statement, **given), statement
    assert not refused(author, here.replace("'here'", "'telephone'"), **given)
    assert refused(reader, here.replace("'here'", "'telephone'"), **given)
    assert not refused(reader, here, **given)
    # Whoever approves adds readers to what was issued, and nobody else does.
    add = (
        "INSERT INTO need_to_know_reader (id, authority_id, note_id, user_id, name, council, office)"
        " VALUES (:row, :council, :id, :user, 'Somebody', 'A council', 'other')"
    )
    more = {**given, "row": uuid4(), "council": accounts.authority_id(OXFORD), "user": author}
    assert refused(author, add, **more)
    assert refused(reader, add, **more)
    assert not refused(approver, add, **more)


def test_a_designated_officers_part_is_written_by_one_who_was_asked(author: UUID, approver: UUID, reader: UUID) -> None:
    lado = accounts.user(Role.DESIGNATED_OFFICER, COUNTY)
    asked, unasked = need_to_know.draft(author, lado_asked=True), need_to_know.draft(author)
    write = (
        "INSERT INTO need_to_know_lado_part (id, authority_id, note_id, words_sealed)"
        " VALUES (gen_random_uuid(), :council, :id, '\\x00')"
    )
    council = accounts.authority_id(OXFORD)
    assert not refused(lado, write, id=asked, council=council)
    assert refused(lado, write, id=unasked, council=council)
    assert refused(author, write, id=asked, council=council)
    assert refused(accounts.user(Role.DESIGNATED_OFFICER, CHERWELL), write, id=asked, council=council)
    assert refused(lado, "UPDATE need_to_know SET state = 'withdrawn' WHERE id = :id", id=asked)


def test_a_report_is_issued_by_another_signed_by_oneself_and_stays(app: Flask) -> None:
    author, approver = accounts.user(Role.BRIEFING_AUTHOR, COUNTY), accounts.user(Role.BRIEFING_APPROVER, COUNTY)
    signing = [accounts.user(Role.BRIEFING_READER, COUNTY) for _ in range(3)]
    other = accounts.user(Role.BRIEFING_READER, COUNTY)
    report_id = need_to_know.report(author, approver, signing, issued=False)
    issue = "UPDATE need_to_know_report SET state = 'issued' WHERE id = :id"
    accounts.give_role(author, Role.BRIEFING_APPROVER)
    assert refused(author, issue, id=report_id)
    assert not refused(approver, issue, id=report_id)
    assert counted(signing[0], "need_to_know_report") == 0
    with as_user(approver) as user:
        need_to_know.reporting.issue(user, report_id)
        db.session.commit()
    assert [counted(one, "need_to_know_report") for one in (signing[0], other)] == [1, 0]
    for statement in (
        "UPDATE need_to_know_report SET overview_sealed = '\\x00' WHERE id = :id",
        "UPDATE need_to_know_report SET state = 'drafted' WHERE id = :id",
    ):
        assert refused(approver, statement, id=report_id)
        assert refused(author, statement, id=report_id)
    sign = (
        "UPDATE need_to_know_reader SET acknowledged_on = current_date, acknowledged_how = '{}' WHERE report_id = :id"
    )
    assert refused(author, sign.format("telephone"), id=report_id)
    assert not refused(signing[0], f"{sign.format('here')} AND user_id = :me", id=report_id, me=signing[0])
    assert refused(signing[0], f"{sign.format('here')} AND user_id = :me", id=report_id, me=signing[1])


COLLECT = (
    "INSERT INTO need_to_know_collected (id, authority_id, report_id, note_id)"
    " VALUES (gen_random_uuid(), :council, :report, :note)"
)


@pytest.mark.parametrize(("code", "takes"), [(CHERWELL, []), (COUNTY, ["for_county"])])
def test_a_report_does_not_collect_what_its_writer_knows_as_a_reader_of_their_own(
    author: UUID, approver: UUID, code: str, takes: list[str]
) -> None:
    compiler, colleague = accounts.user(Role.BRIEFING_AUTHOR, code), accounts.user(Role.BRIEFING_APPROVER, code)
    accounts.give_role(compiler, Role.BRIEFING_READER)
    report_id = need_to_know.report(compiler, colleague, [], issued=False)
    notes = {
        "for_county": need_to_know.issue(author, approver, compiler),
        "for us": need_to_know.issue(author, approver, compiler, for_county=False),
    }
    row = {"council": accounts.authority_id(code), "report": report_id}
    assert [one for one, note in notes.items() if not refused(compiler, COLLECT, **row, note=note)] == takes
    # What was collected before this was asked opens a note no longer.
    with owner_session() as session:
        for note in notes.values():
            session.execute(text(COLLECT), {**row, "note": note})
        session.commit()
    assert (counted(compiler), counted(colleague)) == (2, len(takes))


def test_whoever_wrote_any_of_a_report_does_not_issue_it(app: Flask) -> None:
    author, approver = accounts.user(Role.BRIEFING_AUTHOR, COUNTY), accounts.user(Role.BRIEFING_APPROVER, COUNTY)
    wrote, collected = accounts.user(Role.BRIEFING_AUTHOR, COUNTY), accounts.user(Role.BRIEFING_AUTHOR, COUNTY)
    report_id = need_to_know.report(author, approver, [], issued=False)
    note_id = need_to_know.issue(author, approver, accounts.user(Role.BRIEFING_READER, COUNTY))
    change, issue = (f"UPDATE need_to_know_report SET {one} WHERE id = :id" for one in ("handling = ''", ISSUED))
    done(wrote, change, id=report_id)
    done(collected, COLLECT, council=accounts.authority_id(COUNTY), report=report_id, note=note_id)
    done(author, change, id=report_id)
    for one in (author, wrote, collected):
        accounts.give_role(one, Role.BRIEFING_APPROVER)
        assert refused(one, issue, id=report_id)
    assert refused(wrote, "UPDATE need_to_know_report SET authors = '{}' WHERE id = :id", id=report_id)
    assert not refused(approver, issue, id=report_id)


def test_whoever_changed_a_note_is_kept_whatever_they_say_of_it(author: UUID, approver: UUID, reader: UUID) -> None:
    note_id = need_to_know.draft(author, reader, for_county=False)
    change = "UPDATE need_to_know SET for_county = true, handling = 'Tell all' WHERE id = :id"
    assert refused(approver, change, id=note_id)
    changed = accounts.user(Role.BRIEFING_AUTHOR)
    accounts.give_role(changed, Role.BRIEFING_APPROVER)
    done(changed, change, id=note_id)
    done(author, change, id=note_id)
    assert refused(changed, APPROVE, id=note_id)
    assert refused(changed, "UPDATE need_to_know SET authors = '{}' WHERE id = :id", id=note_id)
    back = "UPDATE need_to_know SET state = 'drafted' WHERE id = :id"
    done(approver, back, id=note_id)  # says what to change, and has changed nothing
    done(approver, APPROVE, id=note_id)
    assert refused(author, back, id=note_id)
    assert not refused(approver, back, id=note_id)


def test_nobody_reads_or_acknowledges_before_it_is_issued(author: UUID, approver: UUID, reader: UUID) -> None:
    say = "UPDATE need_to_know_reader SET {}"  # without a condition a row need not be seen to be changed
    here = say.format("acknowledged_on = current_date, acknowledged_how = 'here'")
    read, rung = say.format("read_at = now()"), here.replace("'here'", "'telephone'")
    note_id = need_to_know.draft(author, reader)
    assert [refused(reader, one) for one in (here, read)] == [True, True]
    need_to_know.approve(approver, note_id)
    assert [refused(reader, here), refused(reader, read), refused(author, rung)] == [True, True, True]
    done(approver, "UPDATE need_to_know SET state = 'issued' WHERE id = :id", id=note_id)
    assert [refused(reader, here), refused(reader, read), refused(author, rung)] == [False, False, False]
    done(reader, here)
    signing = [reader, *(accounts.user(Role.BRIEFING_READER) for _ in range(2))]
    report_id = need_to_know.report(author, approver, signing, issued=False)
    assert [refused(one, here) for one in signing[1:]] == [True, True]
    done(approver, f"UPDATE need_to_know_report SET {ISSUED} WHERE id = :id", id=report_id)
    assert [refused(one, here) for one in signing[1:]] == [False, False]


def test_only_the_job_proposes_notes(author: UUID) -> None:
    assert refused(author, "CALL watch_need_to_know(current_date, NULL)")
    assert refused(
        author,
        "INSERT INTO need_to_know_fact (id, authority_id, trigger, object_kind, object_id, on_day)"
        " VALUES (gen_random_uuid(), :council, 'other', 'decision', gen_random_uuid(), current_date)",
        council=accounts.authority_id(OXFORD),
    )
