"""A check's answer as it was given: kept with the check, shown on the page and printed on the receipt alike."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Self

from licensing.matching.bands import Band
from licensing.matching.field_words import Field, Word
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind, LicenceStatus

FIELD_LABELS = {
    Field.NAME: "Name",
    Field.DATE_OF_BIRTH: "Date of birth",
    Field.NI_NUMBER: "National Insurance number",
    Field.DRIVER_NUMBER: "Driving licence number",
    Field.BADGE_NUMBER: "Licence or badge number",
    Field.REGISTRATION_MARK: "Vehicle registration",
    Field.POSTCODE: "Postcode",
}

NOT_NR3S = (
    "This is not a search of the National Register of Revocations, Refusals and Suspensions (NR3S). "
    "Search NR3S before deciding any grant or renewal."
)


@dataclass(frozen=True)
class Searched:
    """An authority whose records were searched, or were not."""

    code: str
    name: str
    imported_at: datetime | None = None


@dataclass(frozen=True)
class HeldLicence:
    kind: LicenceKind
    number: str
    status: LicenceStatus
    starts_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class AdverseDecision:
    """That a decision resting on relevant information exists: never why."""

    kind: EventKind
    licence_kind: LicenceKind
    decided_on: date | None
    immediate: bool


@dataclass(frozen=True)
class Found:
    """One record that may be the person. `person_id` and identity stay empty where they may not be told."""

    rank: int
    band: Band
    own: bool
    authority: str
    contact: str
    person_id: str | None = None
    name: str = ""
    date_of_birth: date | None = None
    words: dict[Field, Word] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    would_settle: str = ""
    licences: tuple[HeldLicence, ...] = ()
    adverse: tuple[AdverseDecision, ...] = ()
    result: int = 0  # its place among the results kept; 0 in answers given before results were judged
    authority_code: str = ""
    ask_first: bool = False  # the council asks to be spoken to before anything is decided
    trained: bool | None = None  # safeguarding training in date; None where the council has none on record

    @property
    def asking(self) -> str:
        """That its council asks to be spoken to first, and whom to ask; never why."""
        contact = self.contact or "no contact recorded"
        return f"A council asks you to speak to it before deciding: {self.authority}, {contact}"

    @property
    def training(self) -> str:
        """Whether training is in date, in words."""
        return {True: "In date", False: "Not in date", None: "Not recorded"}[self.trained]

    @property
    def may_be_told(self) -> bool:
        """Whether more than the authority may be shown: of another's record, only when it is likely the person."""
        return self.own or self.band is not Band.POSSIBLE


@dataclass(frozen=True)
class Answer:
    """Who was found, and where was and was not searched."""

    searched: tuple[Searched, ...]
    not_searched: tuple[Searched, ...]
    found: tuple[Found, ...]

    @property
    def best_band(self) -> Band | None:
        return self.found[0].band if self.found else None

    def as_kept(self) -> dict[str, Any]:
        return plain(asdict(self))

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        return cls(
            searched=tuple(searched_from(one) for one in kept["searched"]),
            not_searched=tuple(searched_from(one) for one in kept["not_searched"]),
            found=tuple(_found(one) for one in kept["found"]),
        )


def licence_from(kept: dict[str, Any]) -> HeldLicence:
    """From JSON, the database's or our own."""
    return HeldLicence(
        LicenceKind(kept["kind"]),
        kept["number"],
        LicenceStatus(kept["status"]),
        _date(kept["starts_on"]),
        _date(kept["expires_on"]),
    )


def adverse_from(kept: dict[str, Any]) -> AdverseDecision:
    """From JSON, the database's or our own."""
    return AdverseDecision(
        EventKind(kept["kind"]),
        LicenceKind(kept["licence_kind"]),
        _date(kept["decided_on"]),
        kept["immediate"],
    )


def searched_from(kept: dict[str, Any]) -> Searched:
    """From JSON of our own."""
    moment = kept["imported_at"]
    return Searched(kept["code"], kept["name"], datetime.fromisoformat(moment) if moment else None)


def _found(kept: dict[str, Any]) -> Found:
    return Found(
        **{
            **kept,
            "band": Band(kept["band"]),
            "date_of_birth": _date(kept["date_of_birth"]),
            "words": {Field(name): Word(word) for name, word in kept["words"].items()},
            "reasons": tuple(kept["reasons"]),
            "licences": tuple(licence_from(one) for one in kept["licences"]),
            "adverse": tuple(adverse_from(one) for one in kept["adverse"]),
        }
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def plain(value: Any) -> Any:
    """Dataclasses' dicts with dates as text, as JSON wants them."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
