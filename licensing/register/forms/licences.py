"""The forms of licences and what happens to them."""

from datetime import date

from wtforms.validators import ValidationError

from licensing.dates import years_after
from licensing.forms import (
    CheckboxesField,
    ChoiceField,
    DateField,
    LongTextField,
    RadioField,
    TextField,
    TickBoxField,
    not_in_the_future,
)
from licensing.register.catalogue import CATALOGUE, DUAL_ENTITLEMENTS, LicenceKind
from licensing.register.events import EventKind, LapseCause, RelevantInformation
from licensing.register.forms.entries import EntryForm, why_field
from licensing.register.forms.shapes import MIDDLE, NARROW, right_shape
from licensing.register.places import Activity

_MONTHS_A_YEAR = 12
_number_shape = right_shape(bool, "Licence number must have letters or numbers in it")


class LicenceForm(EntryForm):
    """A licence or authorisation that was granted, or an application that was received."""

    kind = ChoiceField("Licence or authorisation", required="Select the licence or authorisation", coerce=LicenceKind)
    number = TextField(
        "Licence number", required="Enter the licence number", gov=MIDDLE, longest=40, validators=[_number_shape]
    )
    badge_no = TextField("Badge or plate number", gov=NARROW, longest=40)
    activities = CheckboxesField(
        "Activities",
        hint="For a premises licence or club premises certificate",
        choices=[(one.value, one.label) for one in Activity],
    )
    received_on = DateField("Date the application was received", validators=[not_in_the_future])
    granted_on = DateField(
        "Date the grant was decided", hint="Leave blank if it is not decided yet", validators=[not_in_the_future]
    )
    starts_on = DateField("First day")
    expires_on = DateField("Last day", hint="Leave blank if it lasts until it is ended")
    irregular = TickBoxField(
        "Record this although the term is longer than the law allows",
        hint="What was granted is recordable, and marked irregular",
    )

    def validate_granted_on(self, field: DateField) -> None:
        if self.received_on.data and field.data and field.data < self.received_on.data:
            raise ValidationError("Date the grant was decided must be the same as or after the application’s")

    def validate_starts_on(self, field: DateField) -> None:
        if field.data and not self.granted_on.data:
            raise ValidationError("First day needs the date the grant was decided")

    def validate_expires_on(self, field: DateField) -> None:
        if not field.data:
            return
        if not self.starts_on.data:
            raise ValidationError("Last day needs a first day")
        check_term(self.kind.data, self.starts_on.data, field, irregular=self.irregular.data)


class EventForm(EntryForm):
    """Something that happened to a licence, with the dates it has."""

    event = ChoiceField("What happened?", called="What happened", required="Select what happened", coerce=EventKind)
    entitlement = RadioField(
        "Which of the two licences is it about?",
        called="Entitlement",
        choices=[("", "Both"), *((kind.value, kind.label) for kind in DUAL_ENTITLEMENTS)],
    )
    decided_on = DateField(
        "Date it was decided or happened",
        required="Enter the date it was decided or happened",
        validators=[not_in_the_future],
    )
    notified_on = DateField(
        "Date of the notice", hint="The day the holder was told in writing", validators=[not_in_the_future]
    )
    immediate = TickBoxField(
        "It has immediate effect, in the interests of public safety",
        hint="Drivers only: 1976 Act section 61(2B)",
    )
    effective_on = DateField("Date of effect, if it is another", hint="Leave blank to reckon it from the notice")
    starts_on = DateField("First day of the new term", hint="For a grant or a renewal")
    expires_on = DateField("Last day of the new term")
    ends_on = DateField(
        "Date it ends",
        hint="A suspension’s last day, the day permission to work ends, or the end of an interim authority",
    )
    relevant_information = RadioField(
        "Did the decision rely on relevant information?",
        called="Relevant information",
        hint="Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022 section 1. For decisions "
        "against a driver",
        choices=[
            (RelevantInformation.WHOLLY, "Wholly"),
            (RelevantInformation.PARTLY, "Partly"),
            (RelevantInformation.NO, "No"),
            (RelevantInformation.NOT_RECORDED, "Not recorded or does not apply"),
        ],
        coerce=RelevantInformation,
        default=RelevantInformation.NOT_RECORDED,
    )
    cause = RadioField(
        "Why did it lapse?", called="Cause", choices=[("", "Does not apply"), *((c.value, c.label) for c in LapseCause)]
    )
    power = TextField("Power used", hint="The section, as the notice gives it", gov=MIDDLE, longest=100)
    permanent = TickBoxField(
        "Policy marks this revocation as permanent",
        hint="A marker to be considered wherever they next apply: the law knows no permanent revocation",
    )
    irregular = TickBoxField(
        "Record this although the licence’s status does not allow for it",
        hint="What was done is recordable, and marked irregular",
    )

    def validate_notified_on(self, field: DateField) -> None:
        if field.data and self.decided_on.data and field.data < self.decided_on.data:
            raise ValidationError("Date of the notice must be the same as or after the decision")

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.decided_on.data and field.data < self.decided_on.data:
            raise ValidationError("Date it ends must be the same as or after the date it was decided")

    def validate_expires_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Last day of the new term must be the same as or after its first day")


class EventCorrectionForm(EventForm):
    """What an event should have said; it is kept once a second person agrees."""

    never_happened = TickBoxField(
        "This did not happen to this licence at all",
        hint="The entry stays visible as corrected, and counts for nothing",
    )
    reason = why_field()


class VoidForm(EntryForm):
    """That a licence was issued by mistake; it is void once a second person agrees."""

    decided_on = DateField(
        "Date it was declared void",
        required="Enter the date it was declared void",
        validators=[not_in_the_future],
    )
    reason = LongTextField(
        "Why was issuing it a mistake?",
        called="Reason",
        required="Say why issuing it was a mistake",
        hint="Whoever is asked to agree reads this. A decision to end a good licence is a revocation.",
        rows=3,
        longest=500,
    )


class LicenceCorrectionForm(EntryForm):
    """What was recorded wrongly of a licence itself."""

    number = TextField(
        "Licence number", required="Enter the licence number", gov=MIDDLE, longest=40, validators=[_number_shape]
    )
    badge_no = TextField("Badge or plate number", gov=NARROW, longest=40)
    activities = CheckboxesField("Activities", choices=[(one.value, one.label) for one in Activity])
    reason = why_field()


class NewNumberForm(EntryForm):
    """A new badge or plate; the former one stays findable."""

    badge_no = TextField("New number", required="Enter the new number", gov=NARROW, longest=40)
    from_on = DateField(
        "First day with the new number",
        required="Enter the first day with the new number",
        validators=[not_in_the_future],
    )


def check_term(kind: LicenceKind | None, starts_on: date, field: DateField, *, irregular: bool) -> None:
    """Refuses a term that ends before it begins, or is longer than the law's longest and not said to be."""
    if field.data is None:
        return
    if field.data < starts_on:
        raise ValidationError(f"{field.called} must be the same as or after the first day")
    longest = CATALOGUE[kind].longest_months if kind else None
    if longest and not irregular and field.data >= years_after(starts_on, longest // _MONTHS_A_YEAR):
        years = longest // _MONTHS_A_YEAR
        raise ValidationError(f"{field.called} must be within {years} years of the first day: that is the longest term")
