"""Briefings from the draft to whoever has read them. Views commit."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.briefings import composing, queries, rules
from licensing.briefings import content as contents
from licensing.briefings.composing import Counted
from licensing.briefings.content import Content, Words
from licensing.briefings.documents import pdf_of
from licensing.briefings.models import Briefing, BriefingComment, BriefingReader
from licensing.briefings.rules import Moved
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures import asking
from licensing.figures.elsewhere import one_tells_at_a_time
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.mail import changes as mail
from licensing.mail.rules import MailKind
from licensing.references import new_reference

PREFIX = "BR"


def draft(user: ActingUser, audience: Audience, period: Period, words: Words) -> UUID:
    """A first version, of the figures as they are now. Raises RuleBroken where the period is none."""
    return add(user, _count(user, period), audience, words, new_reference(PREFIX))


def supersede(user: ActingUser, old: Briefing) -> UUID:
    """A draft of the same words and period, computed anew, that is to take the place of what was approved."""
    rules.check_to_supersede(old.state, queries.has_later_version(old.id))
    said = contents.from_json(old.content)
    return add(user, _count(user, said.period), old.audience, said.words, old.reference, old)


def _count(user: ActingUser, period: Period) -> Counted:
    asking.check(db.session(), period, None)
    return composing.count(asking.area_of(db.session(), user.authority.id), period)


def add(
    user: ActingUser, counted: Counted, audience: Audience, words: Words, reference: str, old: Briefing | None = None
) -> UUID:
    """A draft of what was counted, for one audience; in the place of an `old` version where one is given."""
    version = old.version + 1 if old else 1
    earlier = queries.published_contents(user.authority.id, reference)
    made = composing.compose(counted, audience, words, (reference, version), user.name, earlier)
    briefing_id = uuid4()
    row = {
        "id": briefing_id,
        "authority_id": user.authority.id,
        "reference": reference,
        "version": version,
        "supersedes_id": old.id if old else None,
        "audience": audience,
        "from_on": made.period.from_on,
        "until_on": made.period.until_on,
        **computed(made),
    }
    db.session.execute(insert(Briefing).inline(), [row])
    audit.record(Action.ADDED, ObjectKind.BRIEFING, briefing_id, reference=reference, details={"version": version})
    return briefing_id


def _compute(
    user: ActingUser, audience: Audience, period: Period, words: Words, reference: str, version: int
) -> Content:
    counted = composing.count(asking.area_of(db.session(), user.authority.id), period)
    earlier = queries.published_contents(user.authority.id, reference)
    return composing.compose(counted, audience, words, (reference, version), user.name, earlier)


def computed(made: Content) -> dict[str, Any]:
    """The columns that hold what was computed."""
    return {"computed_at": made.as_at, "content": contents.as_json(made), "fingerprint": contents.fingerprint(made)}


def reword(user: ActingUser, briefing: Briefing, words: Words, *, anew: bool) -> None:
    """Other words for a draft; `anew`: with the figures as they are now."""
    rules.check_draft(briefing.state)
    said = contents.from_json(briefing.content)
    if anew:
        made = _compute(user, briefing.audience, said.period, words, briefing.reference, briefing.version)
    else:
        made = replace(said, words=words)
    _update(briefing, **computed(made))
    audit.record(Action.CHANGED, ObjectKind.BRIEFING, briefing.id, details={"figures_computed_anew": anew})


def comment(user: ActingUser, briefing: Briefing, words: str) -> None:
    """Say something of a draft to whoever else works on it."""
    rules.check_draft(briefing.state)
    row = {"id": uuid4(), "authority_id": briefing.authority_id, "briefing_id": briefing.id, "words": words}
    db.session.execute(insert(BriefingComment).inline(), [row | {"by_id": user.id}])
    audit.record(Action.CHANGED, ObjectKind.BRIEFING, briefing.id, details={"part": "comments"})


def moved(user: ActingUser, briefing: Briefing) -> list[Moved]:
    """What is told otherwise now than when the draft was computed."""
    said = contents.from_json(briefing.content)
    now = _compute(user, briefing.audience, said.period, said.words, briefing.reference, briefing.version)
    return rules.moved_since(said.figures, now.figures, dict(said.places))


def approve(user: ActingUser, briefing: Briefing, since: Collection[Moved], *, as_computed: bool) -> None:
    """Freeze it: its two pages are kept as they are printed now, and their hash with them."""
    rules.check_draft(briefing.state)
    rules.check_approver(briefing.authors, user.id)
    rules.check_written(contents.from_json(briefing.content).words.headline, briefing.authors)
    rules.check_moved(since, as_computed)
    pages = pdf_of(contents.from_json(briefing.content))
    _update(
        briefing,
        approved_by=user.id,
        approved_at=datetime.now(UTC),
        pdf=pages,
        sha256=hashlib.sha256(pages).hexdigest(),
    )
    details = {"fingerprint": briefing.fingerprint, "moved": len(since)}
    audit.record(Action.APPROVED, ObjectKind.BRIEFING, briefing.id, details=details)


def publish(briefing: Briefing, readers: Collection[UUID]) -> None:
    """Address it to these readers, who are written to with a link alone.

    RuleBroken where others were published since it was computed, and its figures beside theirs would tell a small one.
    """
    rules.check_to_publish(briefing.state, queries.has_later_version(briefing.id), readers)
    one_tells_at_a_time(db.session())
    said = contents.from_json(briefing.content)
    earlier = queries.published_contents(briefing.authority_id, briefing.reference)
    others = composing.told_by_others(briefing.authority_id)
    rules.check_beside(composing.beside(said, earlier, others), said.figures)
    _update(briefing, published_at=datetime.now(UTC))
    _address(briefing, readers)


def add_readers(briefing: Briefing, readers: Collection[UUID]) -> None:
    """Address what is published to more of those who read briefings."""
    rules.check_to_publish(briefing.state, queries.has_later_version(briefing.id), readers)
    _address(briefing, set(readers) - {one.user_id for one in briefing.readers})


def _address(briefing: Briefing, readers: Collection[UUID]) -> None:
    people = [one for one in queries.readers_to_choose() if one.id in readers]
    rows = [
        {
            "id": uuid4(),
            "authority_id": briefing.authority_id,
            "briefing_id": briefing.id,
            "user_id": one.id,
            "name": one.name,
            "council": one.council,
        }
        for one in people
    ]
    if not rows:
        return  # a colleague addressed it to them a moment ago
    db.session.execute(insert(BriefingReader).inline(), rows)
    audit.record(Action.RELEASED, ObjectKind.BRIEFING, briefing.id, details={"readers": len(rows)})
    for one in people:
        mail.send(one.id, MailKind.BRIEFING_PUBLISHED, briefing_id=briefing.id)


def opened(user: ActingUser, briefing: Briefing) -> None:
    """Keep when a reader first looked at it, with the look itself: this alone is committed here, before it is read."""
    mine = queries.reading(briefing.id, user.id)
    if mine and mine.opened_at is None and mine.read_at is None:
        mine.opened_at = datetime.now(UTC)
        db.session.commit()


def acknowledge(user: ActingUser, briefing: Briefing) -> None:
    """Somebody it is addressed to has read it; once is enough."""
    mine = queries.reading(briefing.id, user.id)
    if mine is None:
        raise RuleBroken("This is not addressed to you")
    if mine.read_at is None:
        mine.read_at = datetime.now(UTC)
        db.session.flush()
        audit.record(Action.ACKNOWLEDGED, ObjectKind.BRIEFING, briefing.id)


def _update(briefing: Briefing, **values: object) -> None:
    """Plain, so that what the database fills in is read again."""
    db.session.execute(update(Briefing).where(Briefing.id == briefing.id).values(**values))
    db.session.expire(briefing)
