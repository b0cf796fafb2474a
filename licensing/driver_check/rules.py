"""The vocabulary of the driver check."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why a check is made: the officer must say."""

    NEW_APPLICATION = "new_application"
    RENEWAL = "renewal"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    SCHOOL_TRANSPORT = "school_transport"
    REGISTER_REVIEW = "register_review"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Purpose.NEW_APPLICATION: "New application for a licence",
    Purpose.RENEWAL: "Renewal of a licence",
    Purpose.CONCERN: "Concern about a licence holder",
    Purpose.COMPLAINT: "Complaint",
    Purpose.SCHOOL_TRANSPORT: "School transport badge",
    Purpose.REGISTER_REVIEW: "Review of our own register",
}


class CheckKind(StrEnum):
    ONE_PERSON = "one_person"
    LIST = "list"
    NUMBER = "number"  # which councils license a vehicle or a licence number: nobody is looked for


class Judgement(StrEnum):
    """What an officer says of somebody whom a check found, against whom they asked about."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        return _JUDGEMENTS[self]

    @property
    def needs_reason(self) -> bool:
        """Others rely on it, so they must be able to see what it rests on."""
        return self is not Judgement.UNSURE


_JUDGEMENTS = {
    Judgement.SAME: "The same person",
    Judgement.DIFFERENT: "A different person",
    Judgement.UNSURE: "Not sure",
}
