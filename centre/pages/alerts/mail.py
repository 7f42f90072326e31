"""Mail by SMTP, from a thread: smtplib with a time-out on everything.

    smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS      STARTTLS where the server offers it
    smtps://…                                        TLS from the first byte

A password goes over TLS alone; to loopback it may go without.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

from centre.pages.alerts.rules import LOOPBACK
from centre.settings import SettingsError

WITHIN_S = 20.0
PORTS = {"smtp": 587, "smtps": 465}


class MailFailed(Exception):
    """It was not taken; trying again may help unless `for_good`."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int
    sender: str
    over_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(url: str) -> MailServer | None:
    """The settings' `smtp`; None where there is none. Raises SettingsError."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        sender = parse_qs(parts.query).get("from", [""])[0]
    except ValueError as error:
        raise SettingsError(f"smtp: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname or "@" not in sender:
        raise SettingsError("smtp: smtp://HOST:PORT?from=ADDRESS or smtps://…")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        sender=sender,
        over_tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def send_mail(
    server: MailServer, address: str, subject: str, words: str, *, message_id: str
) -> None:
    """Hand in one mail. Raises MailFailed. Blocks for WITHIN_S at most, a few times over."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = server.sender, address
    mail["Subject"] = subject
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words)
    try:
        with _connected(server) as smtp:
            smtp.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        for_good = all(code >= 500 for code in codes)
        raise MailFailed(f"refused: {codes}", for_good=for_good) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(f"{type(error).__name__}: {error}"[:200]) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.over_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=WITHIN_S, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=WITHIN_S)
    try:
        _begin(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _begin(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    """TLS where it can be had, then the password."""
    smtp.ehlo()
    secured = server.over_tls
    if not secured and smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
        secured = True
    if server.user:
        if not secured and server.host not in LOOPBACK:
            raise MailFailed("a password goes over TLS alone", for_good=True)
        smtp.login(server.user, server.password)
