"""Where a concern is led: to the MASH, to the designated officer (LADO), to another council."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.concerns import queries
from licensing.concerns.changes import following, referring
from licensing.concerns.forms import LadoForm, MashForm, PassOnForm
from licensing.concerns.views import concerns, step
from licensing.forms import options
from licensing.permissions import Permission, requires

_LOOK = records_look(ObjectKind.CONCERN, "concern_id", queries.concern_exists)
_MASH = "Ring the MASH, or use their own form, first: nothing is sent to them from here."
_LADO = "They are told within one working day. From then on they can read the concern; what they do with it is theirs."


@concerns.route("/concerns/<uuid:concern_id>/mash", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def refer_to_mash(concern_id: UUID) -> ResponseReturnValue:
    form = MashForm()

    def keep() -> None:
        on = form.on_day.data
        assert on is not None
        told = (form.words.data or "", form.reference.data or "")
        following.refer_to_mash(signed_in_user(), concern_id, on, *told)

    title = "Record a referral to the MASH"
    return step(form, title, concern_id, keep, "The referral is recorded.", intro=_MASH)


@concerns.route("/concerns/<uuid:concern_id>/lado", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def refer_to_lado(concern_id: UUID) -> ResponseReturnValue:
    form, found = LadoForm(), queries.with_designated_officers(dates.today())
    form.to.choices = options((str(one), name) for one, name in found)
    if len(found) == 1 and not form.is_submitted():
        form.to.data = str(found[0][0])
    return step(
        form,
        "Refer to the designated officer (LADO)",
        concern_id,
        lambda: referring.refer_to_lado(signed_in_user(), concern_id, UUID(form.to.data), form.words.data or ""),
        "The concern is referred.",
        intro=_LADO,
    )


@concerns.route("/concerns/<uuid:concern_id>/pass-on", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def pass_on(concern_id: UUID) -> ResponseReturnValue:
    form, own = PassOnForm(), signed_in_user().authority.id
    others = [one for one in queries.councils(dates.today()) if one.id != own]
    form.council.choices = options((str(one.id), one.name) for one in others)
    more = {} if others else {"intro": "No other council shares in this service yet.", "questions": []}
    return step(
        form,
        "Pass it on to another council",
        concern_id,
        lambda: following.pass_on(signed_in_user(), concern_id, UUID(form.council.data), form.words.data or ""),
        "The concern is passed on, and closed here.",
        **more,
    )
