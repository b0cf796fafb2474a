"""The navigation: groups of places for whoever may open them, and the places beside the one somebody is in."""

import pytest
from accounts import browsers
from flask import Flask
from journeys.reading import links

from licensing.navigation import GROUPS
from licensing.permissions import Permission, Role, declared_by


def between(page: str, start: str, end: str) -> str:
    return page.partition(start)[2].partition(end)[0]


def test_every_place_is_a_page_that_its_permission_opens(app: Flask) -> None:
    for _, places in GROUPS:
        for place in places:
            declared = declared_by(app.view_functions[place.endpoint])
            assert place.permissions <= declared or declared == {Permission.SIGNED_IN}, place.endpoint


@pytest.mark.parametrize(
    ("path", "group", "place"),
    [
        ("/people", "Registers", "People"),
        ("/vehicles", "Registers", "Vehicles"),
        ("/decisions", "Cases", "Decisions"),
        ("/suspensions", "Cases", "Decisions"),
        ("/nr3s/requests", "Cases", "NR3S"),
        ("/work", "Work", "My work"),
        ("/deadlines", "Work", "Deadlines"),
        ("/training/people", "Checks", "Training"),
    ],
)
def test_the_group_and_the_place_that_somebody_is_in_are_marked(app: Flask, path: str, group: str, place: str) -> None:
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(path).text
    navigation = between(page, 'class="govuk-service-navigation__list"', "</ul>")
    assert group in between(navigation, "govuk-service-navigation__item--active", "</li>")
    here = between(page, 'class="govuk-width-container places__list"', "</ul>")
    assert f">{place}</a>" in between(here, "places__place--here", "</li>")


def test_each_role_is_shown_where_it_can_go_and_nothing_else(app: Flask) -> None:
    shown = {}
    for role in Role:
        page = browsers.of_role(app, role).get("/").text
        shown[role] = links(between(page, 'class="govuk-service-navigation__list"', "</ul>"))
    assert shown[Role.BRIEFING_READER] == ["/", "/work", "/briefings", "/need-to-know"]
    assert "/applications" in shown[Role.LICENSING_OFFICER]
    assert "/users" in shown[Role.ADMINISTRATOR]
    assert not {"/applications", "/people"} & set(shown[Role.ADMINISTRATOR])
    for role in Role:
        browser = browsers.of_role(app, role)
        assert all(browser.get(link).status_code == 200 for link in shown[role])
