"""To the designated officer (LADO) and back: a concern is referred, a receipt or advice returns."""

from uuid import UUID, uuid4

from sqlalchemy import text

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import queries
from licensing.concerns.models import ConcernStep
from licensing.concerns.rules import StepKind, check_open
from licensing.db import db
from licensing.deadlines import changes as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import opened, sealed
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

REFER = text("CALL refer_concern(:concern, :to, :step, :words, :due)")
ANSWER = text("CALL answer_referral(:concern, :kind, :step, :words, :receipt, NULL)")


def refer_to_lado(user: ActingUser, concern_id: UUID, to: UUID, words: str) -> None:
    """Let an authority's designated officers read the concern, with the words why. RuleBroken where they may already.

    The clock of one working day for telling them runs from the day the concern was raised: a late referral shows.
    """
    concern = queries.concern_for_update(concern_id)
    check_open(concern.closed_on)
    if concern.lado_authority_id:
        raise RuleBroken("This concern was referred to the designated officer already.")
    if to not in {one for one, _ in queries.with_designated_officers(dates.today())}:
        raise RuleBroken("Select one of the authorities listed", "to")
    about = (ObjectKind.CONCERN, concern_id)
    deadlines.start(user, ClockCode.LADO_REFER, about, concern.raised_on)
    deadlines.meet(user, ClockCode.LADO_REFER, about, dates.today())
    step_id = uuid4()
    given = {
        "concern": concern_id,
        "to": to,
        "step": step_id,
        "words": sealed(ConcernStep, "words_sealed", step_id, words),
        "due": queries.due_on(ClockCode.LADO_REFER, to),
    }
    db.session.execute(REFER, given)
    db.session.expire(concern)
    audit.record(Action.CHANGED, ObjectKind.CONCERN, concern_id, details={"step": StepKind.LADO})


def acknowledge_referral(user: ActingUser, concern_id: UUID) -> str:
    """Send the referring council a receipt, the same one again where it was sent; returns its reference.

    It is no reference of a case, and says nothing of whether there is one.
    """
    return _answer(user, concern_id, StepKind.LADO_ACKNOWLEDGED, "", new_receipt=new_reference("LR"))


def advise(user: ActingUser, concern_id: UUID, words: str) -> None:
    """Tell the referring council that it does not meet the threshold, with advice. RuleBroken where that was sent."""
    _answer(user, concern_id, StepKind.LADO_ADVICE, words, new_receipt=new_reference("LR"))
    told = [opened(one, "words_sealed") for one in queries.steps_of(concern_id) if one.kind is StepKind.LADO_ADVICE]
    if told != [words]:  # a colleague's was there first, and the procedure kept that one
        raise RuleBroken("A colleague sent advice already. Yours was not sent.")


def _answer(_user: ActingUser, concern_id: UUID, kind: StepKind, words: str, *, new_receipt: str) -> str:
    concern, step_id = queries.concern(concern_id), uuid4()
    given = {
        "concern": concern_id,
        "kind": kind,
        "step": step_id,
        "words": sealed(ConcernStep, "words_sealed", step_id, words),
        "receipt": new_receipt,
    }
    receipt: str = db.session.execute(ANSWER, given).scalar_one()
    db.session.expire(concern)
    # On the trail of the council that referred it: what a designated officer does else is nobody's to read.
    told = {"step": kind, "receipt": receipt}
    audit.record(Action.ACKNOWLEDGED, ObjectKind.CONCERN, concern_id, authority_id=concern.authority_id, details=told)
    words = "The designated officer answered the council that referred it."
    tasks.settle(TaskKind.CONSIDER_CONCERN, (ObjectKind.CONCERN, concern_id), words)
    return receipt
