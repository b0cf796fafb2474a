"""Forms that were filled in wrongly, and what rules refuse: as sound as every other page."""

from itertools import zip_longest

import pytest
from browser.addresses import ADDRESSES, views_that_answer_get
from browser.conftest import OpenPage, Site
from browser.looking import Looking
from browser.world import STAGED_FILE, freshen
from playwright.sync_api import FilePayload

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
    "deadlines.set_own_rule": ("/deadlines/rules/SUSPENSION_REVIEW/own", "Choose this period"),
    "deadlines.list_closure_days": ("/deadlines/closed-days", "Add the day"),
    "disruption.begin_power": ("/powers/EDCESUS/beginning", "Save"),
    "deadlines.pause": ("/work/clocks/{clock}/pause", "Save"),
    "deadlines.resume": ("/work/clocks/{clock}/resume", "Save"),
    "deadlines.give_another_day": ("/work/clocks/{clock}/due", "Change the date"),
    "decisions.decide": ("/licences/{driver_licence}/decide?kind=revoke", "Continue"),
    "decisions.issue_notice": ("/decisions/{decision}/notice", "Issue the notice"),
    "decisions.note_new_information": ("/decisions/{decision}/new-information", "Record the review"),
    "decisions.serve": ("/decisions/{decision}/serve", "Record it"),
    "decisions.review": ("/decisions/{decision}/review", "Record the review"),
    "decisions.lodge_appeal": ("/decisions/{decision}/appeal", "Record the appeal"),
    "decisions.set_hearing": ("/appeals/{appeal}/hearing", "Save"),
    "decisions.end_appeal": ("/appeals/{appeal}/end", "Record the outcome"),
    "decisions.list_delegations": ("/delegations", "Record the delegation"),
    "decisions.review_template": ("/notice-templates/revocation/review", "Record the review"),
    "decisions.nominate_supervisor": ("/decisions/{decision}/supervisor", "Record it"),
    "decisions.record_police": ("/decisions/{decision}/police", "Record it"),
    "sharing.add_disclosure": ("/nr3s/disclosures/new", "Add it to the log"),
    "sharing.answer": ("/nr3s/requests/received/{request_in_id}/answer", "Answer"),
    "sharing.ask_about_person": ("/people/{person}/nr3s-request", "Record the request"),
    "sharing.ask_for_licence": ("/licences/{driver_licence}/nr3s-request", "Record the request"),
    "sharing.chase": ("/nr3s/requests/sent/{request_out_id}/chase", "Record the reminder"),
    "sharing.have_regard": ("/nr3s/requests/sent/{request_out_id}/regard", "Record it"),
    "sharing.note_determined": ("/nr3s/requests/sent/{request_out_id}/determined", "Record it"),
    "sharing.receive": ("/nr3s/requests/receive", "Record it"),
    "sharing.record_answer": ("/nr3s/requests/sent/{request_out_id}/answer", "Record the answer"),
    "sharing.record_search": ("/people/{person}/nr3s-search", "Record the search"),
    "sharing.record_search_for_licence": ("/licences/{driver_licence}/nr3s-search", "Record the search"),
    "sharing.report_concern": ("/nr3s/concerns/new", "Record the concern"),
    "sharing.say_whose": ("/nr3s/requests/received/{request_in_id}/whose", "Say who it is"),
    "sharing.send": ("/nr3s/requests/sent/{request_out_id}/send", "Send the report"),
    "suitability.add_application": ("/licences/{driver_licence}/application", "Record the application"),
    "suitability.add_application_of_person": ("/people/{person}/application", "Record the application"),
    "suitability.add_case": ("/courts/new", "Save"),
    "suitability.add_complaint_about_organisation": ("/organisations/{organisation}/complaint", "Record the complaint"),
    "suitability.add_complaint_about_person": ("/people/{person}/complaint", "Record the complaint"),
    "suitability.add_complaint_about_premises": ("/premises/{premises}/complaint", "Record the complaint"),
    "suitability.add_complaint_about_vehicle": ("/vehicles/{vehicle}/complaint", "Record the complaint"),
    "suitability.add_consideration": ("/licences/{driver_licence}/consideration", "Open the consideration"),
    "suitability.add_consideration_of_complaint": ("/complaints/{complaint}/consideration", "Open the consideration"),
    "suitability.add_consideration_of_person": ("/people/{person}/consideration", "Open the consideration"),
    "suitability.add_conviction_to_application": ("/applications/{application}/conviction", "Record the conviction"),
    "suitability.add_conviction_to_consideration": (
        "/considerations/{consideration}/conviction",
        "Record the conviction",
    ),
    "suitability.add_defendant": ("/courts/{case}/defendant", "Save"),
    "suitability.add_information": ("/considerations/{consideration}/information", "Save"),
    "suitability.add_self_report": ("/licences/{driver_licence}/self-report", "Record the report"),
    "suitability.close_complaint": ("/complaints/{complaint}/close", "Close the complaint"),
    "suitability.mark_complete": ("/applications/{application}/complete", "Save"),
    "suitability.recommend_on_application": ("/applications/{application}/recommend", "Recommend"),
    "suitability.recommend_on_consideration": ("/considerations/{consideration}/recommend", "Recommend"),
    "suitability.record_answer": ("/information/{information}/answer", "Save"),
    "suitability.record_operator": ("/people/{person}/operator", "Save"),
    "suitability.record_told": ("/information/{information}/told", "Save"),
    "suitability.say_item": ("/applications/{application}/item?item=identity", "Save"),
    "suitability.withdraw": ("/applications/{application}/withdraw", "Save"),
    "training.add_premises_training": ("/premises/{premises}/training", "Record the training"),
    "training.add_training": ("/people/{person}/training", "Record the training"),
    "training.correct_training": ("/training/records/{training}/correct", "Record the training"),
    "training.list_workforce": ("/training/workforce", "Save"),
    "training.record_register_check": ("/organisations/{organisation}/staff-check", "Record the check"),
    "training.record_staff": ("/organisations/{organisation}/staff", "Save"),
    "vetting.correct_check": ("/vetting/checks/{vetting_check}/correct", "Correct the check"),
    "vetting.record_check": ("/people/{person}/vetting/new", "Continue"),
    "sharing.confirm_entry": ("/nr3s/entries/{nr3s_entry_id}/confirm", "Confirm the entry"),
    "sharing.confirm_update": ("/nr3s/updates/{nr3s_update_id}/confirm", "Confirm"),
    "sharing.end_user": ("/nr3s/users/{nr3s_user_id}/end", "End it"),
    "sharing.name_user": ("/nr3s/users/name", "Name this colleague"),
    "sharing.need_no_entry": ("/nr3s/entries/{nr3s_entry_id}/not-needed", "Record that no entry is needed"),
    "suitability.change_policy": ("/conviction-policy/change", "Save"),
    "suitability.record_step": ("/considerations/{review}/step", "Save"),
    "suitability.close_consideration": ("/considerations/{consideration}/close", "Save"),
    "suitability.consider_marker": (
        "/people/{person}/markers/consider?council=E07000178",
        "Record that it was considered",
    ),
    "training.add_course": ("/training/courses/add", "Save"),
    "training.add_version": ("/training/courses/{course}/version", "Save"),
    "training.change_policy": ("/training/policy", "Save"),
    "training.say_accepted": ("/training/courses/accept", "Save"),
    "vetting.change_policy": ("/vetting/rules/new?family=driver&check=dbs_status", "Make the rule"),
    "allegations.list_cases": ("/allegations", "Search"),
    "allegations.hold_case": ("/allegations/{lado_case}/hold", "Save"),
    "allegations.keep_longer": ("/allegations/{lado_closed}/keep", "Save"),
    "allegations.say_purpose": ("/allegations/{lado_case}/purpose", "Open the case"),
    "allegations.find_person": ("/allegations/{lado_recording}/person", "Find the person"),
    "allegations.choose_person": ("/allegations/{lado_recording}/person/{lado_draft}", "Save and continue"),
    "allegations.decide_threshold": ("/allegations/{lado_considering}/threshold", "Save the decision"),
    "allegations.add_allegation": ("/allegations/{lado_case}/allegations/new", "Save the allegation"),
    "allegations.record_outcome": (
        "/allegations/{lado_case}/allegations/{lado_allegation}/outcome",
        "Save the outcome",
    ),
    "allegations.add_strand": ("/allegations/{lado_case}/strands/new", "Add the strand"),
    "allegations.plan_meeting": ("/allegations/{lado_case}/meetings/new", "Continue"),
    "allegations.add_action": ("/allegations/{lado_case}/actions/new", "Save the action"),
    "allegations.finish_action": ("/allegations/{lado_case}/actions/{lado_action}/done", "Record it"),
    "allegations.add_entry": ("/allegations/{lado_case}/chronology/new", "Save the entry"),
    "allegations.review_case": ("/allegations/{lado_case}/review", "Save the review"),
    "allegations.hand_over": ("/allegations/{lado_case}/owner", "Hand it over"),
    "allegations.open_again": ("/allegations/{lado_closed}/open-again", "Open the case again"),
    "allegations.name_person": ("/allegations/{lado_case}/access/name", "Let them read it"),
    "allegations.close_to_officer": ("/allegations/{lado_case}/access/close", "Close the case to them"),
    "allegations.review_access": ("/allegations/{lado_case}/access/{lado_emergency}/review", "Record the review"),
    "allegations.open_in_emergency": ("/allegations/emergency", "Open the record"),
    "allegations.change_office": ("/allegations/office", "Save"),
    "allegations.acknowledge_noticed": ("/allegations/noticed/{lado_alert}", "Acknowledge it"),
    "allegations.record_consultation": ("/consultations/record", "Save the consultation"),
    "allegations.add_setting": ("/assured-settings/add", "Save the setting"),
    "allegations.record_visit": ("/assured-settings/{lado_setting}/visit", "Save the visit"),
    "tasks.add_task": ("/work/new", "Open the task"),
    "tasks.reassign": ("/work/{task}/hand-on", "Hand the task on"),
    "tasks.change_due_date": ("/work/{task}/due", "Change the date"),
    "concerns.raise_concern": ("/concerns/new", "Continue"),
    "disruption.consider": ("/powers/PREMVISIT/consider", "Continue"),
    "disruption.record_event": ("/actions/{disruption_action_id}/record/authorised", "Record"),
    "disruption.correct_event": (
        "/actions/{disruption_action_id}/events/{disruption_event_id}/correct",
        "Put right",
    ),
    "disruption.add_target": ("/actions/{disruption_action_id}/targets", "Add"),
    "disruption.add_agency": ("/actions/{disruption_action_id}/agencies", "Add"),
    "disruption.review": ("/actions/{action_in_force_id}/review/90", "Save"),
    "disruption.ask_partner": ("/actions/{disruption_action_id}/ask", "Ask"),
    "disruption.show_partner_task": ("/partner-tasks/{partner_task_id}", "Answer"),
    "disruption.add_agency_kept": ("/agencies/add", "Add"),
    "disruption.add_member": ("/agencies/{agency_id}/people", "Add"),
    "concerns.find_by_reference": ("/concerns/by-reference", "Show how it stands"),
    "concerns.acknowledge": ("/concerns/{new_concern}/acknowledge", "Acknowledge"),
    "concerns.note": ("/concerns/{concern}/note", "Save"),
    "concerns.link": ("/concerns/{concern}/link", "Link it"),
    "concerns.open_complaint": ("/concerns/{concern}/complaint", "Record the complaint"),
    "concerns.open_consideration": ("/concerns/{concern}/consideration", "Open the consideration"),
    "concerns.take_no_action": ("/concerns/{new_concern}/no-action", "Close the concern"),
    "concerns.close": ("/concerns/{concern}/close", "Close the concern"),
    "concerns.refer_to_mash": ("/concerns/{concern}/mash", "Record the referral"),
    "concerns.refer_to_lado": ("/concerns/{new_concern}/lado", "Refer it"),
    "concerns.pass_on": ("/concerns/{new_concern}/pass-on", "Pass it on"),
    "concerns.advise": ("/concerns/referred/{concern}/advise", "Send the advice"),
    "concerns.acknowledge_staff": ("/concerns/staff/{staff_concern}/acknowledge", "Acknowledge"),
    "concerns.note_staff": ("/concerns/staff/{staff_concern}/note", "Save"),
    "concerns.close_staff": ("/concerns/staff/{staff_concern}/close", "Close the concern"),
    "allegations.set_level": ("/allegations/{lado_case}/sharing/level", "Set this level"),
    "allegations.choose_release": ("/allegations/{lado_case}/release", "Continue"),
    "allegations.take_answer": ("/allegations/{lado_case}/releases/{lado_release}/answer", "Save"),
    "allegations.withdraw_release": (
        "/allegations/{lado_case}/releases/{lado_release}/withdraw",
        "Withdraw it",
    ),
    "allegations.settle_duty": ("/allegations/{lado_case}/duties/{lado_duty}", "Save"),
    "allegations.add_duty": ("/allegations/{lado_case}/duties/new", "Add the message"),
    "allegations.answer_released": ("/released/{lado_release}/answer", "Send to the designated officer"),
    "operations.plan": ("/operations/plan", "Plan it"),
    "operations.add_place": ("/operations/{operation}/places", "Add"),
    "operations.add_agency": ("/operations/{operation}/agencies", "Add"),
    "operations.begin": ("/operations/{operation}/begin", "Begin"),
    "operations.call_off": ("/operations/{operation}/call-off", "Call it off"),
    "operations.record_night": ("/operations/{operation}/night", "Save"),
    "operations.count": ("/operations/{operation}/counts", "Save the counts"),
    "operations.follow_up": ("/operations/{operation}/findings/{finding}/follow-up", "Save"),
    "operations.debrief": ("/operations/{operation}/debrief", "Close the operation"),
    "operations.record_purchase": ("/test-purchases/record", "Record the test"),
    "prevention.record_count": ("/indicators/record", "Save"),
    "prevention.record_activity": ("/awareness/record", "Save"),
    "subject_access.find": ("/subject-access/find", "Find the person"),
    "subject_access.record": ("/subject-access/find/{access_search}", "Record the request"),
    "subject_access.prove": ("/subject-access/{subject_request}/proof", "Record it"),
    "subject_access.extend": ("/subject-access/{subject_request}/more-time", "Extend the time"),
    "subject_access.withdraw": ("/subject-access/{subject_request}/withdraw", "Withdraw the request"),
    "subject_access.decide": ("/subject-access/{subject_request}/records/{held_new}", "Keep the decision"),
    "subject_access.answer": ("/subject-access/{subject_request}/answer", "Answer the request"),
    "hotel_notices.prepare": ("/hotel-notices/prepare", "Prepare the notice"),
    "hotel_notices.serve": ("/hotel-notices/{hotel_notice}/serve", "Record the service"),
    "hotel_notices.correct_service": ("/hotel-notices/services/{hotel_service}/correct", "Put right"),
    "hotel_notices.take_effect": ("/hotel-notices/{hotel_notice}/effect", "Record it"),
    "hotel_notices.require": ("/hotel-notices/{hotel_notice}/requirements/make", "Record the requirement"),
    "hotel_notices.receive": ("/hotel-notices/requirements/{requirement}/receive", "Record it"),
    "places.record_check": ("/places/{premises}/check", "Record the check"),
    "briefings.draft": ("/briefings/draft", "Draft it"),
    "returns.name_council": ("/returns/vehicles/names", "Save"),
    "measures.choose": ("/measures/training.in_date_percent/target", "Keep it"),
    "measures.comment": ("/measures/training.in_date_percent/comment", "Keep it"),
    "briefings.set_schedule": ("/briefings/schedule", "Keep it"),
    "briefings.comment": ("/briefings/{briefing}/comment", "Add the comment"),
    "briefings.publish": ("/briefings/{briefing_approved}/publish", "Publish it"),
    "operations.brief": ("/operations/{operation}/brief", "Keep the briefing"),
    "signals.dismiss": ("/signals/{signal}/dismiss", "Dismiss it"),
    "subject_meetings.plan": ("/meetings/plan", "Plan it"),
    "subject_meetings.add_subject": ("/meetings/{subject_meeting}/subjects", "Add"),
    "subject_meetings.invite": ("/meetings/{subject_meeting}/agencies", "Invite"),
    "subject_meetings.hold": ("/meetings/{subject_meeting}/held", "Keep the minute"),
    "subject_meetings.decide": ("/meetings/{subject_meeting}/decisions", "Save"),
    "subject_meetings.put_on_agenda": ("/signals/{signal}/agenda", "Put it on the agenda"),
    "allegations.rely": ("/released/{lado_release}/rely", "Keep a copy there"),
    "need_to_know.draft_note": ("/need-to-know/draft", "Save the draft"),
    "need_to_know.withdraw_note": ("/need-to-know/{n2k_draft}/withdraw", "Withdraw the draft"),
    "need_to_know.add_reader": ("/need-to-know/{n2k_draft}/readers", "Add the reader"),
    "need_to_know.write_lado_part": ("/need-to-know/{n2k_draft}/designated-officer", "Save your part"),
    "need_to_know.send_back": ("/need-to-know/{n2k_draft}/send-back", "Send it back"),
    "need_to_know.issue_note": ("/need-to-know/{n2k_draft}/issue", "Issue the note"),
    "need_to_know.acknowledge_for": ("/need-to-know/readers/{n2k_issued_reader}/acknowledged", "Record it"),
    "need_to_know.close_note": ("/need-to-know/{n2k_issued}/close", "Close the note"),
    "need_to_know.raise_note": ("/need-to-know/proposed/{n2k_fact}/raise", "Save the draft"),
    "need_to_know.need_none": ("/need-to-know/proposed/{n2k_fact}/none", "No note is needed"),
    "need_to_know.put_together": ("/need-to-know/reports/put-together", "Save the draft"),
    "need_to_know.add_report_reader": ("/need-to-know/reports/{n2k_report_draft}/readers", "Add the reader"),
    "need_to_know.issue_report": ("/need-to-know/reports/{n2k_report_draft}/issue", "Issue the report"),
    "need_to_know.ask_for": ("/need-to-know/reports/{n2k_report}/ask", "Ask for it"),
    "need_to_know.finish_request": ("/need-to-know/requests/{n2k_request}/done", "It is done"),
}
# Filled in with what is recorded already, so that they are accepted as they stand.
ACCEPTED_AS_THEY_STAND = {
    "subject_access.give_plain",
    "prevention.correct_activity",
    "prevention.correct_count",
    "signals.choose_rule",
    "subject_meetings.call_off",
    "disruption.close_agency",
    "briefings.draft_month",
    "briefings.reword",
    "briefings.approve",
    "briefings.acknowledge",
    "briefings.supersede",
    "disruption.end_member",
    "allegations.add_person",
    "allegations.begin",
    "allegations.begin_from_concern",
    "allegations.change_allegation",
    "allegations.change_setting",
    "allegations.change_strand",
    "allegations.check_referral",
    "allegations.describe_person",
    "allegations.put_together",
    "allegations.correct_consultation",
    "allegations.correct_entry",
    "allegations.end_access",
    "allegations.record_meeting",
    "allegations.save_step",
    "allegations.chase_release",
    "allegations.check_release",
    "allegations.close_case",  # not asked while anything is owed
    "allegations.keep_to_record",
    "allegations.name_decision",  # not asked before the release is answered
    "allegations.write_release",
    "allegations.write_report",
    "sharing.correct_search",
    "sharing.upload",
    "suitability.change_case",
    "suitability.change_defendant",
    "training.correct_premises_training",
    "training.correct_workforce",
    "need_to_know.change_note",
    "need_to_know.update_note",
    "need_to_know.remove_reader",
    "need_to_know.approve_note",
    "need_to_know.acknowledge",
    "need_to_know.change_report",
    "need_to_know.sign_report",
}
# Everything else is sent by an officer: of allegations, a designated one.
SENT_BY = {
    "need_to_know.send_back": Role.BRIEFING_APPROVER,
    "need_to_know.issue_report": Role.BRIEFING_APPROVER,
    "need_to_know.write_lado_part": Role.DESIGNATED_OFFICER,
    "need_to_know.ask_for": Role.BRIEFING_READER,
    "disruption.add_agency_kept": Role.ADMINISTRATOR,
    "disruption.add_member": Role.ADMINISTRATOR,
    "disruption.begin_power": Role.ADMINISTRATOR,
    "allegations.answer_released": Role.LICENSING_MANAGER,
    "allegations.rely": Role.LICENSING_MANAGER,
    "allegations.open_in_emergency": Role.DEPUTY_DESIGNATED_OFFICER,
    "sharing.confirm_entry": Role.LICENSING_MANAGER,
    "sharing.confirm_update": Role.LICENSING_MANAGER,
    "sharing.end_user": Role.LICENSING_MANAGER,
    "sharing.name_user": Role.LICENSING_MANAGER,
    "sharing.need_no_entry": Role.LICENSING_MANAGER,
    "suitability.change_policy": Role.LICENSING_MANAGER,
    "suitability.close_consideration": Role.LICENSING_MANAGER,
    "suitability.consider_marker": Role.LICENSING_MANAGER,
    "training.add_course": Role.LICENSING_MANAGER,
    "training.add_version": Role.LICENSING_MANAGER,
    "training.change_policy": Role.LICENSING_MANAGER,
    "training.say_accepted": Role.LICENSING_MANAGER,
    "vetting.change_policy": Role.LICENSING_MANAGER,
    "administration.invite": Role.ADMINISTRATOR,
    "deadlines.set_own_rule": Role.LICENSING_MANAGER,
    "deadlines.list_closure_days": Role.LICENSING_MANAGER,
    "decisions.list_delegations": Role.LICENSING_MANAGER,
    "decisions.review_template": Role.LICENSING_MANAGER,
    "concerns.advise": Role.DESIGNATED_OFFICER,
    "concerns.acknowledge_staff": Role.BRIEFING_READER,
    "concerns.note_staff": Role.BRIEFING_READER,
    "concerns.close_staff": Role.BRIEFING_READER,
    "briefings.draft": Role.BRIEFING_AUTHOR,
    "allegations.acknowledge_noticed": Role.INDEPENDENT_REVIEWER,
    "measures.choose": Role.BRIEFING_APPROVER,
    "measures.comment": Role.BRIEFING_AUTHOR,
    "briefings.set_schedule": Role.BRIEFING_APPROVER,
    "briefings.comment": Role.BRIEFING_AUTHOR,
    "briefings.publish": Role.BRIEFING_APPROVER,
}


def test_every_view_with_a_form_is_sent_here(site: Site) -> None:
    posts = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posts & views_that_answer_get(site.app) == SENT_AS_THEY_STAND.keys() | ACCEPTED_AS_THEY_STAND


def sender(endpoint: str) -> Role:
    usual = Role.DESIGNATED_OFFICER if endpoint.startswith("allegations.") else Role.LICENSING_OFFICER
    if endpoint.startswith("need_to_know."):
        usual = Role.BRIEFING_AUTHOR
    if endpoint.startswith("subject_access."):
        usual = Role.INFORMATION_OFFICER
    return SENT_BY.get(endpoint, usual)


# One person's forms one after the other in one window: opening a window takes longer than a form.
SENT_TOGETHER = [
    tuple(one for one in batch if one)
    for role in dict.fromkeys(map(sender, SENT_AS_THEY_STAND))
    for batch in zip_longest(*[iter(sorted(one for one in SENT_AS_THEY_STAND if sender(one) is role))] * 20)
]


@pytest.mark.parametrize("endpoints", SENT_TOGETHER, ids=lambda endpoints: f"from {endpoints[0]}")
def test_forms_with_errors_are_sound(site: Site, open_page: OpenPage, endpoints: tuple[str, ...]) -> None:
    role, windows = sender(endpoints[0]), {}
    faults = []
    for endpoint in endpoints:
        address, button = SENT_AS_THEY_STAND[endpoint]
        token = "" if hasattr(site.app.view_functions[endpoint], "public_because") else site.world.tokens[role]
        if token:
            freshen(token)
        if token not in windows:
            windows[token] = Looking(open_page(token), axe_on_a_phone=False)
        looking = windows[token]
        looking.page.goto(address.format(**site.world.names[role]))
        faults += [f"{endpoint}: {fault}" for fault in looking.send(button, 422)]
        if not looking.page.locator(".govuk-error-summary").is_visible():
            faults.append(f"{endpoint}: no summary of the errors")
    assert not faults, "\n".join(faults)


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
    file = FilePayload(name="drivers-august.csv", mimeType="text/csv", buffer=STAGED_FILE.encode())
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Show the preview").click()
    page.wait_for_url("**/imports/*-*")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Discard the file").click()
    other.wait_for_url("**/imports")
    faults = looking.send("Bring it in", 422)
    assert not faults, "\n".join(faults)
