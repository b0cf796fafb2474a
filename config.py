"""Settings, read from the environment. README.md has the table that explains each."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from licensing import keys

ROOT = Path(__file__).parent


class SettingMissing(RuntimeError):
    """A setting that must be given is not; the message says which and why."""


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The Flask configuration. An unset DATABASE_URL means the embedded database, for trial and tests."""
    instance = Path(environ.get("LICENSING_INSTANCE") or ROOT / "instance").resolve()
    app_url = environ.get("DATABASE_URL", "")
    owner_url = environ.get("DATABASE_OWNER_URL", "")
    if app_url:
        missing = [name for name in ("SECRET_KEY", "FIELD_KEYS") if not environ.get(name)]
        if missing:
            raise SettingMissing(f"{' and '.join(missing)} must be set when DATABASE_URL is set.")
        secret_key, field_keys = environ["SECRET_KEY"], environ["FIELD_KEYS"]
    else:
        secret_key, field_keys = keys.kept_under(instance / "keys")
    return {
        "INSTANCE": instance,
        "DATABASE_URL": with_driver(app_url),
        "DATABASE_OWNER_URL": with_driver(owner_url),
        "SECRET_KEY": secret_key,
        "FIELD_KEYS": field_keys,
        "FIELD_KEYS_FILE": None if app_url else keys.field_keys_file(instance / "keys"),
        "TRUSTED_PROXIES": int(environ.get("TRUSTED_PROXIES") or 0),
        "SMTP_URL": environ.get("SMTP_URL", ""),
        "MAIL_FROM": environ.get("MAIL_FROM") or "licensing@localhost",
        "PUBLIC_URL": environ.get("PUBLIC_URL") or f"http://127.0.0.1:{environ.get('PORT') or 5000}",
        # A look at a case on which nothing was done for so long is worth a question.
        "IDLE_CASE_DAYS": int(environ.get("IDLE_CASE_DAYS") or 90),
        "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,  # a 10 MB upload and the form around it
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,  # a narrative of 100,000 characters, as a browser encodes it
    }


def with_driver(url: str) -> str:
    """The address in the form SQLAlchemy needs, whichever of the usual spellings was given."""
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
