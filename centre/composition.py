"""The composition root: settings become one worker's application. Only this room knows every other.

Watching ─▶ Admission ─▶ Litestar ─┬─ devices, signed          /v1/…
(counts)    (bounded)              ├─ an enrolment, by its code
                                   ├─ city systems, by token   /v1/city/…
                                   ├─ browsers, by account     everything else
                                   └─ /healthz /readyz /metrics
"""

from __future__ import annotations

from litestar import Router
from litestar.di import Provide
from litestar.types import ASGIApp

from centre.admission import Admission
from centre.api import documents, events, health, identity, life
from centre.api.description import DEVICE, Description, describe
from centre.api.health import HealthShelf
from centre.application import application
from centre.bookings import city
from centre.bookings.surroundings import bookings_state, close_sources, forget
from centre.clock import Clock, provide_now, utc_now
from centre.dossiers import asking
from centre.identity.gate import devices_alone, provide_caller
from centre.identity.surroundings import identity_state
from centre.pages.alerts.watch import Watch
from centre.pages.application import new_office, pages
from centre.settings import Settings
from centre.store import Database
from centre.telemetry.retention import Housekeeping
from centre.telemetry.watching import Watching


def compose(settings: Settings, now: Clock = utc_now) -> ASGIApp:
    """One worker's application. Raises SecretError, SettingsError and OneStopError where a file or
    an address cannot be used."""
    database = Database(settings.database_url, pool=settings.pool)
    housekeeping = Housekeeping(database, settings, now, (forget,))
    office = new_office(settings, database, now)
    watch = Watch(database, settings, now, office.drawing.text)
    state: dict[str, object] = {
        "now": now,
        "settings": settings,
        "health_shelf": HealthShelf(database),
        "office": office,
        **identity_state(database, settings, now),
        **bookings_state(database, settings, now),
    }
    devices = Router(
        "/",
        guards=[devices_alone],
        dependencies={"caller": Provide(provide_caller)},
        security=[{DEVICE: []}],
        tags=["devices"],
        route_handlers=[
            identity.post_key,
            *documents.handlers,
            *events.handlers,
            *health.handlers,
            *asking.handlers,
        ],
    )
    timed = Router(
        "/",
        dependencies={"now": Provide(provide_now)},
        route_handlers=[devices, identity.post_enrolment, *life.handlers],
    )
    api = [timed, *city.handlers]
    state["description"] = Description(api)
    app = application(
        database,
        [*api, describe, *pages(settings)],
        state=state,
        on_startup=[housekeeping.begin, watch.begin],
        on_shutdown=[watch.end, housekeeping.end, close_sources],
    )
    return Watching(Admission(app, database))
