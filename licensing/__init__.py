"""Licensing compliance and disruption tracker: shared by a county and its district and city councils."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask

from licensing import cli, embedded, errors, navigation, permissions, web
from licensing.accounts import sessions
from licensing.accounts import views as accounts_views
from licensing.administration import views as administration_views
from licensing.allegations import views as allegations_views
from licensing.approvals import views as approvals_views
from licensing.audit import views as audit_views
from licensing.briefings import views as briefings_views
from licensing.concerns import views as concerns_views
from licensing.db import db, migrate
from licensing.deadlines import views as deadlines_views
from licensing.decisions import views as decisions_views
from licensing.disruption import views as disruption_views
from licensing.driver_check import views as driver_check_views
from licensing.figures import views as figures_views
from licensing.finding import views as finding_views
from licensing.hotel_notices import views as hotel_notices_views
from licensing.imports import views as imports_views
from licensing.jobs import views as jobs_views
from licensing.keys import FieldKeys
from licensing.links import views as links_views
from licensing.measures import views as measures_views
from licensing.need_to_know import views as need_to_know_views
from licensing.operations import views as operations_views
from licensing.places import views as places_views
from licensing.prevention import views as prevention_views
from licensing.public_register import views as public_register_views
from licensing.register import views as register_views
from licensing.returns import views as returns_views
from licensing.sharing import views as sharing_views
from licensing.signals import views as signals_views
from licensing.subject_access import views as subject_access_views
from licensing.subject_meetings import views as subject_meetings_views
from licensing.suitability import views as suitability_views
from licensing.tasks import views as tasks_views
from licensing.training import views as training_views
from licensing.vetting import views as vetting_views

BLUEPRINTS = (
    accounts_views.accounts,
    register_views.register,
    driver_check_views.driver_check,
    imports_views.imports,
    audit_views.audit,
    approvals_views.approvals,
    administration_views.administration,
    public_register_views.public_register,
    finding_views.finding,
    jobs_views.jobs,
    tasks_views.tasks,
    suitability_views.suitability,
    sharing_views.sharing,
    deadlines_views.deadlines,
    decisions_views.decisions,
    training_views.training,
    vetting_views.vetting,
    allegations_views.allegations,
    concerns_views.concerns,
    disruption_views.disruption,
    operations_views.operations,
    hotel_notices_views.hotel_notices,
    prevention_views.prevention,
    places_views.places,
    links_views.links,
    signals_views.signals,
    subject_meetings_views.subject_meetings,
    briefings_views.briefings,
    measures_views.measures,
    figures_views.figures,
    need_to_know_views.need_to_know,
    returns_views.returns,
    subject_access_views.subject_access,
)

# What these declare is found by its name: jobs by the worker, the names of records by the rooms that show them.
DECLARING = (
    "licensing.allegations.flags",
    "licensing.allegations.jobs",
    "licensing.allegations.relied",
    "licensing.approvals.jobs",
    "licensing.deadlines.work",
    "licensing.decisions.jobs",
    "licensing.decisions.sections",
    "licensing.decisions.subjects",
    "licensing.imports.jobs",
    "licensing.jobs.jobs",
    "licensing.mail.jobs",
    "licensing.register.jobs",
    "licensing.register.subjects",
    "licensing.tasks.jobs",
    "licensing.training.jobs",
    "licensing.vetting.jobs",
    "licensing.vetting.subjects",
    "licensing.suitability.jobs",
    "licensing.suitability.sections",
    "licensing.suitability.subjects",
    "licensing.sharing.jobs",
    "licensing.sharing.subjects",
    "licensing.concerns.jobs",
    "licensing.concerns.subjects",
    "licensing.disruption.jobs",
    "licensing.disruption.subjects",
    "licensing.operations.subjects",
    "licensing.hotel_notices.jobs",
    "licensing.hotel_notices.subjects",
    "licensing.places.subjects",
    "licensing.links.subjects",
    "licensing.signals.subjects",
    "licensing.subject_meetings.subjects",
    "licensing.figures.models",
    "licensing.briefings.home",
    "licensing.briefings.jobs",
    "licensing.briefings.subjects",
    "licensing.need_to_know.jobs",
    "licensing.need_to_know.subjects",
    "licensing.subject_access.subjects",
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application. Without settings they are read from the environment, and PostgreSQL is started if embedded."""
    app = Flask(__name__)
    app.config.from_mapping(settings or _settings_from_environment())
    embedded.provide_database(app.config)
    keys_file = app.config.get("FIELD_KEYS_FILE")
    app.config["KEYS"] = FieldKeys.parse(app.config["FIELD_KEYS"], keys_file and keys_file.read_text)
    db.init_app(app)
    migrate.init_app(app, db)
    sessions.init_app(app)
    web.init_app(app)
    navigation.init_app(app)
    for module in DECLARING:
        import_module(module)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register_error_pages(app)
    cli.register_commands(app)
    permissions.refuse_undeclared_views(app)
    return app


def _settings_from_environment() -> Mapping[str, Any]:
    from config import settings

    return settings()
