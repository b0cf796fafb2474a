"""Comparing a file of court proceedings with what is recorded of them: it fills in, and takes nothing back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.dates import in_words
from licensing.imports.court_steps import CourtSteps
from licensing.imports.defendants import may_be
from licensing.imports.known_courts import KnownCase, KnownCourts, KnownDefendant
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_courts import CourtRow
from licensing.keys import FieldKeys
from licensing.matching.identifiers import normalise
from licensing.suitability.sentences import SentenceKind, Verdict

_NEEDED = "{} is needed where the proceedings are not recorded yet"
_OTHER_COURT = "This key is on your register for proceedings in another court: {}"
_OTHER_DAY = "This key is on your register for proceedings that began on another day: {}"
_TURNED = "The proceedings must end on or after the day they began, {}"
_KEPT = "{}: something else is recorded already, and was kept. Put it right on the page of the proceedings"
_NOT_HERE = "licence_no: no licence on your register has this number, so the defendant is linked to nobody"
_SEVERAL = "licence_no: several licences on your register have this number, so the defendant is linked to nobody"
_OTHER_NAME = "licence_no: the holder of this licence has another family name, so the defendant is linked to nobody"

Fact = TypeVar("Fact")


def plan_courts(
    rows: Sequence[CourtRow | Rejection | LeftOut], known: KnownCourts, keys: FieldKeys, user: ActingUser
) -> Plan:
    """One plan for all rows. Blank cells change nothing."""
    return _CourtPlanner(rows, known, keys, user).plan(rows)


class _CourtPlanner(Planner[CourtRow]):
    def __init__(
        self, rows: Sequence[CourtRow | Rejection | LeftOut], known: KnownCourts, keys: FieldKeys, user: ActingUser
    ) -> None:
        self.known, self.keys, self.steps = known, keys, CourtSteps(user)
        # Of several convictions one is enough: somebody may be found guilty of one charge and not of another.
        self.guilty = {self._key(row) for row in rows if isinstance(row, CourtRow) and row.verdict is Verdict.GUILTY}
        super().__init__(self.steps)

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """Nothing: proceedings of which a file does not speak are not missing."""

    def plan_row(self, row: CourtRow) -> None:
        case = self.known.cases.get(row.source_id) or KnownCase()
        if problem := _problem(row, case):
            self.reject(row, *problem)
            return
        self.steps.note(row.source_id, case)
        is_new = self.known.cases.setdefault(row.source_id, case).started_on is None
        changed = self._fill_case(row, case, is_new)
        defendant = case.defendants.get(self._key(row))
        if defendant is None:
            defendant = case.defendants[self._key(row)] = KnownDefendant()
            is_new = True
        changed += self._fill_defendant(row, defendant)
        added, sentence = self._place_sentence(row, defendant)
        changed += sentence
        if is_new or added:
            self.note(row, Outcome.NEW)
        else:
            self.note(row, Outcome.CHANGED if changed else Outcome.UNCHANGED, "; ".join(changed))

    def _fill_case(self, row: CourtRow, case: KnownCase, is_new: bool) -> list[str]:
        if is_new:
            case.court, case.started_on = row.court, row.started_on
        before = case.ended_on, case.witnesses
        case.ended_on = self._filled(row, "ended_on", row.ended_on, case.ended_on)
        case.witnesses = self._filled(row, "victims_as_witnesses", row.witnesses, case.witnesses)
        names = ("day they ended", "witnesses")
        after = case.ended_on, case.witnesses
        return [name for name, was, now in zip(names, before, after, strict=True) if was != now]

    def _fill_defendant(self, row: CourtRow, defendant: KnownDefendant) -> list[str]:
        before = defendant.verdict, defendant.licence_id
        verdict = Verdict.GUILTY if self._key(row) in self.guilty else row.verdict
        if defendant.verdict in (None, Verdict.AWAITED):
            defendant.verdict = verdict or defendant.verdict
        elif verdict is not Verdict.AWAITED:
            self._filled(row, "verdict", verdict, defendant.verdict)
        defendant.licence_id = self._filled(row, "licence_no", self._licence(row), defendant.licence_id)
        after = defendant.verdict, defendant.licence_id
        return [name for name, was, now in zip(("verdict", "licence"), before, after, strict=True) if was != now]

    def _place_sentence(self, row: CourtRow, defendant: KnownDefendant) -> tuple[bool, list[str]]:
        """(whether the row has one more conviction, what it changes of one that is recorded)."""
        if row.passed is None or defendant.verdict is not Verdict.GUILTY:
            return False, []
        place, defendant.spoken_of = defendant.spoken_of, defendant.spoken_of + 1
        if place >= len(defendant.sentences):
            defendant.sentences.append(row.passed)
            return True, []
        there = defendant.sentences[place]
        if row.passed[0] is SentenceKind.AWAITED or row.passed == there:
            return False, []
        if there[0] is not SentenceKind.AWAITED:
            self.warn(row, _KEPT.format("sentence_months"))
            return False, []
        defendant.sentences[place] = row.passed
        return False, ["sentence"]

    def _filled(self, row: CourtRow, column: str, said: Fact | None, present: Fact | None) -> Fact | None:
        """What is held of a fact after this row: what was not known yet is filled in."""
        if present is None:
            return said
        if said is not None and said != present:
            self.warn(row, _KEPT.format(column))
        return present

    def _licence(self, row: CourtRow) -> UUID | None:
        """The one licence of the number that the row gives, unless its holder has another name."""
        if not row.licence_no:
            return None
        found = {one.id: one for one in self.known.licences.get(normalise(row.licence_no), [])}
        if len(found) != 1:
            self.warn(row, _SEVERAL if found else _NOT_HERE)
            return None
        (licence,) = found.values()
        if licence.family_names and not may_be(row.defendant, licence.family_names, self.keys):
            self.warn(row, _OTHER_NAME)
            return None
        return licence.id

    def _key(self, row: CourtRow) -> bytes:
        """By which the same defendant of the same proceedings is known again."""
        return self.keys.digest("court_defendant", f"{row.source_id}\0{row.defendant}")


def _problem(row: CourtRow, case: KnownCase) -> tuple[str, str, str] | None:
    """(column, value, reason) where the row is not of the proceedings that its key means."""
    if case.started_on is None:
        for column, name, said in (("court", "The court", row.court), ("started_on", "The first day", row.started_on)):
            if not said:
                return column, "", _NEEDED.format(name)
        return None
    if row.court and row.court.casefold() != case.court.casefold():
        return "court", row.court, _OTHER_COURT.format(case.court)
    if row.started_on and row.started_on != case.started_on:
        return "started_on", in_words(row.started_on), _OTHER_DAY.format(in_words(case.started_on))
    if row.ended_on and row.ended_on < case.started_on:
        return "ended_on", in_words(row.ended_on), _TURNED.format(in_words(case.started_on))
    return None
