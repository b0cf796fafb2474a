"""The question before a link of two councils' records is ended."""

from licensing.forms import BaseForm, LongTextField, SubmitField


class EndLinkForm(BaseForm):
    reason = LongTextField(
        "Why are these not the same person?",
        required="Say why these are not the same person",
        hint="Those who decide, at both councils, read this.",
        longest=1000,
        rows=3,
    )
    submit = SubmitField("Ask both councils to agree")
