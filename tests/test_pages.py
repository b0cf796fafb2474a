"""The page checks find what they are for, and a sound page passes."""

import pytest

from tests.pages import check_page

SOUND = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Sign in - The service</title></head><body>
<a href="#main">Skip</a><main id="main"><h1>Sign in</h1>
<form method="post" novalidate><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name" aria-describedby="main">
<button>Save</button></form>
<img src="/a.png" alt=""><svg aria-hidden="true"></svg>
<table><caption>Rows</caption><tr><th scope="col">Name</th></tr></table>
<script nonce="n">1</script></main></body></html>"""

FAULTS = [
    ("<h1>Sign in</h1>", "", "one h1"),
    ("<h1>Sign in</h1>", "<h1>Sign in</h1><h1>Twice</h1>", "one h1"),
    ("<h1>Sign in</h1>", "<h1>Log in</h1>", "does not begin with"),
    ("<title>Sign", "<title>Error: Sign", "error summary"),
    ("<h1>", '<div class="govuk-error-summary"></div><h1>', "error summary"),
    (' lang="en-GB"', "", "no language"),
    ("</main>", '<p id="main"></p></main>', "stands 2 times"),
    ("#main", "#elsewhere", "names no id"),
    ('aria-describedby="main"', 'aria-describedby="hint"', "names no id"),
    ('<label for="name">Name</label>', "", "no label"),
    ('<label for="name">Name</label>', '<label for="name"> </label>', "no label"),
    ('<input type="hidden" name="csrf_token" value="t">', "", "0 CSRF tokens"),
    ('name="csrf_token" value="t"', 'name="csrf_token" value=""', "0 CSRF tokens"),
    ('method="post"', 'method="get"', "in the address"),
    (" novalidate", "", "novalidate"),
    ("<h1>", '<h1 style="color: red">', "inline style"),
    ("<h1>", '<h1 onclick="go()">', "inline onclick"),
    ("</head>", "<style>h1 {}</style></head>", "style element"),
    (' nonce="n"', "", "no nonce"),
    ("#main", "javascript:go()", "needs JavaScript"),
    (">Skip<", "><", "has no words"),
    (' href="#main"', "", "leads nowhere"),
    ("<button>Save", "<button>", "has no words"),
    (' alt=""', "", "no alt"),
    (' aria-hidden="true"', "", "no title"),
    ("<caption>Rows</caption>", "", "no caption"),
    (' scope="col"', "", "no scope"),
    ("<th scope", "<td scope", "no th"),
    ("<h1>", "<p><div></p><h1>", "HTML:"),
    ("<!DOCTYPE html>", "", "HTML:"),
]


def test_a_sound_page_passes():
    check_page(SOUND)


@pytest.mark.parametrize(("sound", "faulty", "said"), FAULTS)
def test_a_fault_is_found(sound, faulty, said):
    assert sound in SOUND
    with pytest.raises(AssertionError, match=said):
        check_page(SOUND.replace(sound, faulty, 1))


def test_a_label_around_its_field_counts():
    wrapped = '<label>Name <input id="name" name="name"></label>'
    page = SOUND.replace('<label for="name">Name</label>', "")
    check_page(page.replace('<input id="name" name="name" aria-describedby="main">', wrapped))


def test_all_faults_are_told_at_once():
    with pytest.raises(AssertionError) as told:
        check_page(SOUND.replace(' alt=""', "").replace(' scope="col"', ""))
    assert "no alt" in str(told.value)
    assert "no scope" in str(told.value)
