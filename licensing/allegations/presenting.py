"""Cases in words, for tables and summaries."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.allegations import rules
from licensing.allegations.changes.duties import Asked, words_for
from licensing.allegations.finding import Holder
from licensing.allegations.models import Allegation, Case, Duty, Strand
from licensing.allegations.queries import cases as queries
from licensing.allegations.steps import reported
from licensing.allegations.subject import Subject
from licensing.allegations.words import Category, Limb, Sector, Stage
from licensing.allegations.words_of_sharing import DutyState
from licensing.dates import day_of, in_words, moment_in_words
from licensing.sealing import opened

LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def as_written(words: str) -> Markup | None:
    """Words with the line breaks that were typed; None where there are none."""
    return Markup('<span class="as-written">{}</span>').format(words) if words else None


def case_row(case: Case, owners: dict[UUID, str], today: date) -> dict[str, str | Markup]:
    """A case as a line of the list."""
    subject = queries.subject(case)
    return {
        "reference": LINK.format(url_for("allegations.show_case", case_id=case.id), case.reference),
        "subject": subject.name if subject else "Not named yet",
        "stage": case.stage.label,
        "called": in_words(day_of(case.called_at)),
        "next": next_words(case, today),
        "owner": owners.get(case.owner_id, "A former user"),
    }


def next_words(case: Case, today: date) -> str:
    """When somebody must look at it next."""
    due = case.consider_by if case.stage in (Stage.RECORDING, Stage.CONSIDERING) else case.review_on
    if case.stage.is_over or due is None:
        return "–"
    return f"{in_words(due)} (overdue)" if due < today else in_words(due)


def case_rows(case: Case, owner: str, today: date, report_by: date | None = None) -> list[tuple[str, str | None]]:
    """What stands at the top of a case; `report_by` is when the referrer was to report it."""
    at_risk, police = reported(case.id)
    return [
        ("Stage", case.stage.label),
        ("Whose case", owner),
        ("Call", moment_in_words(case.called_at)),
        ("The caller knew since", _known_words(case, report_by)),
        ("Referred", in_words(case.referred_on) if case.referred_on else None),
        ("Sector", Sector(case.sector).label if case.sector else None),
        ("Child at immediate risk, as first reported", at_risk),
        ("Police involved, as first reported", police),
        *_consider_rows(case, today),
        ("Next review", in_words(case.review_on) if case.review_on else None),
        *_kept_rows(case),
    ]


def _consider_rows(case: Case, today: date) -> list[tuple[str, str | None]]:
    """By when the threshold is to be decided, as long as it is not."""
    if case.stage not in (Stage.RECORDING, Stage.CONSIDERING):
        return []
    return [("Decide on the threshold by", next_words(case, today))]


def _known_words(case: Case, report_by: date | None) -> str | None:
    """Since when the referrer knew, and whether they reported it in time."""
    if case.known_on is None:
        return None
    late = report_by is not None and day_of(case.called_at) > report_by
    told = f": reported late, it was due by {in_words(report_by)}" if late and report_by else ""
    return f"{in_words(case.known_on)}{told}"


def _kept_rows(case: Case) -> list[tuple[str, str | None]]:
    """Until when the record is kept, and the hold that beats it."""
    rows: list[tuple[str, str | None]] = []
    if case.retain_until:
        rows += _retention_rows(case, case.retain_until)
    if case.held_since:
        rows.append(("Legal hold", f"Since {in_words(case.held_since)}. {opened(case, 'hold_sealed')}"))
    return rows


def _retention_rows(case: Case, by_law: date) -> list[tuple[str, str | None]]:
    """The day that counts; and where it was chosen, the law's own and each choice with its reason."""
    chosen = queries.kept_longer(case.id)
    until = rules.kept_until(by_law, chosen[-1].keep_until if chosen else None) or by_law
    rows: list[tuple[str, str | None]] = [("Kept, and then reviewed, until", in_words(until))]
    if chosen:
        rows.append(("As the law and local procedures ask, until", in_words(by_law)))
    names = queries.names_of(one.decided_by for one in chosen)
    for one in chosen:
        who, on = names.get(one.decided_by, "A former user"), in_words(day_of(one.decided_at))
        said = f"Until {in_words(one.keep_until)}, by {who}. {opened(one, 'reason_sealed')}"
        rows.append((f"Chosen on {on}", said))
    return rows


def holder_words(holder: Holder) -> str:
    """A record so that people can be told apart."""
    born = f"born {in_words(holder.date_of_birth)}" if holder.date_of_birth else "date of birth not recorded"
    held = "; ".join([*(one.words for one in holder.licences), *holder.positions]) or "no licence"
    dead = f" Died {in_words(holder.deceased_on)}." if holder.deceased_on else ""
    return f"{holder.name}, {born}. {holder.authority}: {held}.{dead}"


def subject_rows(subject: Subject) -> list[tuple[str, str | None]]:
    return [
        ("Name", subject.name),
        ("Date of birth", in_words(subject.date_of_birth) if subject.date_of_birth else None),
        *(
            [("Died", in_words(subject.died_on) if subject.died_on else "Yes, the day is not known")]
            if subject.died
            else []
        ),
        ("What is known of them", subject.described or None),
        ("On a register", "Yes" if subject.is_known else "Not known yet"),
    ]


def allegation_rows(row: Allegation) -> list[tuple[str, str | Markup | None]]:
    """One allegation, with what its outcome means."""
    ended = f"{row.outcome.label}, {in_words(row.outcome_on)}" if row.outcome_on else row.outcome.label
    return [
        ("What is alleged", as_written(opened(row, "words_sealed"))),
        ("Limbs of the threshold", "; ".join(Limb(one).label for one in row.limbs) or None),
        ("Kind of harm", Category(row.category).label),
        ("Said to have happened", in_words(row.alleged_on) if row.alleged_on else None),
        ("Outcome", ended),
        ("What that means", row.outcome.definition),
        ("Why", as_written(opened(row, "outcome_sealed"))),
    ]


def strand_name(row: Strand, authorities: dict[UUID, str]) -> str:
    of = f": {authorities.get(row.for_authority_id, '')}" if row.for_authority_id else ""
    return f"{row.kind.label}{of}"


def strand_row(
    row: Strand, authorities: dict[UUID, str], decided: Sequence[str] = ()
) -> dict[str, str | Markup | None]:
    """A strand; `decided`: what its council named in its answers, as that stands today."""
    return {
        "strand": strand_name(row, authorities),
        "owner": opened(row, "owner_sealed") or "Nobody named",
        "state": row.state.label,
        "next": in_words(row.next_on) if row.next_on else "–",
        "decided": as_written("\n".join(decided)),
        "note": opened(row, "note_sealed") or "–",
    }


def duty_row(
    row: Duty, authorities: dict[UUID, str], deciders: dict[UUID, str], *, with_link: bool
) -> dict[str, str | Markup]:
    """A message with how it stands, and who decided so; it leads to where it is settled, while it is not."""
    settled = in_words(row.settled_on) if row.settled_on else "–"
    by = f", by {deciders.get(row.settled_by, 'a former user')}" if row.settled_by else ""
    again = f", to be looked at again on {in_words(row.review_on)}" if row.review_on else ""
    what, asked = words_for(row, authorities), Asked.of(row)
    waits = (asked.words if asked else row.kind.question) if row.state is DutyState.OWED else ""
    settle = url_for("allegations.settle_duty", case_id=row.case_id, duty_id=row.id)
    return {
        "what": LINK.format(settle, what) if with_link and not row.state.is_over else what,
        "state": f"{row.state.label}{by}{again}",
        "when": settled,
        "words": opened(row, "words_sealed") or waits or "–",
    }
