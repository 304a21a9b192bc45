"""The obvious build of the same service, to be measured against: what a careful team writes in a week with the same tools.

A marshmallow schema built for each request, a scikit-learn pipeline of 200 trees asked about a one-row DataFrame, an ORM
commit of contact, suggestion and audit row. It validates, scores and stores; it has no matching, history, rules with
unknowns, reasons or tree. Fitted on random numbers: only its speed matters.
"""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import ClassVar

import numpy as np
import pandas as pd
from flask import Flask, Response, request
from marshmallow import INCLUDE, Schema, ValidationError, fields, validate
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from screening.domain.contact import RISK_FORM_ITEMS
from screening.store.engine import journal_for

YES_NO = ["yes", "no", "unknown", "missing"]
ANSWERS = ["yes", "no", "dont_know", "not_asked", "declined", "missing"]
CODES = {
    "type": ["verbal_argument", "violence_without_injury", "violence_with_injury", "threats", "other"],
    "weapon": ["none", "threatened", "used", "unknown", "missing"],
    "adult_injury": ["none", "minor", "serious", "unknown", "missing"],
    "grade": ["standard", "medium", "high", "not_graded", "missing"],
    **dict.fromkeys(("strangulation", "threat_to_kill", "alcohol", "drugs", "order_breached", "separated"), YES_NO),
    **dict.fromkeys(RISK_FORM_ITEMS, ANSWERS),
}
NUMBERS = ["incidents", "children", "youngest"]


class IncidentSchema(Schema):
    """The incident."""

    class Meta:
        """Unknown fields pass."""

        unknown = INCLUDE

    occurred_at = fields.AwareDateTime(required=True)
    type = fields.String(required=True)
    weapon = fields.String(validate=validate.OneOf(CODES["weapon"]))
    adult_injury = fields.String(validate=validate.OneOf(CODES["adult_injury"]))
    strangulation = fields.String(validate=validate.OneOf(YES_NO))
    threat_to_kill = fields.String(validate=validate.OneOf(YES_NO))
    alcohol = fields.String(validate=validate.OneOf(YES_NO))
    drugs = fields.String(validate=validate.OneOf(YES_NO))
    order_breached = fields.String(validate=validate.OneOf(YES_NO))
    separated = fields.String(validate=validate.OneOf(YES_NO))
    narrative = fields.String(validate=validate.Length(max=20_000))


class AnswersSchema(Schema):
    """The answers on the risk form."""

    class Meta:
        """Unknown fields pass; every item of the form is named."""

        unknown = INCLUDE
        include: ClassVar = {item: fields.String(validate=validate.OneOf(ANSWERS)) for item in RISK_FORM_ITEMS}


class RiskSchema(Schema):
    """The risk form."""

    class Meta:
        """Unknown fields pass."""

        unknown = INCLUDE

    tool = fields.String(required=True)
    grade = fields.String(required=True, validate=validate.OneOf(CODES["grade"]))
    answers = fields.Nested(AnswersSchema)


class PersonSchema(Schema):
    """An adult or a child."""

    class Meta:
        """Unknown fields pass."""

        unknown = INCLUDE

    given_name = fields.String()
    family_name = fields.String()
    date_of_birth = fields.Date()


class ObviousSchema(Schema):
    """A contact."""

    class Meta:
        """Unknown fields pass."""

        unknown = INCLUDE

    contact_reference = fields.String(required=True)
    force_code = fields.String(required=True)
    sent_at = fields.AwareDateTime(required=True)
    incident = fields.Nested(IncidentSchema, required=True)
    risk_assessment = fields.Nested(RiskSchema)
    adults = fields.List(fields.Nested(PersonSchema), required=True)
    children = fields.List(fields.Nested(PersonSchema))


class Base(DeclarativeBase):
    """The tables."""


class ContactRow(Base):
    """A contact."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]


class SuggestionRow(Base):
    """A suggestion."""

    __tablename__ = "suggestion"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    probability: Mapped[float]


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
        {**{name: chance.choice(codes, 2_000) for name, codes in CODES.items()}}
        | {name: chance.integers(0, 10, 2_000) for name in NUMBERS}
    )
    encode = ColumnTransformer(
        [("codes", OneHotEncoder(handle_unknown="ignore", sparse_output=False), list(CODES))], remainder="passthrough"
    )
    pipeline = Pipeline([("encode", encode), ("trees", HistGradientBoostingClassifier(max_iter=200, random_state=7))])
    return pipeline.fit(frame, chance.integers(0, 2, 2_000))


def row_of(document: dict[str, object]) -> pd.DataFrame:
    """A contact as a one-row DataFrame."""
    incident, form = document["incident"], document.get("risk_assessment") or {}
    assert isinstance(incident, dict)
    assert isinstance(form, dict)
    answers = form.get("answers", {})
    values: dict[str, object] = {
        name: incident.get(name, form.get(name, answers.get(name, "missing"))) for name in CODES
    }
    children = document.get("children") or []
    assert isinstance(children, list)
    values |= {"incidents": 0, "children": len(children), "youngest": 10}
    return pd.DataFrame([values])


def assess_obviously(body: bytes, pipeline: Pipeline) -> dict[str, object]:
    """Parse, validate with a fresh schema, and score one contact."""
    document = json.loads(body)
    ObviousSchema().load(document)
    probability = float(pipeline.predict_proba(row_of(document))[0, 1])
    return {"contact_reference": document["contact_reference"], "p": probability}


def obvious_app(url: str) -> Flask:
    """The obvious service."""
    app = Flask("obvious")
    pipeline = fitted_pipeline()
    engine = create_engine(url)
    _same_durability(engine)

    @app.post("/api/v1/contacts")
    def receive() -> Response:
        try:
            answer = assess_obviously(request.get_data(), pipeline)
        except (ValueError, ValidationError) as error:
            return Response(str(error), 422)
        with Session(engine) as session:
            last = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
            reference = str(answer["contact_reference"])
            chained = hashlib.sha256(f"{last.hash if last else ''}{reference}".encode()).hexdigest()
            session.add(ContactRow(reference=reference, body=request.get_data(as_text=True)))
            session.add(SuggestionRow(reference=reference, probability=answer["p"]))
            session.add(AuditRow(at=datetime.now(UTC), what=reference, hash=chained))
            session.commit()
        return Response(json.dumps(answer), 201, mimetype="application/json")

    return app


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
