"""The network: a cable, the pages that others reach, their certificate, the leading kiosk."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.config.schema import SiteServer
from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises

CONNECT_WITHIN_S = 1.5
SOON = timedelta(days=30)
EXPIRED = 10  # OpenSSL: X509_V_ERR_CERT_HAS_EXPIRED
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked for, not bound


def network(premises: Premises) -> Finding:
    """Is a cable in, or a radio connected?"""
    folder = premises.sys / "class" / "net"
    states = {one.name: _operstate(one) for one in sorted(folder.glob("*")) if one.name != "lo"}
    if not states:
        return Finding("network", "skipped", "network_unknown")
    up = [name for name, state in states.items() if state == "up"]
    if not up:
        return Finding("network", "warning", "network_none")
    return Finding("network", "ok", "network_up", {"names": ", ".join(up)})


def _operstate(interface: Path) -> str:
    try:
        return (interface / "operstate").read_text().strip()
    except OSError:
        return ""


def pages(premises: Premises) -> Finding:
    """Do the site's pages answer?"""
    if premises.config is None:
        return Finding("pages", "skipped", "needs_config")
    server = premises.config.site_server
    values = {"host": server.host, "port": str(server.http_port)}
    if not server.serve:
        return Finding("pages", "skipped", "switched_off")
    if premises.state is None or not server.http_port:
        return Finding("pages", "skipped", "pages_need_core", values)
    try:
        at = (EVERYWHERE.get(server.host, server.host), server.http_port)
        with socket.create_connection(at, CONNECT_WITHIN_S):
            return Finding("pages", "ok", "pages_answer", values)
    except OSError as error:
        return Finding("pages", "fault", "pages_silent", {**values, "detail": str(error)})


def certificate(premises: Premises) -> Finding:
    """Does the certificate fit its key, and until when does it last?"""
    if premises.config is None or not premises.config.site_server.certificate:
        return Finding("certificate", "skipped", "certificate_none")
    try:
        ends = _ends_of(premises.config.site_server)
    except ssl.SSLCertVerificationError as error:
        code = "certificate_over" if error.verify_code == EXPIRED else "certificate_wrong"
        return Finding("certificate", "fault", code, {"detail": error.verify_message})
    except (OSError, ValueError) as error:  # SSLError is an OSError
        return Finding("certificate", "fault", "certificate_wrong", {"detail": str(error)})
    left = ends - datetime.now(UTC)
    values = {"until": f"{ends:%Y-%m-%d}", "days": str(left.days)}
    if left < SOON:
        return Finding("certificate", "warning", "certificate_soon", values)
    return Finding("certificate", "ok", "certificate_good", values)


def _ends_of(server: SiteServer) -> datetime:
    """When the certificate ends, found by shaking hands with itself in memory: that also shows
    that the key fits. Raises ssl.SSLError and OSError."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(server.certificate, server.private_key)
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname = False
    asking.load_verify_locations(server.certificate)
    asking.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    there, here = ssl.MemoryBIO(), ssl.MemoryBIO()
    server_side = serving.wrap_bio(there, here, server_side=True)
    client_side = asking.wrap_bio(here, there)
    for side in (client_side, server_side, client_side, server_side):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    found = client_side.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC)


def leader(premises: Premises) -> Finding:
    """Does the kiosk that leads this site answer?"""
    url = premises.config.leader.url if premises.config else ""
    if not url:
        return Finding("leader", "skipped", "leads_itself")
    told = premises.device("leader")
    if told is not None and told.state == "ready":
        return Finding("leader", "ok", "leader_answers", {"url": url})
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname or "", port), CONNECT_WITHIN_S):
            reached = True
    except OSError as error:
        return Finding("leader", "fault", "leader_away", {"url": url, "detail": str(error)})
    if reached and told is not None and told.state == "unavailable":
        values = {"url": url, "detail": told.detail or told.reason}
        return Finding("leader", "fault", "leader_refuses", values)
    return Finding("leader", "ok", "leader_answers", {"url": url})
