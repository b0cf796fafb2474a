"""One licence or other authorisation: what it is, what happened to it, and who plays a part in it."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission, requires
from licensing.register import queries, timeline
from licensing.register.changes.positions import has_no_supervisor
from licensing.register.events import EventKind, RecordKind
from licensing.register.life_cycle import events_known_to
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.presenting import entitlement_rows, licence_facts, whose
from licensing.register.views import register, shared_by_records
from licensing.register.warnings import warnings_about


@register.get("/licences/<uuid:licence_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.LICENCE, "licence_id", queries.record_exists(Licence))
def show_licence(licence_id: UUID) -> ResponseReturnValue:
    speak_first = warnings_about(queries.holder_of(licence_id), ObjectKind.LICENCE, licence_id)
    licence, today = queries.licence(licence_id), dates.today()
    return render_template(
        "register/show_licence.html",
        licence=licence,
        speak_first=speak_first,
        title=licence_name(licence),
        whose=whose(licence),
        facts=licence_facts(licence, today),
        entitlements=entitlement_rows(licence, today),
        events=timeline.of_licence(licence),
        may_transfer=EventKind.TRANSFERRED in events_known_to(licence.kind),
        no_supervisor=has_no_supervisor(licence, today),
        **shared_by_records(RecordKind.LICENCE, licence_id),
    )
