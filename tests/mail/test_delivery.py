"""Handing mail over: into the folder, and to an SMTP server that this test speaks for."""

import smtplib
import socket
import stat
import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from licensing.mail import delivery


class Server:
    """Enough of an SMTP server to take one mail, without TLS."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.said: list[str] = []
        self.thread = threading.Thread(target=self._take)
        self.thread.start()

    def _take(self) -> None:
        connection, _ = self.listening.accept()
        with connection, connection.makefile("rw", newline="\r\n") as lines:
            self._answer(lines, "220 here")
            in_mail = False
            for line in lines:
                self.said.append(line.strip())
                if in_mail:
                    in_mail = line.strip() != "."
                    if not in_mail:
                        self._answer(lines, "250 taken")
                elif line.upper().startswith("DATA"):
                    in_mail = True
                    self._answer(lines, "354 go on")
                elif line.upper().startswith("QUIT"):
                    self._answer(lines, "221 bye")
                    return
                else:
                    self._answer(lines, "250 here")

    @staticmethod
    def _answer(lines, words: str) -> None:
        lines.write(f"{words}\n")
        lines.flush()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.thread.join(60)
    made.listening.close()


def test_a_mail_goes_to_the_server_that_was_set(
    mailing: Flask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(mailing.config, "SMTP_URL", f"smtp://127.0.0.1:{server.port}")
    delivery.deliver("officer@example.org", "A task is due", "Sign in to see it.")
    server.thread.join(60)
    assert "rcpt TO:<officer@example.org>" in server.said
    assert "Subject: A task is due" in server.said
    assert "Auto-Submitted: auto-generated" in server.said
    assert "Sign in to see it." in server.said


def test_a_server_elsewhere_is_not_spoken_to_in_the_open(
    mailing: Flask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another name for this machine, which is not among those that count as its own.
    monkeypatch.setitem(mailing.config, "SMTP_URL", f"smtp://me:secret@127.0.0.1.:{server.port}")
    monkeypatch.setattr(socket, "getaddrinfo", _this_machine(server.port))
    with pytest.raises(smtplib.SMTPNotSupportedError):
        delivery.deliver("officer@example.org", "A task is due", "Sign in to see it.")
    server.thread.join(60)
    assert not [line for line in server.said if line.partition(" ")[0].lower() not in ("ehlo", "helo", "quit")]


def _this_machine(port: int):
    return lambda *_args, **_options: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_without_a_server_mail_is_kept_for_the_owner_of_the_instance_alone(
    mailing: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    delivery.deliver("officer@example.org", "A task is due", "Sign in to see it.")
    (file,) = (mailing.config["INSTANCE"] / "mail").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    said = capsys.readouterr().out
    assert str(file) in said
    assert "officer@example.org" not in said
