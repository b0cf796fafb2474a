"""How the office is reached."""

from wtforms import HiddenField

from licensing.forms import BaseForm, LongTextField, SubmitField, TextField


class OfficeForm(BaseForm):
    version = HiddenField()
    contact = LongTextField(
        "How do others reach the designated officer?",
        required="Enter how others reach you",
        hint="Telephone and mailbox of the office. Officers of councils for which you set a flag are shown it.",
        longest=500,
        gov={"rows": 3},
    )
    meeting_name = TextField(
        "What is the first meeting called here?",
        required="Enter what the first meeting is called",
        hint="For example: allegations strategy meeting, joint evaluation meeting, position of trust meeting",
    )
    save = SubmitField("Save")
