"""What a file of decisions writes beside decisions that are recorded."""

from imports.conftest import BringIn
from imports.test_every_kind import FILES
from sqlalchemy import select, text

from licensing.db import db
from licensing.imports.rules import ImportKind
from licensing.register.models import Licence, LicenceEvent
from licensing.setup import owner_session

HEADINGS = "source_id,licence_no,decision,decided_on,notified_on,relevant_information\n"
BLANK = HEADINGS + "D1,PHD1,revoked,01/05/2026,,\n"


def told_on_the_licences_trail() -> int:
    licence_id = db.session.scalar(select(Licence.id).where(Licence.number == "PHD1"))
    with owner_session() as session:
        entries = "SELECT count(*) FROM audit_entry WHERE object_id = :id AND action = 'changed'"
        return int(session.scalar(text(entries), {"id": licence_id}) or 0)


def standing() -> list[tuple[str, str]]:
    found = select(LicenceEvent).where(LicenceEvent.source_id == "D1", LicenceEvent.superseded_at.is_(None))
    return [(one.kind.value, one.relevant_information.value) for one in db.session.scalars(found)]


def test_what_nobody_recorded_is_filled_in_and_told_on_the_licences_trail(bring_in: BringIn) -> None:
    bring_in(ImportKind.DRIVERS, FILES[ImportKind.DRIVERS])
    bring_in(ImportKind.ADVERSE_DECISIONS, BLANK)
    assert standing() == [("revoked", "not_recorded")]
    assert told_on_the_licences_trail() == 0

    filled = bring_in(ImportKind.ADVERSE_DECISIONS, HEADINGS + "D1,PHD1,revoked,01/05/2026,02/05/2026,wholly\n")

    assert filled["changed"] == 1
    assert standing() == [("revoked", "wholly")]
    assert told_on_the_licences_trail() == 1


def test_a_recorded_decision_is_not_undone_by_a_file(bring_in: BringIn) -> None:
    bring_in(ImportKind.DRIVERS, FILES[ImportKind.DRIVERS])
    bring_in(ImportKind.ADVERSE_DECISIONS, HEADINGS + "D1,PHD1,revoked,01/05/2026,02/05/2026,wholly\n")

    for row in ("D1,PHD1,suspension ended,01/05/2026,,", "D1,PHD1,revoked,01/05/2026,,no"):
        refused = bring_in(ImportKind.ADVERSE_DECISIONS, HEADINGS + row + "\n")
        assert (refused["accepted"], len(refused["rejected"]), refused["missing"]) == (0, 1, 0)
    assert standing() == [("revoked", "wholly")]
