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
    "imports.list_imports": ("/imports", "/imports?kind=vehicles"),
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
}

# They answer with a file, which the browser saves.
FILES = frozenset(
    {
        "static",
        "driver_check.print_receipt",
        "imports.download_missing",
        "imports.download_rejected",
        "imports.download_receipt",
    },
)


def views_that_answer_get(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
