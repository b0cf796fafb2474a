"""A whole register as a file. It is written to disk first and sent from there: memory stays flat however long it is,
whoever reads slowly holds no connection of the database, and its fingerprint is known before the first byte."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from tempfile import TemporaryFile
from typing import IO

from flask import Response, request

from licensing.dates import today
from licensing.public_register import queries
from licensing.public_register.presenting import csv_line, json_object
from licensing.public_register.queries import Published
from licensing.public_register.rules import REGISTERS

# Bytes that are in memory at a time.
_AT_ONCE = 64 * 1024


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
    response = Response(
        _read(written),
        mimetype=mimetype,
        headers={
            "Content-Disposition": f'attachment; filename="{asked.register}-{asked.code}.{ending}"',
            "Content-Length": str(written.tell()),
            "Content-Security-Policy": "sandbox",
        },
    )
    response.call_on_close(written.close)
    response.set_etag(fingerprint)
    response.make_conditional(request)
    if response.status_code == 304:
        written.close()
    return response


def _read(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        written.seek(0)
        while some := written.read(_AT_ONCE):
            yield some


def _on_disk(parts: Iterable[str]) -> tuple[IO[bytes], str]:
    digest, file = hashlib.sha256(), TemporaryFile()  # noqa: SIM115  (closed when it has been sent)
    try:
        for part in parts:
            encoded = part.encode()
            digest.update(encoded)
            file.write(encoded)
    except BaseException:
        file.close()
        raise
    return file, digest.hexdigest()
