"""A case of which something passes to others, made by the product's own ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from factories import accounts
from factories.allegations import REASONS, WORDS, acting

from licensing import dates
from licensing.allegations import access
from licensing.allegations.changes import closing, duties, releases, sharing
from licensing.allegations.changes.closing import Closing
from licensing.allegations.changes.releases import Recipient
from licensing.allegations.models import Allegation, Case
from licensing.allegations.queries import cases as queries
from licensing.allegations.released import Content
from licensing.allegations.words import Outcome, StrandState
from licensing.allegations.words_of_sharing import Basis, DutyState, Level, LookPurpose, Onward, ReleaseKind
from licensing.db import acting_as, db
from licensing.sealing import seal


@contextmanager
def opened(officer_id: UUID, case_id: UUID) -> Iterator[Case]:
    """The case, opened by its officer; what is changed is committed."""
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        yield queries.case(case_id)
        db.session.flush()
        db.session.expunge_all()  # what was read is still there to be looked at, once the look at it has ended
        db.session.commit()


def told(words: str) -> dict[str, Any]:
    """How a message is settled that was sent today."""
    sent = {"state": DutyState.DONE, "words": words, "settled_on": dates.today()}
    return {**sent, "recipient": "Sample Recipient, manager", "basis": Basis.PUBLIC_TASK}


def share(officer_id: UUID, case_id: UUID, *codes: str, level: Level = Level.CONTACT) -> None:
    """Set what these authorities may know."""
    with opened(officer_id, case_id) as case:
        councils = [accounts.authority_id(one) for one in codes]
        sharing.set_level(acting(), case, councils, level, Basis.CHILDREN_ACT_2004, REASONS)


def release(
    officer_id: UUID, case_id: UUID, code: str, to: UUID, kind: ReleaseKind = ReleaseKind.SUMMARY, words: str = WORDS
) -> UUID:
    """Release something to somebody of an authority whose level admits it; returns the release."""
    terms = (Basis.CHILDREN_ACT_2004, Onward.DECIDERS, dates.today() + timedelta(days=30))
    with opened(officer_id, case_id) as case:
        content = Content(kind, "Sample item", case.reference, "Sample Subject", words=words, source="A meeting")
        recipient = Recipient(accounts.authority_id(code), to, *terms)
        return releases.release(acting(), case, recipient, content).id


def end_allegations(officer_id: UUID, case_id: UUID, outcome: Outcome) -> None:
    """Record how every allegation of a case ended, and what follows from it."""
    with opened(officer_id, case_id) as case:
        for row in queries.allegations(case_id):
            row.outcome, row.outcome_on = outcome, dates.today()
            row.outcome_sealed = seal(Allegation, "outcome_sealed", row.id, "Agreed at the final meeting.")
        db.session.flush()
        sharing.outcome_changed(acting(), case)


def close(officer_id: UUID, case_id: UUID) -> None:
    """Bring a case to its end as the product does: outcomes, every message, every strand, and the closing itself."""
    end_allegations(officer_id, case_id, Outcome.UNFOUNDED)
    with opened(officer_id, case_id) as case:
        for row in queries.duties(case_id):
            if row.state is DutyState.OWED:
                duties.settle(acting(), case, row, **told("Told by telephone."))
        for strand in queries.strands(case_id):
            strand.state = StrandState.FINISHED
        db.session.flush()
        closing.close(acting(), case, Closing("Ended.", dates.today()))
