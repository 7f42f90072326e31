"""What is, as the faces see it: values of kiosk.words made from rules, hall and devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.core.desk import QueueingDesk
from kiosk.core.devices import Devices
from kiosk.core.hall_picture import notices_today
from kiosk.errors import StoreUnavailable
from kiosk.ports import Store
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.service import Service, where_text
from kiosk.queueing.slip import qr_text
from kiosk.queueing.ticket import Ticket
from kiosk.words import ItemState, KioskState, PriorityState, ServiceState, SlipState, TicketCard

# How long a page may come back after the screen or the core was restarted.
PRINTED_PAGE = timedelta(seconds=45)
OPEN_QUESTION = timedelta(minutes=5)


class Picture:
    """Draws states. `site` holds what config.toml [site] says."""

    def __init__(self, desk: QueueingDesk, devices: Devices, site: dict[str, str]) -> None:
        self._desk = desk
        self._devices = devices
        self._site = site
        self._where = {
            service.code: (where_text(service, "vi"), where_text(service, "en"))
            for service in desk.services
        }
        self.elsewhere: Callable[[str], ServiceState | None] = _not_elsewhere

    def kiosk(
        self,
        store: Store,
        now: datetime,
        *,
        items: tuple[ItemState, ...] = (),
        present: bool | None = None,
        maintenance: bool = False,
        first_start: bool = False,
    ) -> KioskState:
        """The whole state."""
        return KioskState(
            site_vi=self._site["site_vi"],
            site_en=self._site["site_en"],
            centre_vi=self._site["centre_vi"],
            centre_en=self._site["centre_en"],
            now=now.isoformat(timespec="milliseconds"),
            business_day=self._desk.business_day,
            services=tuple(self.service(service, now) for service in self._desk.services),
            priorities=tuple(
                PriorityState(
                    code=known.code, name_vi=known.name_vi, name_en=known.name_en, icon=known.icon
                )
                for known in self._desk.rule.classes
            ),
            devices=self._devices.all(),
            unfinished=self._unfinished(store, now),
            items=items,
            present=present,
            hours=self._desk.hours_today(now),
            notices=notices_today(self._desk.plan, now),
            maintenance=maintenance,
            first_start=first_start,
            elsewhere_vi=self._site.get("elsewhere_vi", ""),
            elsewhere_en=self._site.get("elsewhere_en", ""),
        )

    def service(self, service: Service, now: datetime) -> ServiceState:
        """One service as a citizen meets it now: as the leader tells it, where there is one."""
        if (told := self.elsewhere(service.code)) is not None:
            return told
        available = self._desk.availability(service, now)
        where_vi, where_en = self._where[service.code]
        waiting = self._desk.waiting(service)
        return ServiceState(
            code=service.code,
            name_vi=service.name_vi,
            name_en=service.name_en,
            about_vi=service.about_vi,
            about_en=service.about_en,
            series=service.series,
            icon=service.icon,
            availability=available.state,
            waiting=waiting,
            estimate_minutes=self._desk.estimate(service, waiting, now),
            where_vi=where_vi,
            where_en=where_en,
            opens_at=available.opens_at.isoformat() if available.opens_at else "",
        )

    def card(self, ticket: Ticket, job: PrintJob, now: datetime) -> TicketCard:
        """A ticket with its service and its slip. Raises CommandRefused for a service gone."""
        return TicketCard(
            ticket=ticket,
            service=self.service(self._desk.service(ticket.service), now),
            slip=slip_state(job),
            code=qr_text(ticket, self._desk.plan.tickets_url),
        )

    def _unfinished(self, store: Store, now: datetime) -> tuple[TicketCard, ...]:
        """The visits whose page should come back: the number again, and its slip offered."""
        known = {service.code for service in self._desk.services}
        cards = []
        try:
            for job in store.open_visits():
                age = now - datetime.fromisoformat(job.created_at)
                if age > OPEN_QUESTION:
                    break  # those that follow are older still
                if job.state == "printed" and age > PRINTED_PAGE:
                    continue
                ticket = store.ticket(job.ticket_id)
                if ticket is not None and ticket.service in known:
                    cards.append(self.card(ticket, job, now))
        except StoreUnavailable:
            return ()
        return tuple(cards)


def _not_elsewhere(code: str) -> ServiceState | None:
    """This kiosk leads, or is alone: it knows itself."""
    return None


def slip_state(job: PrintJob) -> SlipState:
    """A print job as the faces see it."""
    return SlipState(
        job_id=job.id,
        ticket_id=job.ticket_id,
        state=job.state,
        reason=job.reason,
        reprint=job.reprint,
    )
