"""The forms for bringing a file in."""

from collections.abc import Sequence

from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    FileField,
    LongTextField,
    RadioField,
    SubmitField,
)
from licensing.imports.rows_fhrs import BUSINESS_TYPES, HOTEL
from licensing.imports.rules import ImportKind

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}
DATE_ORDERS = {"DMY": "Day first, like 31/12/2025", "MDY": "Month first, like 12/31/2025", "YMD": "Year first"}


class BringInForm(BaseForm):
    kind = RadioField(
        "What does the file hold?",
        called="Kind of file",
        required="Select what the file holds",
        choices=[(kind.value, kind.label) for kind in ImportKind],
        coerce=ImportKind,
    )
    file = FileField(
        "The file",
        required="Select a file",
        hint="CSV or XLSX; FHRS XML for food hygiene. At most 10 MB and 100,000 rows.",
    )
    date_order = ChoiceField(
        "How dates are written with numbers only", choices=DATE_ORDERS.items(), empty="Day first, unless the file says"
    )
    encoding = ChoiceField(
        "Character encoding",
        choices=ENCODINGS.items(),
        empty="Let the file say",
    )
    columns = LongTextField(
        "Headings that are not recognised",
        rows=3,
        hint="One on a line, as: Holder surname = family_name. Leave empty if the preview finds every column.",
    )
    business_types = CheckboxesField(
        "Kinds of food business to bring in",
        choices=[(str(number), name) for number, name in BUSINESS_TYPES.items()],
        hint="For a food hygiene file. Hotels and guesthouses are what it is brought in for.",
        default=[str(HOTEL)],
    )
    submit = SubmitField("Show the preview")

    def offer(self, kinds: Sequence[ImportKind]) -> None:
        """Only the registers that the user's authority keeps."""
        self.kind.choices = [(kind.value, kind.label) for kind in kinds]


class ApplyForm(BaseForm):
    submit = SubmitField("Bring it in")
