"""The vocabulary of hotel notices."""

from enum import StrEnum


class Capacity(StrEnum):
    """As what somebody is given the notice: section 116(1) knows these three."""

    OWNER = "owner"
    OPERATOR = "operator"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        return self.capitalize()


class Explained(StrEnum):
    """What a notice explains, by section 116(2)(c)."""

    REQUIREMENTS = "requirements"
    WHAT_MAY_BE_ASKED = "what_may_be_asked"
    APPEAL = "appeal"
    OFFENCES = "offences"

    @property
    def label(self) -> str:
        return {
            Explained.REQUIREMENTS: "That a constable may require information about guests (subsection 4)",
            Explained.WHAT_MAY_BE_ASKED: "What may be required, and nothing else (subsection 5)",
            Explained.APPEAL: "How to appeal (section 117)",
            Explained.OFFENCES: "Offences (section 118)",
        }[self]


class NoticeState(StrEnum):
    """How a notice stands on a day."""

    PREPARED = "prepared"
    SERVED = "served"
    IN_EFFECT = "in_effect"
    UNDER_APPEAL = "under_appeal"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class RequirementState(StrEnum):
    """How a requirement stands on a day."""

    WAITS = "waits"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"
    LATE = "late"
    MET = "met"

    @property
    def label(self) -> str:
        return {
            RequirementState.WAITS: "Not due yet",
            RequirementState.LATE: "Met late",
        }.get(self, self.capitalize())

    @property
    def is_evidence(self) -> bool:
        """Whether it is evidence of a breach, also after the notice has expired."""
        return self in (RequirementState.OVERDUE, RequirementState.INCOMPLETE, RequirementState.LATE)
