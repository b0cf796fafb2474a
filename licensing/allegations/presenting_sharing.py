"""What passes to others, in words: levels, releases, and the log of who was told what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from markupsafe import Markup

from licensing import dates
from licensing.allegations.changes.duties import words_for
from licensing.allegations.changes.sharing import reasons_of
from licensing.allegations.finding import Holder
from licensing.allegations.models import Case, Duty, Release, Share
from licensing.allegations.presenting import as_written
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing, work
from licensing.allegations.released import Content
from licensing.allegations.words_of_sharing import DutyState, Level
from licensing.dates import ENGLAND, day_of, in_words, moment_in_words
from licensing.sealing import opened

NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class Told:
    """A line of the log: when, who was told or told us, what, and on what basis."""

    at: datetime
    who: str
    what: str
    basis: str = "–"
    is_day: bool = False  # the hour is not known

    def row(self) -> dict[str, str]:
        when = in_words(day_of(self.at)) if self.is_day else moment_in_words(self.at)
        return {"when": when, "who": self.who, "what": self.what, "basis": self.basis}


def level_rows(case: Case, records: list[Holder]) -> list[dict[str, str]]:
    """For each council with a record of the person, or a level: what it may know, and what is held there."""
    standing, names = sharing.standing_shares(case.id), sharing.authorities()
    held = {one.authority_id: [] for one in records}
    for one in records:
        held[one.authority_id] += [*(licence.words for licence in one.licences), *one.positions] or ["a record"]
    setters = queries.names_of(one.set_by for one in standing.values())
    return [
        {
            "council": names[one],
            "has": "; ".join(held.get(one, [])) or "No record in this case: nobody there meets a flag",
            **_level_of(standing.get(one), setters),
        }
        for one in sorted({*held, *standing}, key=lambda one: names[one])
    ]


def _level_of(share: Share | None, setters: dict[UUID, str]) -> dict[str, str]:
    if share is None:
        return {"level": Level.NOTHING.label, "set": "–"}
    by = setters.get(share.set_by, "A former user")
    return {"level": share.level.label, "set": f"{moment_in_words(share.set_at)}, {by}"}


def release_state(row: Release) -> str:
    """How far a release has come, for the designated officer."""
    if row.ended_at:
        return f"Withdrawn on {in_words(day_of(row.ended_at))}"
    said = [
        f"{word} on {in_words(day_of(at))}"
        for word, at in (
            ("acknowledged", row.acknowledged_at),
            ("relied on", row.relied_on_at),
            ("answered", row.answered_at),
        )
        if at
    ]
    if row.expires_on < dates.today():
        said.insert(0, f"expired on {in_words(row.expires_on)}")
    if not row.acknowledged_at:
        said.append(f"not acknowledged, chased on {in_words(row.chased_on)}" if row.chased_on else "not acknowledged")
    return ", ".join(said).capitalize()


def release_rows(
    row: Release, councils: dict[UUID, str], decided: Sequence[str]
) -> list[tuple[str, str | Markup | None]]:
    """The terms of a release, and what came back; `decided`: what was named in answer to it, as that stands today."""
    return [
        ("To", f"{row.to_name}, {councils[row.for_authority_id]}"),
        ("Released", moment_in_words(row.released_at)),
        ("Until", in_words(row.expires_on)),
        ("Lawful basis", row.basis.label),
        ("They may tell", row.onward.label),
        ("State", release_state(row)),
        ("Their answer", opened(row, "answer_sealed") or "None yet"),
        *([("What their council decided", as_written("\n".join(decided)))] if decided else []),
        *([("Why it was withdrawn", opened(row, "ended_sealed"))] if row.ended_at else []),
    ]


def told(case: Case) -> list[Told]:
    """The disclosure log of a case: who was told what, when and on what basis, in order."""
    lines = [*_levels(case), *_flags(case), *_releases(case), *_messages(case), *_meetings(case)]
    return sorted(lines, key=lambda one: one.at)


def _levels(case: Case) -> list[Told]:
    lines, names = list[Told](), sharing.authorities()
    for one in sharing.shares(case.id):
        council, reasons = names[one.for_authority_id], reasons_of(one)
        weighed = f"{one.basis.label}. {reasons.necessity} {reasons.proportionality}"
        basis = f"{weighed} Views of the police: {reasons.police} Of social care: {reasons.social_care}"
        lines.append(Told(one.set_at, council, f"Level set: {one.level.label}", basis))
        if one.ended_at:
            lines.append(Told(one.ended_at, council, f"Level ended: {one.level.label}"))
    return lines


def _flags(case: Case) -> list[Told]:
    names = sharing.authorities()
    return [
        Told(
            one.seen_at,
            f"{one.seen_name}, {names[one.for_authority_id]}",
            f"Read the flag, on the page of a {one.through.label.lower()}",
        )
        for one in sharing.flags_seen(case.id)
    ]


def _releases(case: Case) -> list[Told]:
    lines, names = list[Told](), sharing.authorities()
    for one in sharing.releases(case.id):
        who, title = f"{one.to_name}, {names[one.for_authority_id]}", Content.of(one).title
        terms = f"{one.basis.label}. Until {in_words(one.expires_on)}; they may tell: {one.onward.label.lower()}."
        lines.append(Told(one.released_at, who, f"{one.kind.label} released: {title}", terms))
        for word, at in (
            ("Acknowledged", one.acknowledged_at),
            ("Relied on", one.relied_on_at),
            ("Answered", one.answered_at),
            ("Withdrawn", one.ended_at),
        ):
            if at:
                lines.append(Told(at, who, f"{word}: {title}"))
        lines += [_by_day(day, who, f"Asked again to acknowledge: {title}", last=True) for day in one.chased_days]
        if one.has_expired(dates.today()):
            lines.append(_by_day(one.expires_on, who, f"Expired at the end of the day: {title}", last=True))
    return lines


def _messages(case: Case) -> list[Told]:
    """What was settled of what was owed; what was not asked at the time is said to be not recorded."""
    found, names = queries.every_duty(case.id), sharing.authorities()
    deciders = queries.names_of(one.settled_by for one in found)
    return [
        _by_day(
            one.settled_on,
            _whom(one),
            f"{words_for(one, names)}. {_state(one)} by {_decider(one, deciders)}. {opened(one, 'words_sealed')}",
            _basis(one),
        )
        for one in found
        if one.settled_on
    ]


def _meetings(case: Case) -> list[Told]:
    """What was said at meetings of who was told what, as it is written there now."""
    names = work.meeting_names(case.authority_id)
    return [
        _by_day(
            one.held_on,
            "; ".join(opened(one, "attendees_sealed").splitlines()) or NOT_RECORDED,
            f"{names[one.kind]}. Who was told what: {opened(one, 'told_sealed')}",
            one.basis.label if one.basis else NOT_RECORDED,
        )
        for one in work.meetings(case.id)
        if one.told_sealed and one.held_on <= dates.today()
    ]


def _by_day(day: date, who: str, what: str, basis: str = "–", *, last: bool = False) -> Told:
    """Something of which the day is known; `last`: it came after what has its hour."""
    return Told(datetime.combine(day, time.max if last else time.min, ENGLAND), who, what, basis, is_day=True)


def _whom(row: Duty) -> str:
    """Who was told; a question that was answered tells nobody."""
    if not row.kind.is_message:
        return "–"
    return opened(row, "recipient_sealed") or NOT_RECORDED if row.state is DutyState.DONE else "Nobody"


def _basis(row: Duty) -> str:
    if row.state is not DutyState.DONE or not row.kind.is_message:
        return "–"
    return row.basis.label if row.basis else NOT_RECORDED


def _state(row: Duty) -> str:
    done = "Told" if row.kind.is_message else "Done"
    return done if row.state is DutyState.DONE else row.state.label


def _decider(row: Duty, deciders: dict[UUID, str]) -> str:
    return deciders.get(row.settled_by, "a former user") if row.settled_by else "a former user"
