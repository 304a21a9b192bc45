"""The floor: a bare Flask echo that commits one row durably for each request. No service that stores can do less."""

import sqlite3
import threading

from flask import Flask, Response, request

from tests.bench.obvious import set_durability


def floor_app(path: str) -> Flask:
    """An echo with one durable commit, one connection a thread."""
    app = Flask("floor")
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            set_durability(local.connection)
        opened: sqlite3.Connection = local.connection
        return opened

    @app.post("/api/v1/contacts")
    def echo() -> Response:
        body = request.get_data()
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO kept (body) VALUES (?)", (body,))
        database.execute("COMMIT")
        return Response(body, 201, mimetype="application/json")

    return app


def make_table(path: str) -> None:
    """Create the floor's one table."""
    with sqlite3.connect(path) as connection:
        set_durability(connection)
        connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
