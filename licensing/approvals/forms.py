"""The forms with which a proposal is decided."""

from licensing.forms import BaseForm, LongTextField, SubmitField, TickBoxField


class ApproveForm(BaseForm):
    checked = TickBoxField(
        "I have checked what this would do", required="Confirm that you have checked what this would do"
    )
    approve = SubmitField("Approve")


class RefuseForm(BaseForm):
    reason = LongTextField(
        "Why you refuse",
        required="Say why you refuse",
        hint="Whoever asked reads this.",
        longest=1000,
        rows=3,
    )
    refuse = SubmitField("Refuse")
