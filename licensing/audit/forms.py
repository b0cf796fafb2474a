"""The filters of the audit trail; nothing personal, so they stand in the address."""

from licensing.audit.rules import Action, ObjectKind
from licensing.forms import ChoiceField, DateField, FilterForm


class TrailFilterForm(FilterForm):
    """What the trail is narrowed to."""

    action = ChoiceField(
        "What was done", empty="All", choices=[(one.value, one.label) for one in Action], coerce=Action
    )
    kind = ChoiceField(
        "Kind of record", empty="All", choices=[(one.value, one.label) for one in ObjectKind], coerce=ObjectKind
    )
    from_on = DateField("From", called="The date to list from")
    until_on = DateField("To", called="The date to list to")
