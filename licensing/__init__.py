"""Licensing compliance and disruption tracker: shared by a county and its district and city councils."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from licensing import cli, embedded, errors, navigation, permissions, web
from licensing.accounts import sessions
from licensing.accounts.views import accounts
from licensing.audit.views import audit
from licensing.db import db, migrate
from licensing.driver_check.views import driver_check
from licensing.imports.views import imports
from licensing.keys import FieldKeys
from licensing.register.views import register

BLUEPRINTS = (accounts, register, driver_check, imports, audit)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application. Without settings they are read from the environment, and PostgreSQL is started if embedded."""
    app = Flask(__name__)
    app.config.from_mapping(settings or _settings_from_environment())
    embedded.provide_database(app.config)
    app.config["KEYS"] = FieldKeys.parse(app.config["FIELD_KEYS"])
    db.init_app(app)
    migrate.init_app(app, db)
    sessions.init_app(app)
    web.init_app(app)
    navigation.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register_error_pages(app)
    cli.register_commands(app)
    permissions.refuse_undeclared_views(app)
    return app


def _settings_from_environment() -> Mapping[str, Any]:
    from config import settings

    return settings()
