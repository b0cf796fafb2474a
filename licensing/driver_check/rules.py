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
