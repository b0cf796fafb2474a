"""Where each page is: one or more addresses for every view that answers GET with a page.

`{name}` stands for something of browser/world.py. A new route without an entry here fails test_every_page.py.
"""

from flask import Flask

ADDRESSES: dict[str, tuple[str, ...]] = {
    "accounts.home": ("/",),
    "accounts.sign_in": ("/sign-in", "/sign-in?ended=1"),
    "accounts.take_up": ("/take-up",),
    "accounts.accept_invitation": ("/invitation/{invitation}",),
    "register.list_people": (
        "/people",
        "/people?page=2&sort=born&order=descending",
        "/people?kind=dual_driver&status=revoked",
        "/people?search={search}",
        "/people?search={search_for_nothing}",
    ),
    "register.show_person": ("/people/{person}",),
    "register.find_before_adding": ("/people/find",),
    "register.show_likely_people": ("/people/find/{likely}", "/people/find/{nobody_likely}"),
    "register.add_person": ("/people/add?draft={likely}",),
    "register.check_answers": ("/people/add/{answers}",),
    "register.list_premises": ("/premises", "/premises?search={search_premises}", "/premises?kind=pub"),
    "register.show_premises": ("/premises/{premises}",),
    "register.add_organisation": ("/organisations/add",),
    "register.add_vehicle": ("/vehicles/add",),
    "register.add_premises": ("/premises/add",),
    "register.correct_person": ("/people/{person}/correct",),
    "register.correct_organisation": ("/organisations/{organisation}/correct",),
    "register.correct_vehicle": ("/vehicles/{vehicle}/correct",),
    "register.correct_premises": ("/premises/{premises}/correct",),
    "register.correct_licence": ("/licences/{licence}/correct",),
    "register.record_name": ("/people/{person}/name",),
    "register.record_address": ("/people/{person}/address",),
    "register.record_death": ("/people/{person}/death",),
    "register.record_mark": ("/vehicles/{vehicle}/registration",),
    "register.record_obligation": ("/premises/{premises}/obligation",),
    "register.add_licence_of_person": ("/people/{person}/licence",),
    "register.add_licence_of_organisation": ("/organisations/{organisation}/licence",),
    "register.add_licence_of_vehicle": ("/vehicles/{vehicle}/licence",),
    "register.add_licence_of_premises": ("/premises/{premises}/licence",),
    "register.record_event": (
        "/licences/{licence}/event",
        "/licences/{licence}/event?event=revoked",
        "/licences/{licence}/event?event=leave_recorded",
    ),
    "register.record_number": ("/licences/{licence}/number",),
    "register.transfer_licence": ("/licences/{licence}/transfer",),
    "register.add_part_in_organisation": ("/organisations/{organisation}/part",),
    "register.add_part_in_vehicle": ("/vehicles/{vehicle}/part",),
    "register.add_part_in_premises": ("/premises/{premises}/part",),
    "register.add_part_in_licence": ("/licences/{licence}/part",),
    "register.end_part_in_organisation": ("/organisations/{organisation}/part-ended",),
    "register.end_part_in_vehicle": ("/vehicles/{vehicle}/part-ended",),
    "register.end_part_in_premises": ("/premises/{premises}/part-ended",),
    "register.end_part_in_licence": ("/licences/{licence}/part-ended",),
    "register.check_entry": ("/answers/{entry_answers}",),
    "register.correct_event": ("/events/{event}/correct",),
    "register.list_organisations": ("/organisations",),
    "register.show_organisation": ("/organisations/{organisation}",),
    "register.list_vehicles": ("/vehicles",),
    "register.show_vehicle": ("/vehicles/{vehicle}",),
    "register.show_licence": ("/licences/{licence}", "/licences/{driver_licence}"),
    "driver_check.list_checks": ("/checks",),
    "driver_check.make_check": ("/checks/new",),
    "driver_check.show_check": (
        "/checks/{check_found}",
        "/checks/{check_possible}",
        "/checks/{check_nothing}",
        "/checks/{check_not_enough}",
        "/checks/{check_broken_off}",
        "/checks/{check_list}",
    ),
    "imports.list_imports": ("/imports",),
    "imports.bring_in": ("/imports/new",),
    "imports.show_import": (
        "/imports/{staged}",
        "/imports/{applied}",
        "/imports/{places}",
        "/imports/{abandoned}",
    ),
    "audit.list_entries": (
        "/audit",
        "/audit?action=looked&kind=person",
        "/audit?from_on-day=31&from_on-month=2&from_on-year=2026",
    ),
    "accounts.confirm": ("/confirm",),
    "accounts.forgotten_password": ("/forgotten-password", "/forgotten-password?sent=1"),
    "accounts.reset_password": ("/password-reset/{password_reset}",),
    "accounts.reset_authenticator": ("/authenticator-reset/{authenticator_reset}",),
    "accounts.show_account": ("/account",),
    "accounts.change_password": ("/account/password",),
    "accounts.change_authenticator": ("/account/authenticator",),
    "accounts.recovery_codes": ("/account/recovery-codes",),
    "approvals.list_proposals": ("/approvals",),
    "approvals.show_proposal": ("/approvals/{proposal}",),
    "administration.list_users": ("/users",),
    "administration.invite": ("/users/invite",),
    "administration.show_user": ("/users/{colleague}",),
    "administration.review_access": ("/access-review",),
}

# They answer with a file, which the browser saves.
FILES = frozenset(
    {
        "static",
        "driver_check.print_receipt",
        "imports.download_rejected",
        "imports.download_receipt",
        "administration.download_access",
    },
)


def views_that_answer_get(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
