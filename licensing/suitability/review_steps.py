"""The course of a review of premises between its receipt and its decision (Licensing Act 2003 s.52, s.53A)."""

from enum import StrEnum

from licensing.deadlines.codes import ClockCode


class ReviewStep(StrEnum):
    """What an officer records that is no decision on the licence."""

    NO_INTERIM_STEPS = "no_interim_steps"
    HEARING_BEGAN = "hearing_began"
    HEARING_ENDED = "hearing_ended"

    @property
    def label(self) -> str:
        return {
            "no_interim_steps": "Interim steps were considered, and none was taken",
            "hearing_began": "The hearing began",
            "hearing_ended": "The hearing ended, and the decision is to be made",
        }[self]

    @property
    def meets(self) -> ClockCode | None:
        """The period that it ends; the end of a hearing ends none, and begins the days for the decision."""
        return {
            "no_interim_steps": ClockCode.LA_53A_INTERIM,
            "hearing_began": ClockCode.LA_REVIEW_HEAR,
        }.get(self)
