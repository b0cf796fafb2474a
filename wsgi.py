"""The application for a WSGI server (`gunicorn wsgi:app`) and for `flask --app wsgi`."""

from licensing import create_app

app = create_app()
