"""What a plan for court proceedings will write, by the room's own ways."""

from __future__ import annotations

from copy import deepcopy
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.imports.known_courts import KnownCase, KnownDefendant
from licensing.suitability.changes import courts
from licensing.suitability.sentences import Verdict


class CourtSteps:
    """Notes proceedings before a file fills them in; `apply` writes what differs then.

    A file of proceedings is no register of which the next file is the whole again.
    """

    written: tuple[UUID, ...] = ()

    def __init__(self, user: ActingUser) -> None:
        self._user = user
        self._cases: dict[str, tuple[KnownCase, KnownCase]] = {}

    def note(self, source_id: str, case: KnownCase) -> None:
        """Called before the file changes anything about a case."""
        self._cases.setdefault(source_id, (deepcopy(case), case))

    def apply(self) -> None:
        for source_id, (before, case) in self._cases.items():
            case_id = self._write_case(source_id, before, case)
            for key, defendant in case.defendants.items():
                self._write_defendant(case_id, key, before.defendants.get(key), defendant)

    def _write_case(self, source_id: str, before: KnownCase, case: KnownCase) -> UUID:
        if case.id is None:
            assert case.started_on
            facts = {"ended_on": case.ended_on, "witnesses": case.witnesses, "source_id": source_id}
            return courts.record_case(self._user, case.court, case.started_on, **facts)  # type: ignore[arg-type]  (facts are those of the keyword arguments)
        if (before.ended_on, before.witnesses) != (case.ended_on, case.witnesses):
            courts.change_case(self._user, case.id, case.ended_on, case.witnesses)
        return case.id

    def _write_defendant(
        self, case_id: UUID, key: bytes, before: KnownDefendant | None, defendant: KnownDefendant
    ) -> None:
        verdict, licence_id = defendant.verdict or Verdict.AWAITED, defendant.licence_id
        if before is None:
            made = courts.add_defendant(self._user, case_id, verdict, licence_id, key_digest=key)
            courts.pass_sentences(self._user, made, defendant.sentences)
            return
        assert defendant.id
        if (before.verdict, before.licence_id) != (verdict, licence_id):
            courts.change_verdict(self._user, defendant.id, verdict, licence_id)
        if before.sentences != defendant.sentences:
            courts.pass_sentences(self._user, defendant.id, defendant.sentences)
