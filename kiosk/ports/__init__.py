"""What the core needs of its edges, as shapes: the real ones and the simulated ones fit alike."""

from __future__ import annotations

from kiosk.ports.centre import (
    Centre,
    Documents,
    Dossiers,
    Line,
    OutboxBatch,
    OutboxRow,
    Takers,
)
from kiosk.ports.devices import (
    Base,
    Board,
    BoardLook,
    Condition,
    DeliveryReport,
    DropOutcome,
    DropReport,
    EdgeStatus,
    Outcome,
    Printer,
    PrinterStatus,
    PrintReport,
    Scanner,
    ScannerLook,
)
from kiosk.ports.doors import (
    Door,
    Leader,
    Listener,
)
from kiosk.ports.guide import (
    Guide,
    GuideSource,
    Hearing,
)
from kiosk.ports.sealing import (
    SealedCallBack,
    Sealer,
)
from kiosk.ports.sound import (
    Ears,
    Speaker,
)
from kiosk.ports.store import (
    BookingShelf,
    CentreShelf,
    FeedbackShelf,
    HallShelf,
    HandoverShelf,
    PinBook,
    RefreshmentShelf,
    StaffShelf,
    Store,
)

__all__ = [
    "Base",
    "Board",
    "BoardLook",
    "BookingShelf",
    "Centre",
    "CentreShelf",
    "Condition",
    "DeliveryReport",
    "Documents",
    "Door",
    "Dossiers",
    "DropOutcome",
    "DropReport",
    "Ears",
    "EdgeStatus",
    "FeedbackShelf",
    "Guide",
    "GuideSource",
    "HallShelf",
    "HandoverShelf",
    "Hearing",
    "Leader",
    "Line",
    "Listener",
    "OutboxBatch",
    "OutboxRow",
    "Outcome",
    "PinBook",
    "PrintReport",
    "Printer",
    "PrinterStatus",
    "RefreshmentShelf",
    "Scanner",
    "ScannerLook",
    "SealedCallBack",
    "Sealer",
    "Speaker",
    "StaffShelf",
    "Store",
    "Takers",
]
