"""Every table of the beginning; on PostgreSQL the events in monthly partitions.

Written out, not taken from `centre.store.tables`: those go on, and a step that has landed stays as
it is. A test holds what all steps make against what the tables say.
"""

from __future__ import annotations

import functools
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def _column(kind: Any, name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


text, long_text = (functools.partial(_column, kind()) for kind in (sa.String, sa.Text))
whole, big = (functools.partial(_column, kind()) for kind in (sa.Integer, sa.BigInteger))
double, flag = (functools.partial(_column, kind()) for kind in (sa.Double, sa.Boolean))
day, binary = (functools.partial(_column, kind()) for kind in (sa.Date, sa.LargeBinary))
moment = functools.partial(_column, sa.DateTime(timezone=True))
json = functools.partial(_column, sa.JSON().with_variant(JSONB(), "postgresql"))


def table(
    name: str,
    *columns: sa.Column[Any],
    key: str,
    unique: tuple[str, ...] = (),
    refers: dict[str, str] | None = None,
    **options: Any,
) -> None:
    """Make a table. Names of columns that belong together are divided by blanks."""
    constraints: list[sa.Constraint] = [
        sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{name}")),
    ]
    for one in unique:
        named = op.f(f"uq_{name}_{one.replace(' ', '_')}")
        constraints.append(sa.UniqueConstraint(*one.split(), name=named))
    for one, target in (refers or {}).items():
        named = op.f(f"fk_{name}_{one}_{target.partition('.')[0]}")
        constraints.append(sa.ForeignKeyConstraint([one], [target], name=named))
    op.create_table(name, *columns, *constraints, **options)


def index(name: str, *columns: str, **options: Any) -> None:
    """Make an index of a table."""
    op.create_index(op.f(f"ix_{name}_{'_'.join(columns)}"), name, list(columns), **options)


def upgrade() -> None:
    """Make them all. The months' own partitions are made at each start and daily."""
    _sites_and_devices()
    _events()
    _documents_and_feed()
    _bookings_and_dossiers()
    _accounts()
    _alerts_and_calls()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE event_rest PARTITION OF event DEFAULT")


def _sites_and_devices() -> None:
    table(
        "site",
        text("code"), text("name_vi"), text("name_en"), text("group"),
        double("latitude", null=True), double("longitude", null=True), moment("made_at"),
        key="code",
    )  # fmt: skip
    table(
        "device",
        text("id"), text("site"), text("name"), binary("public_key"), moment("key_since"),
        moment("enrolled_at"), moment("revoked_at", null=True), moment("seen_at", null=True),
        double("clock_skew_s"), json("health"), moment("health_at", null=True), text("version"),
        key="id", unique=("public_key",), refers={"site": "site.code"},
    )  # fmt: skip
    index("device", "site")
    table(
        "enrolment_code",
        text("code_hash"), text("site"), text("made_by"), moment("made_at"), moment("ends_at"),
        moment("used_at", null=True), text("device", null=True),
        key="code_hash", refers={"device": "device.id", "site": "site.code"},
    )  # fmt: skip
    index("enrolment_code", "ends_at")
    table(
        "enrolment_try",
        whole("id"), text("source"), moment("tried_at"),
        key="id",
    )  # fmt: skip
    index("enrolment_try", "source", "tried_at")
    index("enrolment_try", "tried_at")
    table(
        "used_nonce",
        text("device"), text("nonce"), moment("seen_at"),
        key="device nonce",
    )  # fmt: skip
    index("used_nonce", "seen_at")
    table(
        "centre_key",
        text("name"), text("fingerprint"), moment("used_since"),
        key="name",
    )  # fmt: skip


def _events() -> None:
    table(
        "event",
        text("device"), text("epoch"), big("seq"), text("site"), moment("received_at"),
        text("kind"), moment("at"), json("body"),
        key="device epoch seq site received_at", postgresql_partition_by="RANGE (received_at)",
    )  # fmt: skip
    index("event", "kind", "at")
    index("event", "received_at", postgresql_using="brin")
    index("event", "site", "at")
    said = sa.text("kind = 'feedback_given'")
    op.create_index(
        "ix_event_said", "event", ["received_at"], postgresql_where=said, sqlite_where=said
    )
    table(
        "watermark",
        text("device"), text("epoch"), big("seq"), moment("changed_at"),
        key="device epoch",
    )  # fmt: skip
    table(
        "quarantined",
        text("device"), text("epoch"), big("seq"), text("site"), text("kind"), text("reason"),
        long_text("text"), moment("received_at"),
        key="device epoch seq",
    )  # fmt: skip
    table(
        "chore",
        text("name"), moment("until"),
        key="name",
    )  # fmt: skip


def _documents_and_feed() -> None:
    table(
        "feed",
        text("name"), big("cursor"),
        key="name",
    )  # fmt: skip
    table(
        "document",
        text("name"), text("audience"), whole("version"), big("cursor"), flag("removed"),
        text("sha256"), whole("size"), binary("signature"), binary("body"),
        moment("published_at"), text("published_by"), text("note"),
        key="name audience version", unique=("cursor", "name version",),
    )  # fmt: skip
    index("document", "audience", "name")
    table(
        "document_fate",
        text("device"), text("name"), whole("version"), text("state"), text("reason"),
        moment("at"),
        key="device name",
    )  # fmt: skip
    table(
        "draft",
        text("name"), text("audience"), binary("body"), whole("base"), text("changed_by"),
        moment("changed_at"),
        key="name audience",
    )  # fmt: skip


def _bookings_and_dossiers() -> None:
    table(
        "api_client",
        text("name"), text("token_hash"), text("scope"), moment("made_at"),
        moment("revoked_at", null=True),
        key="name", unique=("token_hash",),
    )  # fmt: skip
    table(
        "booking",
        text("code"), text("site"), text("service"), text("field"), day("day"), moment("at"),
        moment("registered_at"), text("person"), text("state"), big("cursor"),
        moment("changed_at"), text("client"), text("request_id"), text("request_hash"),
        key="code", unique=("client request_id", "cursor",),
        refers={"client": "api_client.name", "site": "site.code"},
    )  # fmt: skip
    index("booking", "day", "person")
    index("booking", "site", "cursor")
    index("booking", "site", "service", "at")
    table(
        "quota",
        text("site"), text("service"), text("field"), whole("a_slot"), whole("slot_min"),
        json("week"),
        key="site service", refers={"site": "site.code"},
    )  # fmt: skip
    table(
        "booking_day",
        text("site"), day("day"), flag("is_open"),
        key="site day",
    )  # fmt: skip
    table(
        "dossier",
        text("code_hash"), text("state"), day("due_on", null=True), day("changed_on", null=True),
        moment("imported_at"),
        key="code_hash",
    )  # fmt: skip
    table(
        "dossier_meter",
        text("device"), double("tokens"), moment("counted_at"),
        key="device", refers={"device": "device.id"},
    )  # fmt: skip


def _accounts() -> None:
    table(
        "account",
        text("name"), text("shown_as"), text("role"), text("site", null=True),
        text("password_hash"), text("totp_secret"), big("totp_last"), moment("made_at"),
        moment("closed_at", null=True),
        key="name", refers={"site": "site.code"},
    )  # fmt: skip
    table(
        "account_session",
        text("token_hash"), text("account"), moment("begun_at"), moment("seen_at"),
        moment("ends_at"),
        key="token_hash", refers={"account": "account.name"},
    )  # fmt: skip
    index("account_session", "ends_at")
    table(
        "login_count",
        text("name"), text("address"), whole("wrong"), whole("locks"), double("locked_until"),
        double("changed_at"),
        key="name address",
    )  # fmt: skip
    index("login_count", "changed_at")
    table(
        "audit",
        whole("id"), moment("at"), text("account"), text("action"), text("subject"),
        json("facts"),
        key="id",
    )  # fmt: skip
    index("audit", "at")


def _alerts_and_calls() -> None:
    table(
        "alert_rule",
        whole("id"), text("kind"), text("site"), double("threshold"), text("hours"),
        json("tell"), text("secret"), flag("active"),
        key="id",
    )  # fmt: skip
    table(
        "alert",
        whole("id"), whole("rule"), text("subject"), text("site"), moment("raised_at"),
        moment("over_at", null=True), double("value"),
        key="id", refers={"rule": "alert_rule.id"},
    )  # fmt: skip
    index("alert", "over_at")
    index("alert", "rule", "over_at")
    index("alert", "site", "raised_at")
    table(
        "alert_message",
        whole("id"), whole("rule"), text("address"), text("what"), json("alerts"),
        moment("made_at"), moment("due_at", null=True), whole("tries"),
        moment("sent_at", null=True), text("error"),
        key="id", refers={"rule": "alert_rule.id"},
    )  # fmt: skip
    index("alert_message", "due_at")
    index("alert_message", "made_at")
    table(
        "call_back",
        text("device"), text("epoch"), big("seq"), text("site"), text("outcome"),
        text("account"), moment("at"),
        key="device epoch seq",
    )  # fmt: skip
    index("call_back", "at")
    index("call_back", "site", "at")
