"""A whole register as a file. It is written to disk first and sent from there: memory stays flat however long it is,
whoever reads slowly holds no connection of the database, and its fingerprint is known before the first byte."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from tempfile import TemporaryFile
from typing import IO

from flask import Response, send_file

from licensing.dates import today
from licensing.public_register import queries
from licensing.public_register.presenting import csv_line, json_object
from licensing.public_register.queries import Published
from licensing.public_register.rules import KEPT_FOR, REGISTERS


def csv_file(asked: Published) -> Response:
    """The register with a line of headings, as a spreadsheet opens it."""
    return _sent(_csv_lines(asked), asked, "text/csv", "csv")


def json_file(asked: Published) -> Response:
    """The register as docs/public_registers.md describes it."""
    return _sent(_json_parts(asked), asked, "application/json", "json")


def _csv_lines(asked: Published) -> Iterator[str]:
    yield _csv_text([column.text for column in REGISTERS[asked.register].columns])
    for entry in queries.all_entries(asked):
        yield _csv_text(csv_line(asked.register, entry))


def _csv_text(cells: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _json_parts(asked: Published) -> Iterator[str]:
    about = {
        "schema": 1,
        "authority": {"code": asked.code, "name": asked.authority},
        "register": asked.register.value,
        "law": REGISTERS[asked.register].law,
        "as_at": today().isoformat(),
    }
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "entries": ['
    between = "\n"
    for entry in queries.all_entries(asked):
        yield between + json.dumps(json_object(asked.register, entry), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _sent(parts: Iterable[str], asked: Published, mimetype: str, ending: str) -> Response:
    written, fingerprint = _on_disk(parts)
    size = written.tell()
    written.seek(0)
    response = send_file(
        written,
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"{asked.register}-{asked.code}.{ending}",
        etag=fingerprint,
        max_age=KEPT_FOR,
    )
    if response.status_code == 200:
        response.content_length = size
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _on_disk(parts: Iterable[str]) -> tuple[IO[bytes], str]:
    digest, file = hashlib.sha256(), TemporaryFile()  # noqa: SIM115  (closed when it has been sent)
    for part in parts:
        encoded = part.encode()
        digest.update(encoded)
        file.write(encoded)
    return file, digest.hexdigest()
