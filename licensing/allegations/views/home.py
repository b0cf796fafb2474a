"""What the home page shows of cases: to designated officers what is due, to others the cases that they may read."""

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Panel, adds_panel
from licensing.allegations.queries import access as queries
from licensing.allegations.waiting import due_rows
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission

SHOWN = 5


@adds_panel(Permission.ALLEGATIONS)
def due_first() -> Panel:
    """What is due first in the cases; that they were listed is committed before."""
    audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
    return Panel("allegations/_due_first.html", {"waiting": due_rows(dates.today(), SHOWN)})


@adds_panel(Permission.SIGNED_IN)
def readable_cases() -> Panel | None:
    """The cases on which somebody was named, or which they opened in an emergency; nothing of what they say."""
    found = queries.given_to(signed_in_user().id)
    shown = [
        {"case_id": one.case_id, "kind": one.kind, "until": dates.moment_in_words(one.until_at)}
        for one in found
        if one.until_at
    ]
    return Panel("allegations/_readable.html", {"cases": shown}) if shown else None
