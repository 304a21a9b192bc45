"""The web server: gunicorn, several worker processes with threads, around the app of `app.create_app`.

Each worker builds its own service after the fork: no connection, thread or lock is shared across it. Rulebook and model
are read once, before: a worker that is started anew weeks later suggests as its neighbours do, whatever lies in the
files by then.
"""

import gc
import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from screening.app import create_app
from screening.config import Settings, SettingsRefused
from screening.journey.suggest import Signals
from screening.wiring import open_store, service_from

WORKER_TIMEOUT_SECONDS = 60
GRACE_SECONDS = 20
OBJECTS_BEFORE_A_LOOK = 50_000


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn, given our settings in code; no configuration file is read."""

    def __init__(self, settings: Settings, host: str, port: int, signals: Signals) -> None:
        """Nothing is listened to yet."""
        self._settings = settings
        self._signals = signals
        self._address = address(host, port)
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to run."""
        options: dict[str, Any] = {
            "bind": self._address,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "timeout": WORKER_TIMEOUT_SECONDS,
            "graceful_timeout": GRACE_SECONDS,
            "control_socket_disable": True,
            "worker_tmp_dir": None,
            "limit_request_line": 2048,
            "limit_request_field_size": 4096,
            "proc_name": "screening",
            "loglevel": "warning",
            # Addresses and receipts only: no access log, since the audit log says who looked at what.
            "accesslog": None,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, built in the worker."""
        service = service_from(self._settings, open_store(self._settings), self._signals)
        app = create_app(service, secret=self._settings.secret)
        # What is here now stays: the collector need not look through rulebook, model and libraries again and again.
        gc.collect()
        gc.freeze()
        # A contact is thousands of small objects in no circle; by default they are looked through a dozen times each.
        gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
        return app


def run(settings: Settings, host: str, port: int, signals: Signals) -> None:
    """Serve with the rulebook and the model in `signals`, which the log knows of, until told to stop (SIGTERM)."""
    Server(settings, host, port, signals).run()


def address(host: str, port: int) -> str:
    """Host and port as one word, the host of IP version 6 in its brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def check_address(host: str, port: int) -> None:
    """Raise `SettingsRefused` where nothing can listen at this address: better known before anything else is done."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As gunicorn does, so that a service which has just ended is not in the way of the next.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as fault:
        why = f"Nothing can listen on {host}, port {port}: {fault.strerror}. Name another with --host or --port."
        raise SettingsRefused((why,)) from fault
