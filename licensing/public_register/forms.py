"""The form on which an administrator chooses what is published, and the search of the public pages."""

from collections.abc import Iterable

from wtforms import HiddenField

from licensing.forms import BaseForm, CheckboxesField, FilterForm, SubmitField, TextField, TickBoxField, options
from licensing.public_register.rules import REGISTERS, Choices, PublicRegister


class SettingsForm(BaseForm):
    seen = HiddenField()  # what was chosen when the form was opened
    published = CheckboxesField(
        "Registers to publish",
        called="Registers",
        hint="Anybody can read a published register without signing in, as a page or as a file.",
    )
    individuals_marks = TickBoxField(
        "Publish the registrations of vehicles that individuals own",
        hint="A registration can lead to a person: some councils leave them out (Freedom of Information Act 2000 "
        "section 40).",
    )
    individuals_addresses = TickBoxField(
        "Publish the addresses of individuals who own hackney carriages",
        hint="The 1847 Act asks for them; it is usually where the proprietor lives.",
    )
    submit = SubmitField("Save")

    def offer(self, registers: Iterable[PublicRegister]) -> None:
        """The registers that the authority has; without any there is nothing to ask."""
        self.published.choices = options((one.value, f"{one.label}: {REGISTERS[one].law}") for one in registers)
        if not self.published.choices:
            del self.published

    def answered(self) -> Choices:
        """What was chosen on the form."""
        registers = frozenset(PublicRegister(one) for one in self.data.get("published") or ())
        return Choices(registers, bool(self.individuals_marks.data), bool(self.individuals_addresses.data))


class SearchForm(FilterForm):
    """A search by number or name; what it searches is public, so it stands in the address."""

    q = TextField("Licence number, plate or name", longest=100)
