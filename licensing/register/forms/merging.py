"""The forms with which two records are made one, and two again."""

from collections.abc import Iterable, Mapping

from licensing.forms import BaseForm, LongTextField, RadioField, SubmitField


def _choice(label: str) -> RadioField:
    return RadioField(label, choices=(), required=f"Select which {label.lower()} is right", default="kept")


class MergeForm(BaseForm):
    """Field by field, which record has it right. Names, numbers and addresses of both stay findable."""

    name = _choice("Name")
    date_of_birth = _choice("Date of birth")
    deceased_on = _choice("Date of death")
    source_id = _choice("Key in your own system")
    reason = LongTextField(
        "Why are they the same person?",
        called="Reason",
        required="Say why they are the same person",
        hint="What you compared: for example, “same photograph and driving licence”",
        rows=3,
        longest=500,
    )
    submit = SubmitField("Ask for approval")

    def offer(self, sides: Iterable[Mapping[str, str]]) -> None:
        """What each record says, to choose from; where both say the same nothing is asked."""
        questions = {field.name: field for field in self if isinstance(field, RadioField)}
        for side in sides:
            if side["kept"] == side["merged"]:
                del self[side["key"]]
            else:
                questions[side["key"]].choices = [("kept", side["kept"]), ("merged", side["merged"])]


class UnmergeForm(BaseForm):
    reason = LongTextField(
        "Why are they not the same person?",
        called="Reason",
        required="Say why they are not the same person",
        rows=3,
        longest=500,
    )
    submit = SubmitField("Ask for approval")
