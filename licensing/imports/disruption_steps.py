"""What a plan for a file of disruption will write, by the room's own ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.disruption.changes import bringing_in
from licensing.disruption.changes.bringing_in import Begun, Brought
from licensing.disruption.histories import Happened
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import Effect
from licensing.imports.known_disruption import KnownAction


@dataclass(slots=True)
class Adding:
    """What the rows of a file add to one action; `begun` where it is new with this file."""

    action_id: UUID
    begun: Begun | None
    before: Sequence[Event]
    told: int
    targets: int
    aims: list[Aim] = field(default_factory=list)
    partners: list[UUID] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    result: tuple[int, Effect] | None = None

    @property
    def adds(self) -> bool:
        return bool(self.begun or self.aims or self.partners or self.happened or self.result)


class DisruptionSteps:
    """Gathers what is added to each action while a file is planned; `apply` writes it all.

    A file of actions is no register of which the next file is the whole again.
    """

    written: tuple[UUID, ...] = ()

    def __init__(self, user: ActingUser) -> None:
        self._user = user
        self._adding: dict[int, Adding] = {}  # by the known action's own id

    def of(self, action: KnownAction, begun: Begun | None = None) -> Adding:
        """What is added to an action, which is not changed yet when this is called first."""
        return self._adding.setdefault(
            id(action),
            Adding(action.id or uuid4(), begun, tuple(action.events), action.told, len(action.targets)),
        )

    def apply(self) -> None:
        bringing_in.bring_in(
            self._user,
            [
                Brought(
                    one.action_id,
                    one.begun,
                    one.aims,
                    one.targets,
                    one.partners,
                    one.before,
                    one.told,
                    one.happened,
                    one.result,
                )
                for one in self._adding.values()
                if one.adds
            ],
        )
