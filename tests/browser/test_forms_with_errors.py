"""Forms that were filled in wrongly, and what rules refuse: as sound as every other page."""

import pytest
from browser.addresses import ADDRESSES, views_that_answer_get
from browser.conftest import OpenPage, Site
from browser.looking import Looking
from browser.world import STAGED_FILE

from licensing.permissions import Role
from licensing.register.entries import ENTRIES

# For each view with a form: where it is, and the button that sends it as it stands.
SENT_AS_THEY_STAND = {
    "accounts.sign_in": ("/sign-in", "Sign in"),
    "accounts.accept_invitation": ("/invitation/{invitation}", "Start using the service"),
    "register.find_before_adding": ("/people/find", "Search the register"),
    "register.add_person": ("/people/add?draft={nobody_likely}", "Continue"),
    "driver_check.make_check": ("/checks/new", "Check"),
    "driver_check.locate": ("/checks/licensed-by", "Ask the councils"),
    "driver_check.judge": ("/checks/{check_possible}/verdict", "Save"),
    "driver_check.link_records": ("/checks/{check_judged}/link", "Ask both councils to agree"),
    "finding.search": ("/find", "Search"),
    "register.end_link": ("/links/{link}/end", "Ask both councils to agree"),
    "imports.bring_in": ("/imports/new", "Show the preview"),
    "accounts.confirm": ("/confirm", "Continue"),
    "accounts.forgotten_password": ("/forgotten-password", "Send the link"),
    "accounts.reset_password": ("/password-reset/{password_reset}", "Change password"),
    "accounts.reset_authenticator": ("/authenticator-reset/{authenticator_reset}", "Use this authenticator"),
    "accounts.change_password": ("/account/password", "Change password"),
    "accounts.change_authenticator": ("/account/authenticator", "Use the new authenticator"),
    "administration.invite": ("/users/invite", "Send the invitation"),
    **{f"register.{entry.name}": (ADDRESSES[f"register.{entry.name}"][0], "Continue") for entry in ENTRIES},
    "register.correct_event": ("/events/{event}/correct", "Continue"),
    "register.merge_people": ("/people/{person}/merge?with={namesake}", "Ask for approval"),
    "register.undo_merge": ("/merges/{merge}/undo", "Ask for approval"),
    "deadlines.set_own_rule": ("/deadlines/rules/DBS_UPDATE/own", "Choose this period"),
    "deadlines.list_closure_days": ("/deadlines/closed-days", "Add the day"),
    "deadlines.pause": ("/work/clocks/{clock}/pause", "Save"),
    "deadlines.resume": ("/work/clocks/{clock}/resume", "Save"),
    "deadlines.give_another_day": ("/work/clocks/{clock}/due", "Change the date"),
    "decisions.decide": ("/licences/{driver_licence}/decide?kind=revoke", "Continue"),
    "decisions.issue_notice": ("/decisions/{decision}/notice", "Issue the notice"),
    "decisions.serve": ("/decisions/{decision}/serve", "Record it"),
    "decisions.review": ("/decisions/{decision}/review", "Record the review"),
    "decisions.lodge_appeal": ("/decisions/{decision}/appeal", "Record the appeal"),
    "decisions.set_hearing": ("/appeals/{appeal}/hearing", "Save"),
    "decisions.end_appeal": ("/appeals/{appeal}/end", "Record the outcome"),
    "decisions.list_delegations": ("/delegations", "Record the delegation"),
    "decisions.review_template": ("/notice-templates/revocation/review", "Record the review"),
    "tasks.add_task": ("/work/new", "Open the task"),
    "tasks.reassign": ("/work/{task}/hand-on", "Hand the task on"),
    "tasks.change_due_date": ("/work/{task}/due", "Change the date"),
}
# Everything else is sent by an officer.
SENT_BY = {
    "administration.invite": Role.ADMINISTRATOR,
    "deadlines.set_own_rule": Role.LICENSING_MANAGER,
    "deadlines.list_closure_days": Role.LICENSING_MANAGER,
    "decisions.list_delegations": Role.LICENSING_MANAGER,
    "decisions.review_template": Role.LICENSING_MANAGER,
}


def test_every_view_with_a_form_is_sent_here(site: Site) -> None:
    posts = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posts & views_that_answer_get(site.app) == SENT_AS_THEY_STAND.keys()


@pytest.mark.parametrize("endpoint", SENT_AS_THEY_STAND)
def test_a_form_with_errors_is_sound(site: Site, open_page: OpenPage, endpoint: str) -> None:
    address, button = SENT_AS_THEY_STAND[endpoint]
    is_public = hasattr(site.app.view_functions[endpoint], "public_because")
    role = SENT_BY.get(endpoint, Role.LICENSING_OFFICER)
    looking = Looking(open_page("" if is_public else site.world.tokens[role]))
    looking.page.goto(address.format(**site.world.names[Role.LICENSING_OFFICER]))
    faults = looking.send(button, 422)
    assert not faults, "\n".join(faults)
    assert looking.page.locator(".govuk-error-summary").is_visible()


def test_a_person_who_is_on_the_register_is_refused_on_a_sound_page(site: Site, open_page: OpenPage) -> None:
    looking = Looking(open_page(site.world.tokens[Role.LICENSING_MANAGER]))
    looking.page.goto("/people/add/{answers}".format(**site.world.names[Role.LICENSING_MANAGER]))
    faults = looking.send("Add to the register", 422)
    assert not faults, "\n".join(faults)
    looking.page.get_by_role("link", name="PHD00007").click()
    assert looking.page.locator("#number").input_value() == "PHD00007"


def test_a_file_that_somebody_let_go_meanwhile_is_refused_on_a_sound_page(site: Site, open_page: OpenPage) -> None:
    looking = Looking(open_page(site.world.tokens[Role.LICENSING_OFFICER]))
    page = looking.page
    page.goto("/imports/new")
    page.get_by_label("Driver licences").check()
    file = {"name": "drivers-august.csv", "mimeType": "text/csv", "buffer": STAGED_FILE.encode()}
    page.get_by_label("The file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show the preview").click()
    page.wait_for_url("**/imports/*-*")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Discard the file").click()
    other.wait_for_url("**/imports")
    faults = looking.send("Bring it in", 422)
    assert not faults, "\n".join(faults)
