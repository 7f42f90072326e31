"""What travels between a kiosk and the centre: shapes and limits, and nothing that does anything.

    POST /v1/enrolments                EnrolmentRequest  ─▶ Enrolment         a new device's own key
    POST /v1/events                    EventBatch (gzip) ─▶ Acknowledged      the outbox, in order
    PUT  /v1/health                    Health            ─▶ 204               last value only
    GET  /v1/changes?since=CURSOR      ETag              ─▶ Changes | 304     what is new for it
    GET  /v1/documents/NAME/VERSION    ─▶ the bytes, as their SHA-256 and signature say
    POST /v1/documents/fates           DocumentFates     ─▶ 204               in use, or rolled back
    GET  /v1/dossiers/CODE             ─▶ DossierState
    POST /v1/keys                      KeyChange         ─▶ 204               signed by the old key

Every request is signed (RFC 9421, `signing`), that of an enrolment by the key that it brings.
A refusal is a problem document (RFC 9457) with a stable `code`. In words: docs/centre-wire.md.
"""

from centre.wire.bookings import BookingChange
from centre.wire.documents import DocumentFate, DocumentFates, DocumentNotice
from centre.wire.dossiers import DossierState
from centre.wire.enrolment import Enrolment, EnrolmentRequest, KeyChange
from centre.wire.events import MAX_BATCH, MAX_BATCH_BYTES, Acknowledged, EventBatch, EventEntry
from centre.wire.feed import Changes
from centre.wire.health import Health, PartHealth

__all__ = [
    "MAX_BATCH",
    "MAX_BATCH_BYTES",
    "Acknowledged",
    "BookingChange",
    "Changes",
    "DocumentFate",
    "DocumentFates",
    "DocumentNotice",
    "DossierState",
    "Enrolment",
    "EnrolmentRequest",
    "EventBatch",
    "EventEntry",
    "Health",
    "KeyChange",
    "PartHealth",
]
