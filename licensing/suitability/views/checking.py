"""A form whose answers matter: they are shown once more before they are kept, and can be changed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm
from licensing.forms.answers import answer_rows, answers_again, kept_answers
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.saving import saved
from licensing.suitability.views import asked, done

_CHECKED, _CHANGED = "check", "answers"


def asked_and_checked(
    form: BaseForm, title: str, back: str, keep: Callable[[dict[str, Any]], Any], message: str, **more: Any
) -> ResponseReturnValue:
    """The form; then, under `check` in the address, its answers; then `keep` with them, and on to `back`.

    Answers wait sealed, under an id by which their writer alone finds them.
    """
    waiting = request.args.get(_CHECKED, type=UUID)
    kept = _kept_for(waiting or request.args.get(_CHANGED, type=UUID))
    if waiting and kept is None:
        drafts.gone(waiting)
    is_sent = request.method == "POST"
    if kept and (waiting or not is_sent):
        form.process(None, data=kept)
    if waiting and is_sent:
        if saved(form, lambda: _keep_once(waiting, lambda: keep(answers(form)), back)):
            return done(message, back)
        return asked(form, title, back, action=_here(), **more)
    if waiting:
        rows, change = answer_rows(form), _here(**{_CHANGED: waiting})
        return render_template("suitability/check.html", title=title, rows=rows, change=change, button=form["submit"])
    if form.validate_on_submit() and _would_be_kept(form, keep):
        typed = {"of": request.path, "answers": kept_answers(form)}
        draft = drafts.keep(signed_in_user(), DraftKind.CASE, typed)
        db.session.commit()
        return redirect(_here(**{_CHECKED: draft}))
    return asked(form, title, back, **more)


def _keep_once(draft_id: UUID, keep: Callable[[], Any], back: str) -> None:
    """Keep the answers, unless they were sent before: then on to what came of them."""
    drafts.take(draft_id, DraftKind.CASE)
    keep()
    drafts.use(draft_id, back)


def _would_be_kept(form: BaseForm, keep: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the answers could be kept as they are; else the form says why not. Nothing is changed."""
    attempt = db.session.begin_nested()
    try:
        keep(answers(form))
    except RuleBroken as broken:
        form.add_error(broken.message, broken.field)
        return False
    finally:
        attempt.rollback()
    return True


def _kept_for(draft_id: UUID | None) -> dict[str, Any] | None:
    """The answers that wait under this id, where they are to this very page's questions."""
    found = drafts.find(draft_id, DraftKind.CASE)
    return answers_again(found["answers"]) if found and found["of"] == request.path else None


def _here(**query: Any) -> str:
    """The address of this page with these answers, and what else it says of itself."""
    said = {name: value for name, value in request.args.items() if name not in (_CHECKED, _CHANGED)}
    return url_for(request.endpoint or "", **(request.view_args or {}), **said, **query)
