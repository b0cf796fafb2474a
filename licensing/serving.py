"""Serving with gunicorn in this process, which also holds the embedded database: they end together."""

import os
from typing import Any

from flask import current_app
from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi


class Server(BaseApplication):
    """Gunicorn with the application made anew in each worker, so that no database connection is shared."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from licensing import create_app

        return create_app()


def serve(port: int, workers: int) -> None:
    """Serve until TERM or Ctrl-C. Access logs are off: they would keep who asked for what outside the audit trail."""
    if "SUPERUSER_URL" in current_app.config:
        os.environ["LICENSING_EMBEDDED_ADDRESS"] = current_app.config["SUPERUSER_URL"]
    # Responses do not say by which software they were served; gunicorn has no setting for it.
    wsgi.SERVER = ""  # type: ignore[attr-defined]
    Server(
        {
            "bind": f"127.0.0.1:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 120,
            "graceful_timeout": 10,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "proc_name": "licensing",
            "control_socket_disable": True,
        }
    ).run()
