"""Comparing an attendance list with the register: each row finds its holder or says why not."""

from collections.abc import Iterable
from dataclasses import replace

from licensing.accounts.acting import ActingUser
from licensing.dates import in_words
from licensing.imports.known_training import KnownHolder, KnownRecord, KnownTraining, audience_of
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_training import TrainingRow
from licensing.imports.training_steps import Step, TrainingSteps
from licensing.matching.identifiers import normalise
from licensing.register.rules import filed_under
from licensing.training.queries import Known
from licensing.training.rules import Given, Result

_UNKNOWN = "No holder on your register has this licence number. Bring the drivers in first, or correct the number"
_NOT_MATCHED = "No driver of another council with this family name has this licence number either"
_NO_BIRTH = "This is a driver of another council, which asks for the date of birth too. Enter it"
_SEVERAL_BIRTHS = "The file gives several dates of birth for this licence number and name. Correct them; none was sent"
_OTHER_NAME = "The holder of this licence has another family name"
_OTHER_BIRTH = "The holder of this licence was born on another day"
_AMBIGUOUS = "Several people on your register hold a licence with this number, so it is not known who is meant"
_OTHER_PERSON = "This key is on your register for somebody else’s training"
_NOT_BORN = "no date of birth was compared, since the file or the register has none"
_NOT_ACCEPTED = "your council does not accept this course as it is, so its certificate waits to be verified"
_BELIEVED = "your register has {} for this training, from an officer who verified it; that was kept"
_ELSEWHERE = "sent to the council that licenses them, which takes it in if the date of birth is theirs"


def plan_training(rows: Iterable[TrainingRow | Rejection | LeftOut], known: KnownTraining, user: ActingUser) -> Plan:
    """One plan for all rows. Blank cells change nothing."""
    return _TrainingPlanner(known, user).plan(rows)


class _TrainingPlanner(Planner[TrainingRow]):
    def __init__(self, known: KnownTraining, user: ActingUser) -> None:
        self.known = known
        self.steps = TrainingSteps(user)
        super().__init__(self.steps)

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """An attendance list has nothing of the register that the next one must have too."""

    def plan_row(self, row: TrainingRow) -> None:
        holders = self.known.by_number.get(normalise(row.licence_no), [])
        if not holders:
            self._plan_for_others(row)
            return
        if problem := self._problem(row, holders):
            self.reject(row, *problem)
            return
        (holder,) = _of_the_name(row, holders)
        if row.date_of_birth is None or holder.date_of_birth is None:
            self.warn(row, f"date_of_birth: {_NOT_BORN}")
        self._place(row, holder)

    def _problem(self, row: TrainingRow, holders: list[KnownHolder]) -> tuple[str, str, str] | None:
        """(column, value, reason) where the row is not of a holder of this number."""
        named = [one for one in holders if filed_under(row.family_name) in one.family_names]
        if not named:
            return "family_name", row.family_name, _OTHER_NAME
        born = _of_the_name(row, holders)
        if not born:
            written = in_words(row.date_of_birth) if row.date_of_birth else ""
            return "date_of_birth", written, _OTHER_BIRTH
        if len(born) > 1:
            return "licence_no", row.licence_no, _AMBIGUOUS
        keyed = self.known.by_source.get(row.source_id) if row.source_id else None
        if keyed and keyed.person_id != born[0].id:
            return "source_id", row.source_id, _OTHER_PERSON
        return None

    def _plan_for_others(self, row: TrainingRow) -> None:
        """Whoever gives the course for others learns whether number and name are known, never the day of birth."""
        if not self.known.gives_to_others or row.result is Result.BOOKED:
            self.reject(row, "licence_no", row.licence_no, _UNKNOWN)
        elif row.row not in self.known.elsewhere:
            self.reject(row, "licence_no", row.licence_no, _NOT_MATCHED)
        elif row.date_of_birth is None:
            self.reject(row, "date_of_birth", "", _NO_BIRTH)
        elif row.row in self.known.guesses:
            self.reject(row, "date_of_birth", in_words(row.date_of_birth), _SEVERAL_BIRTHS)
        elif self.known.elsewhere[row.row]:
            self.note(row, Outcome.UNCHANGED)
        else:
            self.steps.offer(row)
            self.note(row, Outcome.NEW, _ELSEWHERE)

    def _place(self, row: TrainingRow, holder: KnownHolder) -> None:
        said = self._said(row, holder)
        before = _same_training(row, holder)
        if before is None:
            holder.records.append(said)
            if row.source_id:
                self.known.by_source[row.source_id] = said
            self.steps.add(Step(row, self._given(row, said), said, audience_of(holder.kind), self._version(row), None))
            self.note(row, Outcome.NEW)
            return
        after = self._with_what_was_known(row, said, before)
        what = _differences(before, after)
        if not what:
            self.note(row, Outcome.UNCHANGED)
            return
        holder.records[holder.records.index(before)] = after
        superseded = before.id or self.steps.take_back(before)
        step = Step(row, self._given(row, after), after, audience_of(holder.kind), self._version(row), superseded)
        self.steps.add(step)
        self.note(row, Outcome.CHANGED, "; ".join(what))

    def _said(self, row: TrainingRow, holder: KnownHolder) -> KnownRecord:
        """What the row says, by the council's own policy: how long it lasts, and whether the course is accepted."""
        known = self.known.catalogue.named(row.course, row.provider, row.on)
        result, expires_on = row.result, row.expires_on
        if result is Result.PASSED and not (known and known.accepted):
            result = Result.CERTIFICATE_UNVERIFIED
            self.warn(row, f"course: {_NOT_ACCEPTED}")
        if result is Result.PASSED and expires_on is None:
            expires_on = self.known.expiry(holder.kind, row.on)
        provider = row.provider or (known.course.provider if known else "")
        return KnownRecord(
            holder.id, result, row.course, provider, row.on, expires_on, row.certificate_no, row.source_id
        )

    def _with_what_was_known(self, row: TrainingRow, said: KnownRecord, before: KnownRecord) -> KnownRecord:
        result = said.result
        if before.verified and result is not before.result:
            result = before.result
            if row.result is not Result.PASSED:
                self.warn(row, f"result: {_BELIEVED.format(before.result.label.lower())}")
        if row.result is Result.CERTIFICATE_UNVERIFIED:
            result = before.result
        return replace(
            said,
            result=result,
            provider=said.provider or before.provider,
            expires_on=row.expires_on or before.expires_on or said.expires_on,
            certificate_no=said.certificate_no or before.certificate_no,
            source_id=said.source_id or before.source_id,
            verified=before.verified,
        )

    def _given(self, row: TrainingRow, record: KnownRecord) -> Given:
        booked = record.result is Result.BOOKED
        return Given(
            result=record.result,
            course=record.course,
            provider=record.provider,
            booked_for=row.on if booked else None,
            completed_on=None if booked else row.on,
            expires_on=None if booked else record.expires_on,
        )

    def _version(self, row: TrainingRow) -> Known | None:
        return self.known.catalogue.named(row.course, row.provider, row.on)


def _of_the_name(row: TrainingRow, holders: list[KnownHolder]) -> list[KnownHolder]:
    """Of the holders of this number those who can be whom the row names."""
    named = (one for one in holders if filed_under(row.family_name) in one.family_names)
    unknown = (None, row.date_of_birth) if row.date_of_birth else None
    return [one for one in named if unknown is None or one.date_of_birth in unknown]


def _same_training(row: TrainingRow, holder: KnownHolder) -> KnownRecord | None:
    """What is known of this training: by its key, else of this course and day; and a booking that was kept."""
    if row.source_id:
        for one in holder.records:
            if one.source_id == row.source_id:
                return one
    course = filed_under(row.course)
    for one in holder.records:
        is_other = bool(row.source_id and one.source_id)
        if not is_other and one.on == row.on and filed_under(one.course) == course:
            return one
    return None


_COMPARED = {
    "result": "result",
    "on": "day",
    "expires_on": "last day in date",
    "certificate_no": "certificate number",
    "source_id": "key in the other system",
}


def _differences(before: KnownRecord, after: KnownRecord) -> list[str]:
    return [words for name, words in _COMPARED.items() if getattr(before, name) != getattr(after, name)]
