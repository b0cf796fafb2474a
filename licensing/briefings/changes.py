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
from licensing.briefings import content as contents
from licensing.briefings import queries, rules
from licensing.briefings.beside import withheld_beside
from licensing.briefings.content import Content, Words
from licensing.briefings.documents import pdf_of
from licensing.briefings.models import Briefing, BriefingComment, BriefingReader
from licensing.briefings.rules import Moved
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures import asking
from licensing.figures import queries as councils
from licensing.figures.gathering import figures
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.mail import changes as mail
from licensing.mail.rules import MailKind
from licensing.references import new_reference

PREFIX = "BR"


def draft(user: ActingUser, audience: Audience, period: Period, words: Words) -> UUID:
    """A first version, of the figures as they are now. Raises RuleBroken where the period is none."""
    return _add(user, audience, period, words, new_reference(PREFIX), None)


def supersede(user: ActingUser, old: Briefing) -> UUID:
    """A draft of the same words and period, computed anew, that is to take the place of what was published."""
    rules.check_to_supersede(old.state, queries.has_later_version(old.id))
    said = contents.from_json(old.content)
    return _add(user, old.audience, said.period, said.words, old.reference, old)


def _add(
    user: ActingUser, audience: Audience, period: Period, words: Words, reference: str, old: Briefing | None
) -> UUID:
    asking.check(db.session(), period, None)
    version = old.version + 1 if old else 1
    made = _compute(user, audience, period, words, reference, version)
    briefing_id = uuid4()
    row = {
        "id": briefing_id,
        "authority_id": user.authority.id,
        "reference": reference,
        "version": version,
        "supersedes_id": old.id if old else None,
        "audience": audience,
        "from_on": period.from_on,
        "until_on": period.until_on,
        **_computed(made),
    }
    db.session.execute(insert(Briefing).inline(), [row])
    audit.record(Action.ADDED, ObjectKind.BRIEFING, briefing_id, reference=reference, details={"version": version})
    return briefing_id


def _compute(
    user: ActingUser, audience: Audience, period: Period, words: Words, reference: str, version: int
) -> Content:
    """Everything on the two pages: the county with its districts, or one council's own edition for its own readers."""
    at, places = datetime.now(UTC), councils.places_counted(db.session())
    own = next((one for one in places if one.id == user.authority.id), None)
    if own is None:
        raise RuleBroken("Your council has no figures to brief anybody of")
    place = None if own.is_county else own.code
    found = figures(db.session(), period, at, place, restricted=place is not None)
    made = Content(
        audience=audience,
        area=contents.short_name(own.name),
        is_county=own.is_county,
        places=contents.columns(places),
        period=period,
        as_at=at,
        figures=contents.selected(found, audience),
        words=words,
        reference=reference,
        version=version,
        owner=user.name,
    )
    if not own.is_county:
        return made
    earlier = [contents.from_json(one) for one in queries.published_contents(user.authority.id, reference)]
    return replace(made, figures=withheld_beside(made, earlier))


def _computed(made: Content) -> dict[str, Any]:
    return {"computed_at": made.as_at, "content": contents.as_json(made), "fingerprint": contents.fingerprint(made)}


def reword(user: ActingUser, briefing: Briefing, words: Words, *, anew: bool) -> None:
    """Other words for a draft; `anew`: with the figures as they are now."""
    rules.check_draft(briefing.state)
    said = contents.from_json(briefing.content)
    if anew:
        made = _compute(user, briefing.audience, said.period, words, briefing.reference, briefing.version)
    else:
        made = replace(said, words=words)
    _update(briefing, **_computed(made))
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
    return rules.moved_since(said.figures, now.figures)


def approve(user: ActingUser, briefing: Briefing, since: Collection[Moved], *, as_computed: bool) -> None:
    """Freeze it: its two pages are kept as they are printed now, and their hash with them."""
    rules.check_draft(briefing.state)
    rules.check_approver(briefing.authors, user.id)
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
    """Address it to these readers, who are written to with a link alone."""
    rules.check_to_publish(briefing.state, readers)
    people = {one.id: one for one in queries.readers_to_choose() if one.id in readers}
    rows = [
        {
            "id": uuid4(),
            "authority_id": briefing.authority_id,
            "briefing_id": briefing.id,
            "user_id": one.id,
            "name": one.name,
            "council": one.council,
        }
        for one in people.values()
    ]
    db.session.execute(insert(BriefingReader).inline(), rows)
    _update(briefing, published_at=datetime.now(UTC))
    audit.record(Action.RELEASED, ObjectKind.BRIEFING, briefing.id, details={"readers": len(rows)})
    for one in people:
        mail.send(one, MailKind.BRIEFING_PUBLISHED, briefing_id=briefing.id)


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
