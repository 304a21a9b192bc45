"""The obvious build of the same service, to be measured against: what a careful team writes in a week with the same tools.

A marshmallow schema built for each request, a scikit-learn pipeline of 200 trees asked about a one-row DataFrame, the
ORM for everything that is looked up and kept. It does the service's job in its simplest form: it validates the contract,
finds people by reference or by name and date of birth, counts their earlier incidents, looks children up in the care
register, asks a list of rules, scores, and commits contact, people, suggestion and a chained audit row. It has no near
matches, no unknowns in its rules, no reasons for its score and no tree. Fitted on random numbers: only its speed matters.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from flask import Flask, Response, request
from marshmallow import ValidationError
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from screening.domain.contact import RISK_FORM_ITEMS
from screening.store.engine import journal_for
from tests.bench.obvious_schema import (
    ANSWERS,
    GRADES,
    INCIDENT_YES_NO,
    INJURIES,
    TYPES,
    WEAPONS,
    YES_NO,
    ObviousSchema,
)

Document = Mapping[str, Any]
Row = dict[str, object]

CODES: dict[str, list[str]] = {
    "type": TYPES,
    "weapon": WEAPONS,
    "adult_injury": INJURIES,
    "grade": GRADES,
    **dict.fromkeys(INCIDENT_YES_NO, YES_NO),
    **{f"form_{item}": ANSWERS for item in RISK_FORM_ITEMS},
}
NUMBERS = ["incidents", "children", "youngest", "present", "known_to_us"]

RULES: list[Callable[[Row], bool]] = [
    lambda row: row["grade"] == "high",
    lambda row: row["strangulation"] == "yes",
    lambda row: row["weapon"] == "used",
    lambda row: row["adult_injury"] == "serious",
    lambda row: int(str(row["incidents"])) >= 3,
    lambda row: int(str(row["known_to_us"])) > 0,
    *(
        lambda row, name=name: row[name] == "yes"
        for name in (*INCIDENT_YES_NO, *(f"form_{i}" for i in RISK_FORM_ITEMS))
    ),
]
"""Forty or so: some of an incident's facts, then one a question."""


class Base(DeclarativeBase):
    """The tables."""


class ContactRow(Base):
    """A contact."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]


class PersonRow(Base):
    """Somebody in a contact."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact: Mapped[str]
    person_reference: Mapped[str] = mapped_column(index=True)
    given_name: Mapped[str]
    family_name: Mapped[str] = mapped_column(index=True)
    date_of_birth: Mapped[str]


class RegisterRow(Base):
    """A child on the care register."""

    __tablename__ = "register"
    id: Mapped[int] = mapped_column(primary_key=True)
    family_name: Mapped[str] = mapped_column(index=True)
    date_of_birth: Mapped[str]
    status: Mapped[str]


class SuggestionRow(Base):
    """A suggestion."""

    __tablename__ = "suggestion"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    probability: Mapped[float]
    rules: Mapped[str]


class AuditRow(Base):
    """An audit row, chained by hash."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str]
    hash: Mapped[str]


def fitted_pipeline() -> Pipeline:
    """One-hot codes and numbers into 200 trees, fitted on 2,000 random rows."""
    chance = np.random.default_rng(7)
    frame = pd.DataFrame(
        {name: chance.choice(codes, 2_000) for name, codes in CODES.items()}
        | {name: chance.integers(0, 10, 2_000) for name in NUMBERS}
    )
    encode = ColumnTransformer(
        [("codes", OneHotEncoder(handle_unknown="ignore", sparse_output=False), list(CODES))], remainder="passthrough"
    )
    pipeline = Pipeline([("encode", encode), ("trees", HistGradientBoostingClassifier(max_iter=200, random_state=7))])
    return pipeline.fit(frame, chance.integers(0, 2, 2_000))


def row_of(document: Document, incidents: int, known_to_us: int) -> Row:
    """A contact as the values of one row."""
    incident, form = document["incident"], document.get("risk_assessment") or {}
    answers = form.get("answers", {})
    children = document.get("children") or []
    return {
        "grade": form.get("grade", "missing"),
        **{name: incident.get(name, "missing") for name in ("type", "weapon", "adult_injury", *INCIDENT_YES_NO)},
        **{f"form_{item}": answers.get(item, "missing") for item in RISK_FORM_ITEMS},
        "incidents": incidents,
        "children": len(children),
        "youngest": min((child.get("age_years", 10) for child in children), default=18),
        "present": sum(child.get("presence") == "in_the_room" for child in children),
        "known_to_us": known_to_us,
    }


def assess_obviously(document: Document, pipeline: Pipeline, incidents: int = 0, known_to_us: int = 0) -> Row:
    """Validate with a fresh schema, ask the rules, and score one contact."""
    ObviousSchema().load(document)
    row = row_of(document, incidents, known_to_us)
    probability = float(pipeline.predict_proba(pd.DataFrame([row]))[0, 1])
    fired = [number for number, rule in enumerate(RULES) if rule(row)]
    return {"contact_reference": document["contact_reference"], "p": probability, "rules": fired}


def obvious_app(url: str) -> Flask:
    """The obvious service."""
    app = Flask("obvious")
    pipeline = fitted_pipeline()
    engine = create_engine(url)
    _same_durability(engine)

    @app.post("/api/v1/contacts")
    def receive() -> Response:
        with Session(engine) as session:
            try:
                document = json.loads(request.get_data())
                answer = assess_obviously(document, pipeline, *_known(session, document))
            except (ValueError, KeyError, ValidationError) as error:
                return Response(str(error), 422)
            _keep(session, document, request.get_data(as_text=True), answer)
            session.commit()
        return Response(json.dumps(answer), 201, mimetype="application/json")

    return app


def _known(session: Session, document: Document) -> tuple[int, int]:
    """In how many contacts these people were before, and how many of the children are on the care register."""
    contacts: set[str] = set()
    for person in (*document["adults"], *document.get("children", [])):
        by_reference = PersonRow.person_reference == person.get("person_reference", "-")
        by_name = (
            (PersonRow.family_name == person.get("family_name", "-"))
            & (PersonRow.given_name == person.get("given_name", "-"))
            & (PersonRow.date_of_birth == person.get("date_of_birth", "-"))
        )
        contacts.update(found.contact for found in session.query(PersonRow).filter(by_reference | by_name))
    children = [
        session.query(RegisterRow)
        .filter_by(family_name=child.get("family_name", "-"), date_of_birth=child.get("date_of_birth", "-"))
        .first()
        for child in document.get("children", [])
    ]
    return len(contacts), sum(child is not None for child in children)


def _keep(session: Session, document: Document, body: str, answer: Row) -> None:
    reference = str(answer["contact_reference"])
    last = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    chained = hashlib.sha256(f"{last.hash if last else ''}{json.dumps(answer)}".encode()).hexdigest()
    session.add(ContactRow(reference=reference, body=body))
    for person in (*document["adults"], *document.get("children", [])):
        names = ("person_reference", "given_name", "family_name", "date_of_birth")
        session.add(PersonRow(contact=reference, **{name: person.get(name, "") for name in names}))
    session.add(SuggestionRow(reference=reference, probability=answer["p"], rules=json.dumps(answer["rules"])))
    session.add(AuditRow(at=datetime.now(UTC), what=reference, hash=chained))


def make_tables(url: str) -> None:
    """Create the obvious build's tables."""
    engine = create_engine(url)
    _same_durability(engine)
    Base.metadata.create_all(engine)


def _same_durability(engine: Engine) -> None:
    """The same journal mode and synchronous setting as the service has on this SQLite."""
    event.listen(engine, "connect", set_durability)


def set_durability(connection: sqlite3.Connection, _record: object = None) -> None:
    """Make commits last as the service's do; waits for a lock as long."""
    journal = journal_for(sqlite3.sqlite_version_info)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA synchronous={journal.synchronous}")
    connection.execute("PRAGMA busy_timeout=5000")
