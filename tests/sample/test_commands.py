"""The commands for the samples."""

import json

import pytest
from click.testing import Result
from conftest import MadeOnce
from flask import Flask, current_app

from licensing.sample import councils
from licensing.sample.councils import Scale
from licensing.sample.users import sample_users


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(councils._HOLDERS, Scale.SMALL, 100)


def _run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["sample", *words])


def _load() -> str:
    result = _run(current_app._get_current_object(), "load")  # type: ignore[attr-defined]  (of the stand-in)
    assert result.exit_code == 0
    return result.output


@pytest.fixture
def loaded(made_once: MadeOnce) -> str:
    """The samples are loaded; what the command said."""
    return made_once(_load)


def test_loading_says_what_was_loaded_and_draws_nothing_for_a_script(loaded: str) -> None:
    assert loaded == "Loaded 104 invented people with licences, and what they own, at 6 councils.\n"


def test_loading_again_says_that_nothing_was_to_be_done(loaded: str, app: Flask) -> None:
    result = _run(app, "load")

    assert result.exit_code == 0
    assert result.output == "The small samples are loaded already.\n"


def test_loading_another_scale_on_top_is_refused(loaded: str, app: Flask) -> None:
    result = _run(app, "load", "--scale", "county")

    assert result.exit_code == 1
    assert "another scale" in result.output


def test_users_as_json_are_what_scripts_rely_on(loaded: str, app: Flask) -> None:
    found = json.loads(_run(app, "users", "--json").output)

    assert len(found) == len(sample_users())
    assert set(found[0]) == {"email", "password", "totp_secret", "role", "authority"}


def test_users_for_people_name_everybody(loaded: str, app: Flask) -> None:
    output = _run(app, "users").output

    assert all(user.email in output for user in sample_users())


@pytest.mark.parametrize("words", [("users",), ("users", "--json"), ("code", "officer@oxford.example.org")])
def test_without_samples_the_commands_refuse(app: Flask, words: tuple[str, ...]) -> None:
    result = _run(app, *words)

    assert result.exit_code == 1
    assert "sample" in result.output


def test_a_code_is_six_digits_and_nothing_else(loaded: str, app: Flask) -> None:
    output = _run(app, "code", "officer@oxford.example.org").output

    assert len(output) == 7
    assert output.strip().isdigit()


def test_the_greeting_gives_the_address_and_the_six_officers(
    loaded: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "5123")

    output = _run(app, "greeting").output

    assert "http://127.0.0.1:5123 " in output
    assert output.count("  officer@") == 6


def test_the_greeting_on_real_data_names_nobody(app: Flask) -> None:
    output = _run(app, "greeting").output

    assert "http://127.0.0.1" in output
    assert "@" not in output
