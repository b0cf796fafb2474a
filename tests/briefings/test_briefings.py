"""From a draft to its readers: over the pages, and against whoever asks the database itself."""

import html
import re
from datetime import timedelta
from io import BytesIO
from itertools import chain
from typing import Any, cast
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, briefings, register, signals, training
from factories.disruption import as_user
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import CursorResult, text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.briefings import changes, queries
from licensing.briefings import content as contents
from licensing.briefings.blocks import Block
from licensing.briefings.page import pages
from licensing.briefings.rules import Moved, State
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.figures.aims import Aim
from licensing.figures.rules import Period
from licensing.figures.words import Better
from licensing.measures import changes as measures
from licensing.permissions import Role
from licensing.setup import owner_session

TYPED = {
    "audience": "chief_executives",
    "from_on-day": "1",
    "from_on-month": "6",
    "from_on-year": "2026",
    "until_on-day": "31",
    "until_on-month": "8",
    "until_on-year": "2026",
    "headline": "More drivers are trained than before.",
    "asked": "Agree a joint visit.",
}


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_briefing_goes_from_a_draft_to_its_reader_and_is_printed_alike_ever_after(app: Flask) -> None:
    office = briefings.office()
    author, approver, reader = (browsers.of_user(app, one) for one in (office.author, office.approver, office.reader))
    page = author.post("/briefings/draft", data=TYPED).location
    assert "More drivers are trained than before." in author.get(page).text
    assert reader.get(page).status_code == 404
    assert author.get(f"{page}/approve").status_code == 403
    approver.post(f"{page}/comment", data={"words": "Say which drivers."})
    assert "Say which drivers." in author.get(page).text
    author.post(f"{page}/words", data={"headline": "More private hire drivers are trained.", "anew": "y"})
    assert approver.post(f"{page}/approve").status_code == 302
    assert approver.post(f"{page}/publish", data={}).status_code == 422
    approver.post(f"{page}/publish", data={"readers": [str(office.reader)]})
    assert "More private hire drivers are trained." in reader.get(page).text
    assert "to read" in reader.get("/").text
    printed = reader.get(f"{page}/pdf").data
    reader.post(f"{page}/read")
    assert "Not yet" not in approver.get(page).text
    register.add_all([register.numbered(one) for one in range(9)], accounts.OXFORD)
    assert reader.get(f"{page}/pdf").data == printed
    pages = PdfReader(BytesIO(printed))
    assert len(pages.pages) == 2
    assert pages.metadata is not None
    assert pages.metadata.title == "Briefing for chief executives, Oxfordshire"
    assert pages.trailer["/Root"]["/Lang"] == "en-GB"
    assert [one["/Title"] for one in _flat(pages.outline)][1:] == [
        "What leaders need to know",
        "By district, and what the numbers mean",
    ]
    second = author.post(f"{page}/supersede").location
    assert second != page
    assert "version 2" in author.get(second).text
    assert "taken the place" not in reader.get(page).text


def test_figures_are_held_against_what_their_own_council_chose_by_then(app: Flask) -> None:
    office, today, code = briefings.office(accounts.OXFORD), dates.today(), "training.in_date_percent"
    people = register.add_all([register.numbered(one) for one in range(9)], accounts.OXFORD)
    lately = Period(today - timedelta(days=30), today)
    missed = "training is in date: 0%; the target is "
    training.record(accounts.OXFORD, people[0], training.EXPIRED)
    made = briefings.drafted(office, period=lately)
    browser = browsers.of_user(app, office.author)
    assert f"{missed}100%, within 5." in browser.get(f"/briefings/{made}").text
    aim = Aim(60, 10, Better.MORE)
    with as_user(office.approver) as approver:
        measures.choose(approver, code, aim, office.author, today, "A first step.", today=today)
        db.session.commit()
    told = words_of(browser.get(f"/briefings/{briefings.drafted(office, period=lately)}/pdf").data)
    assert f"{missed}60% or more, within 10." in told
    earlier = briefings.drafted(office, period=Period(lately.from_on, today - timedelta(days=1)))
    assert f"{missed}100%, within 5." in browser.get(f"/briefings/{earlier}").text
    # Another council's choice is nobody's but its own.
    with as_user(briefings.office(accounts.CHERWELL).author):
        asked = {"own": accounts.authority_id(accounts.OXFORD)}
        assert db.session.execute(text("SELECT * FROM aims_chosen(:own, current_date, now())"), asked).all() == []


def test_whoever_is_left_off_the_next_version_learns_that_there_is_one(app: Flask) -> None:
    office, other = briefings.office(), accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    first = briefings.published(office)
    author, approver = (browsers.of_user(app, one) for one in (office.author, office.approver))
    second = author.post(f"/briefings/{first}/supersede").location
    assert approver.post(f"{second}/approve").status_code == 302
    assert approver.post(f"{second}/publish", data={"readers": [str(other)]}).status_code == 302
    reader = browsers.of_user(app, office.reader)
    assert "Another version has taken the place of this one." in reader.get(f"/briefings/{first}").text
    assert reader.get(second).status_code == 404
    with as_user(office.reader):
        assert queries.unread(office.reader) == 0
    stranger = accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    with as_user(stranger):
        assert queries.superseded_among([first]) == set()


def test_another_version_is_drafted_instead_of_what_was_approved_and_only_that_is_published(app: Flask) -> None:
    office = briefings.office()
    first = briefings.approved(office)
    author, approver = (browsers.of_user(app, one) for one in (office.author, office.approver))
    assert "is not published any more" in author.get(f"/briefings/{first}/supersede").text
    second = author.post(f"/briefings/{first}/supersede").location
    assert "Publish it" not in approver.get(f"/briefings/{first}").text
    refused = approver.post(f"/briefings/{first}/publish", data={"readers": [str(office.reader)]})
    assert "Another version takes the place of this one" in refused.text
    assert _refused(office.approver, "UPDATE briefing SET published_at = now() WHERE id = :id", first)
    with as_user(office.approver):
        assert queries.in_state(State.APPROVED) == 0
    approver.post(f"{second}/approve")
    assert approver.post(f"{second}/publish", data={"readers": [str(office.reader)]}).status_code == 302
    assert browsers.of_user(app, office.reader).get(second).status_code == 200


def test_who_is_to_read_it_too_is_added_to_what_was_published(app: Flask) -> None:
    office, other = briefings.office(), accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    made = briefings.published(office)
    approver, reader = browsers.of_user(app, office.approver), browsers.of_user(app, other)
    assert reader.get(f"/briefings/{made}").status_code == 404
    page = approver.get(f"/briefings/{made}/publish").text
    assert (str(office.reader) in page, str(other) in page) == (False, True)
    assert approver.post(f"/briefings/{made}/publish", data={"readers": [str(other)]}).status_code == 302
    assert reader.get(f"/briefings/{made}").status_code == 200
    with as_user(office.approver):
        assert len(queries.briefing(made).readers) == 2


def _flat(outline: list[object]) -> list[dict[str, str]]:
    return [part for one in outline for part in (_flat(one) if isinstance(one, list) else [one])]


def test_the_page_says_what_the_pdf_says(app: Flask) -> None:
    register.add_all([register.numbered(one) for one in range(9)], accounts.OXFORD)
    office = briefings.office()
    browser = browsers.of_user(app, office.author)
    made = briefings.drafted(office)
    page = browser.get(f"/briefings/{made}").text
    printed = words_of(browser.get(f"/briefings/{made}/pdf").data)
    with as_user(office.author):
        fingerprint = queries.briefing(made).fingerprint
        content = contents.from_json(queries.briefing(made).content)
    assert fingerprint in printed
    shown, written = letters_of(html.unescape(re.sub(r"<[^>]+>", " ", page))), letters_of(printed)
    said = [one for block in (*chain.from_iterable(pages(content)),) for one in words_of_block(block)]
    assert len(said) > 100
    assert [one for one in said if letters_of(one) not in shown] == []
    assert [one for one in said if letters_of(one) not in written] == []
    assert "Draft: Briefing for chief executives" in printed


def words_of_block(block: Block) -> list[str]:
    """Everything that a block says, a cell or a label at a time."""
    numbers = [one for each in block.numbers for one in (each.shown, each.name, each.direction)]
    cells = [cell for row in block.rows for cell in row]
    charts = [
        one for chart in block.charts for one in (chart.title, *(word for line in chart.lines for word in line[::2]))
    ]
    found = (
        block.heading,
        *block.paragraphs,
        *block.points,
        *block.more,
        *(block.columns if block.rows else ()),
        *numbers,
        *cells,
        *map(str, charts),
    )
    return [one for one in found if one]


def letters_of(words: str) -> str:
    """Without what only divides lines: a long cell is broken where it must be."""
    return "".join(words.split())


def test_whoever_wrote_of_it_never_approves_it(app: Flask) -> None:
    office = briefings.office()
    made = briefings.drafted(office)
    with owner_session() as session:
        session.execute(
            text("INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :who, 'briefing_approver')"),
            {"who": office.author},
        )
        session.commit()
    with as_user(office.author) as author, pytest.raises(RuleBroken, match="Somebody else"):
        changes.approve(author, queries.briefing(made), [], as_computed=False)
    freeze = (
        "UPDATE briefing SET approved_at = now(), pdf = '\\x00', sha256 = encode(sha256('\\x00'::bytea), 'hex')"
        " WHERE id = :id"
    )
    assert _refused(office.author, freeze, made)
    assert not _refused(office.approver, freeze, made)


def test_what_moved_since_is_said_before_it_is_approved(app: Flask) -> None:
    office = briefings.office()
    made = briefings.drafted(office)
    register.add_all([register.numbered(one) for one in range(9)], accounts.OXFORD)
    with as_user(office.approver) as approver:
        moved = changes.moved(approver, queries.briefing(made))
        assert Moved("Private hire driver: in force", "not known", "9") in moved
        assert Moved("Private hire driver: in force, Oxford", "", "9") in moved
        assert not [one for one in moved if accounts.OXFORD in one.name]
    browser = browsers.of_user(app, office.approver)
    assert f"/briefings/{made}/moved" in browser.get(f"/briefings/{made}").text
    pages = [f"/briefings/{made}/moved", f"/briefings/{made}/approve"]
    assert all("What moved since" in browser.get(one).text for one in pages)
    assert browser.post(f"/briefings/{made}/approve").status_code == 422
    assert browser.post(f"/briefings/{made}/approve", data={"sure": "y"}).status_code == 302
    assert "What moved since" in browser.get(f"/briefings/{made}/publish").text


def test_briefings_that_together_tell_too_much_are_not_all_published(app: Flask) -> None:
    """Both were approved before either was published: the second is held against the first when it is published."""
    office, today = briefings.office(), dates.today()
    for number in range(9):
        signals.revoked_driver(number, accounts.OXFORD, 20 if number < 7 else 50)
    made = [briefings.drafted(office, period=Period(today - timedelta(days=days), today)) for days in (30, 60)]
    browser = browsers.of_user(app, office.approver)
    for one in made:
        assert browser.post(f"/briefings/{one}/approve").status_code == 302
    readers = {"readers": [str(office.reader)]}
    assert browser.post(f"/briefings/{made[0]}/publish", data=readers).status_code == 302
    refused = browser.post(f"/briefings/{made[1]}/publish", data=readers)
    assert refused.status_code == 422
    assert "Beside it this one would tell of fewer than five: Driver licences revoked" in refused.text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE briefing SET content = '{}' WHERE id = :id",
        "UPDATE briefing SET pdf = '\\x01', sha256 = encode(sha256('\\x01'::bytea), 'hex') WHERE id = :id",
        "UPDATE briefing SET approved_at = NULL, pdf = NULL, sha256 = NULL, published_at = NULL WHERE id = :id",
        "UPDATE briefing SET published_at = NULL WHERE id = :id",
        "DELETE FROM briefing WHERE id = :id",
    ],
)
def test_what_was_published_stays_as_it_is(app: Flask, statement: str) -> None:
    office = briefings.office()
    made = briefings.published(office)
    assert _refused(office.author, statement, made)
    assert _refused(office.approver, statement, made)


def test_the_hash_is_of_the_pages_that_are_kept(app: Flask) -> None:
    office = briefings.office()
    wrong = "UPDATE briefing SET approved_at = now(), pdf = '\\x00', sha256 = repeat('0', 64) WHERE id = :id"
    assert _refused(office.approver, wrong, briefings.drafted(office))


def _refused(who: UUID, statement: str, briefing_id: UUID) -> bool:
    """Whether the database refuses a statement of one's own; nothing of it stays."""
    with acting_as(accounts.open_session(who)):
        try:
            told = cast("CursorResult[Any]", db.session.execute(text(statement), {"id": briefing_id}))
            return told.rowcount == 0
        except DBAPIError as refused:
            return getattr(refused.orig, "sqlstate", "") == "42501"
        finally:
            db.session.rollback()


def test_nothing_is_hung_under_another_councils_briefing(app: Flask) -> None:
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    theirs = briefings.drafted(oxford)
    with as_user(county.author) as author:
        row = {"own": author.authority.id, "theirs": theirs, "by": county.author}
        said = "INSERT INTO briefing_comment (id, authority_id, briefing_id, words, by_id)"
        with pytest.raises(DBAPIError) as refused:
            db.session.execute(text(f"{said} VALUES (gen_random_uuid(), :own, :theirs, 'Ours', :by)"), row)
        db.session.rollback()
    assert getattr(refused.value.orig, "sqlstate", "") == "23503"


def test_a_briefing_is_read_by_those_it_is_addressed_to_and_a_districts_stays_there(app: Flask) -> None:
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    theirs, other = briefings.published(county), accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    with as_user(county.approver):
        offered = {one.id for one in queries.readers_to_choose()}
        assert {county.reader, oxford.reader, other} <= offered
    with as_user(oxford.approver):
        assert {one.id for one in queries.readers_to_choose()} == {oxford.reader}
    for who, found in ((county.reader, True), (other, False), (oxford.reader, False), (oxford.author, False)):
        with as_user(who):
            assert queries.briefing_exists(theirs) is found


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"until_on-year": "2025"}, "must end on or after"),
        ({"until_on-year": "2099"}, "today or in the past"),
        ({"from_on-year": "1970"}, "did not exist before"),
    ],
)
def test_a_period_that_is_none_is_said_on_the_form_with_everything_typed_kept(
    app: Flask, typed: dict[str, str], says: str
) -> None:
    browser = browsers.of_role(app, Role.BRIEFING_AUTHOR, accounts.COUNTY)
    answer = browser.post("/briefings/draft", data={**TYPED, **typed})
    assert answer.status_code == 422
    assert says in answer.text
    assert "More drivers are trained than before." in answer.text
