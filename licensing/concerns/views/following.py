"""What a council's officers do about a concern among themselves: answered, noted, linked, looked into, closed."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.concerns import queries
from licensing.concerns.changes import following as changes
from licensing.concerns.forms import ComplaintForm, ConsiderationForm, LinkForm, WordsForm
from licensing.concerns.rules import LedTo
from licensing.concerns.views import concerns, step
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.register.events import RecordKind
from licensing.register.names import licence_name, name_of
from licensing.sealing import opened

_LOOK = records_look(ObjectKind.CONCERN, "concern_id", queries.concern_exists)
_LINK_FIRST = "Link the concern with a record of your register first."
_COMPLAINED_OF = (LedTo.PERSON, LedTo.ORGANISATION, LedTo.VEHICLE, LedTo.PREMISES)


@concerns.route("/concerns/<uuid:concern_id>/acknowledge", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def acknowledge(concern_id: UUID) -> ResponseReturnValue:
    hint = "They read this: thank them, and say what happens next. Nothing of what you know of anybody."
    form = WordsForm.asking("What do you answer whoever raised it?", "Acknowledge", hint)
    return step(
        form,
        "Acknowledge the concern",
        concern_id,
        lambda: changes.acknowledge(signed_in_user(), concern_id, form.words.data or ""),
        "The concern is acknowledged.",
    )


@concerns.route("/concerns/<uuid:concern_id>/note", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def note(concern_id: UUID) -> ResponseReturnValue:
    form = WordsForm.asking(
        "What is to be noted?", "Save", "Your team reads this; whoever raised the concern does not."
    )
    return step(
        form,
        "Add a note",
        concern_id,
        lambda: changes.note(signed_in_user(), concern_id, form.words.data or ""),
        "The note is kept.",
    )


@concerns.route("/concerns/<uuid:concern_id>/link", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def link(concern_id: UUID) -> ResponseReturnValue:
    form = LinkForm()
    return step(
        form,
        "Link with a record of your register",
        concern_id,
        lambda: changes.link(signed_in_user(), concern_id, form.reference.data or ""),
        "The concern is linked.",
    )


@concerns.route("/concerns/<uuid:concern_id>/complaint", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def open_complaint(concern_id: UUID) -> ResponseReturnValue:
    """A complaint about somebody or something that the concern is linked with, in its words where they are left."""
    linked = [one for one in queries.linked_with(concern_id) if one[0] in _COMPLAINED_OF]
    form = ComplaintForm(data={"words": _words(concern_id)})
    form.record.choices = options((f"{kind}:{one}", name_of(RecordKind(kind.value), one)) for kind, one in linked)

    def keep() -> None:
        about = next(one for one in linked if form.record.data == f"{one[0]}:{one[1]}")
        asked = (form.category.data, form.source.data, form.words.data or "")
        changes.open_complaint(signed_in_user(), concern_id, about, *asked)

    more = {} if linked else {"intro": _LINK_FIRST, "questions": []}
    return step(form, "Record a complaint", concern_id, keep, "The complaint is recorded.", **more)


@concerns.route("/concerns/<uuid:concern_id>/consideration", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def open_consideration(concern_id: UUID) -> ResponseReturnValue:
    """A consideration of a licence of whom or what the concern is linked with."""
    licences = queries.licences_of(queries.linked_with(concern_id))
    form = ConsiderationForm(data={"words": _words(concern_id)})
    form.licence.choices = options((str(one.id), licence_name(one)) for one in licences)

    def keep() -> None:
        asked = (form.source.data, form.ground.data, form.words.data or "")
        changes.open_consideration(signed_in_user(), concern_id, UUID(form.licence.data), *asked)

    more = {} if licences else {"intro": f"{_LINK_FIRST} It must hold a licence.", "questions": []}
    return step(form, "Open a consideration", concern_id, keep, "The consideration is open.", **more)


@concerns.route("/concerns/<uuid:concern_id>/no-action", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def take_no_action(concern_id: UUID) -> ResponseReturnValue:
    form = WordsForm.asking("Why is nothing more done?", "Close the concern", "Whoever raised it does not read this.")
    return step(
        form,
        "No further action",
        concern_id,
        lambda: changes.take_no_action(signed_in_user(), concern_id, form.words.data or ""),
        "The concern is closed.",
    )


@concerns.route("/concerns/<uuid:concern_id>/close", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@_LOOK
def close(concern_id: UUID) -> ResponseReturnValue:
    form = WordsForm.asking("What came of it?", "Close the concern", "Whoever raised it does not read this.")
    return step(
        form,
        "Close the concern",
        concern_id,
        lambda: changes.close(signed_in_user(), concern_id, form.words.data or ""),
        "The concern is closed.",
    )


def _words(concern_id: UUID) -> str:
    """What was seen or heard, as the beginning of what is recorded of it."""
    return opened(queries.concern(concern_id), "words_sealed")
