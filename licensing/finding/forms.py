"""The one question of the search box."""

from licensing.forms import BaseForm, SubmitField, TextField


class SearchForm(BaseForm):
    q = TextField(
        "Search your registers",
        required="Enter a name, number, registration, postcode or reference to search for",
        hint="A name in any spelling, a licence, badge or plate number, a vehicle registration, a postcode, a UPRN, a "
        "company number, or a reference like P-7K2M-9XQ4",
        longest=200,
    )
    submit = SubmitField("Search")
