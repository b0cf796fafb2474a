"""The look finds each kind of fault that it is for, and nothing on a sound page."""

import pytest
from browser.conftest import OpenPage
from browser.looking import GOAL, Looking
from telling import Tell

SOUND = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Shown - The service</title></head>
<body><main><h1>Shown</h1></main></body></html>"""
WIDE = '<table width="2000"><caption>Wide</caption><tr><th scope="col">Wide</th></tr></table>'
FAULTS = [
    (200, SOUND.replace("<h1>", '<p><font color="#ccc">Pale</font></p><h1>'), "axe, phone: color-contrast"),
    (200, SOUND.replace("</h1>", f"</h1>{WIDE}"), "It scrolls sideways by"),
    (200, SOUND.replace("</h1>", "</h1><script>alert(1)</script>"), "Content policy: script-src-elem blocked inline"),
    (200, SOUND.replace("<h1>", "<h1>First</h1><h1>"), "A page has one h1"),
    (200, SOUND.replace("</h1>", '</h1><img src="/missing.png" alt="">'), "Failed to load resource"),
    (500, SOUND, "It answers 500, not 200"),
]


def show(looking: Looking, status: int, html: str) -> list[str]:
    policy = {"content-type": "text/html; charset=utf-8", "content-security-policy": "script-src 'self'"}
    looking.page.route("**/shown", lambda route: route.fulfill(status=status, headers=policy, body=html))
    return looking.open("/shown")


def test_a_sound_page_has_no_faults(open_page: OpenPage) -> None:
    assert show(Looking(open_page()), 200, SOUND) == []


@pytest.mark.parametrize(("status", "html", "told"), FAULTS)
def test_a_fault_in_the_browser_is_told(
    open_page: OpenPage, tell_control: Tell, status: int, html: str, told: str
) -> None:
    tell_control(GOAL, len([fault for fault in show(Looking(open_page()), status, html) if told in fault]))


def test_a_page_reached_by_a_redirect_is_not_the_one_looked_for(open_page: OpenPage) -> None:
    assert any("is where" in fault for fault in Looking(open_page()).open("/"))
