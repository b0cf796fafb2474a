"""What returns keep: under which names other registers know the council, and what it answered the public."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.figures.elsewhere import one_tells_at_a_time
from licensing.figures.rules import Period
from licensing.returns import gathering, queries
from licensing.returns.catalogue import RETURNS, Which
from licensing.returns.gathering import Told
from licensing.returns.models import AnswerGiven, NationalRegisterName


def name_for_register(user: ActingUser, identifier: str, name: str) -> None:
    """How the national register knows the council, from now on."""
    db.session.add(
        NationalRegisterName(authority_id=user.authority.id, by_id=user.id, identifier=identifier, name=name)
    )
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.RETURN, details={"identifier": identifier, "name": name})


def answer(user: ActingUser, period: Period) -> Sequence[Told]:
    """Answer the public of a period, and keep what was told, so that no paper to come gives what is withheld in it.

    Told again as it was told last, it is the same answer.
    """
    one_tells_at_a_time(db.session())
    told = gathering.tables(user, RETURNS[Which.FREEDOM_OF_INFORMATION], period)
    kept = [asdict(table) for table in told]
    last = next((one for one in queries.answers(user.authority.id) if one.period == period), None)
    if last is None or queries.tables_of(last) != told:
        answer_id = uuid4()
        row = AnswerGiven(
            id=answer_id,
            authority_id=user.authority.id,
            from_on=period.from_on,
            until_on=period.until_on,
            tables=kept,
            by_id=user.id,
        )
        db.session.add(row)
        db.session.flush()
        audit.record(Action.RELEASED, ObjectKind.RETURN, answer_id, details={"period": period.words})
    return told
