"""The core's end of the local socket: one door for every face on this computer.

The socket's file has mode 0600, or 0660 in a folder that a group shares: on an installed kiosk the
screen has a user of its own (`kiosk.link.peers`). A face that sends garbage, or does not read what
it is sent, is hung up on; the others do not notice.
"""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Protocol

from kiosk.errors import CommandRefused, FrameError, KioskError
from kiosk.link.frames import (
    MAX_FROM_CORE,
    VERSION,
    Failure,
    FromCore,
    Goodbye,
    Happened,
    Hello,
    Ping,
    Pong,
    Reply,
    Request,
    Welcome,
    encode,
    reader_at_core,
)
from kiosk.link.peers import may_ask, socket_mode, user_of
from kiosk.words import AnyCommand, AnyEvent, KioskState, Result

log = logging.getLogger(__name__)

MAX_FACES = 32
HELLO_WITHIN_S = 5.0
DRAIN_WITHIN_S = 5.0
UNREAD_LIMIT = 2 * MAX_FROM_CORE
CHUNK = 64 * 1024


class Door(Protocol):
    """What the server needs of the engine."""

    async def obey(self, command: AnyCommand, face: str) -> Result: ...
    def state(self) -> KioskState: ...


class LinkServer:
    """Serves faces until closed. Lives on the core's loop."""

    def __init__(self, path: Path, door: Door) -> None:
        self._path = path
        self._door = door
        self._callers: set[asyncio.StreamWriter] = set()
        self._faces: dict[asyncio.StreamWriter, str] = {}  # the callers who have said hello
        self._server: asyncio.Server | None = None  # kept: an unreferenced one is collected

    async def start(self) -> None:
        """Open the socket; a file left over by a killed core is replaced."""
        self._path.unlink(missing_ok=True)
        mask = os.umask(0o777 & ~socket_mode(self._path.parent))
        try:
            self._server = await asyncio.start_unix_server(self._serve, self._path)
        finally:
            os.umask(mask)

    async def close(self) -> None:
        """Hang up on everybody and remove the socket."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._callers):
            writer.close()
        self._path.unlink(missing_ok=True)

    def tell(self, event: AnyEvent) -> None:
        """Send an event to every face that has introduced itself."""
        if not self._faces:
            return
        data = encode(Happened(event=event), limit=MAX_FROM_CORE)
        for writer in list(self._faces):
            self._write(writer, data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self._callers.add(writer)
            if len(self._callers) > MAX_FACES:
                self._send(writer, Goodbye(code="busy", detail=f"{MAX_FACES} faces are here"))
            else:
                await self._converse(reader, writer)
        except FrameError as error:
            log.warning("a face is hung up on: %s", error.detail)
            self._send(writer, Goodbye(code=error.code, detail=error.detail))
        except TimeoutError:
            log.warning("a face says no hello or does not read: it is cut off")
            writer.transport.abort()
        except ConnectionError:
            pass
        finally:
            self._callers.discard(writer)
            face = self._faces.pop(writer, "")
            if face == "screen":
                log.info("the screen has gone")
            await _hang_up(writer)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        frames = reader_at_core()
        face = ""
        while True:
            async with asyncio.timeout(None if face else HELLO_WITHIN_S):
                data = await reader.read(CHUNK)
            if not data:
                return
            for message in frames.feed(data):
                if not face:
                    face = self._welcome(writer, message)
                    if not face:
                        return
                else:
                    await self._answer(writer, face, message)
            async with asyncio.timeout(DRAIN_WITHIN_S):
                await writer.drain()

    def _welcome(self, writer: asyncio.StreamWriter, message: object) -> str:
        if not isinstance(message, Hello):
            self._send(writer, Goodbye(code="hello", detail="a face says hello first"))
            return ""
        if message.version != VERSION:
            detail = f"the core speaks version {VERSION}, the face {message.version}"
            self._send(writer, Goodbye(code="version", detail=detail))
            return ""
        self._send(writer, Welcome(version=VERSION, state=self._door.state()))
        self._faces[writer] = message.face
        if message.face == "screen":
            log.info("the screen is here")
        return message.face or "unnamed"

    async def _answer(self, writer: asyncio.StreamWriter, face: str, message: object) -> None:
        match message:
            case Ping(id=number):
                self._send(writer, Pong(id=number))
            case Request(id=number, command=command):
                if may_ask(command, user_of(writer.get_extra_info("socket")), face):
                    self._send(writer, await self._carry_out(number, command, face))
                else:
                    detail = f"{type(command).__name__} is not for another user's face"
                    log.warning("the face %r is refused: %s", face, detail)
                    self._send(writer, Failure(id=number, code="other_user", detail=detail))
            case _:
                raise FrameError("a face says hello only once")

    async def _carry_out(self, number: int, command: AnyCommand, face: str) -> Reply | Failure:
        try:
            return Reply(id=number, result=await self._door.obey(command, face))
        except CommandRefused as refusal:
            return Failure(
                id=number, code=refusal.code, detail=refusal.detail, opens_at=refusal.opens_at
            )
        except KioskError as error:
            return Failure(id=number, code=error.code, detail=error.detail)
        except Exception as error:  # a bug costs its command, not the core
            log.exception("%s failed", type(command).__name__)
            return Failure(id=number, code="bug", detail=repr(error))

    def _send(self, writer: asyncio.StreamWriter, message: FromCore) -> None:
        self._write(writer, encode(message, limit=MAX_FROM_CORE))

    def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        if writer.is_closing():
            return
        if writer.transport.get_write_buffer_size() > UNREAD_LIMIT:
            log.warning("a face does not read: it is hung up on")
            writer.transport.abort()
            return
        writer.write(data)


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    """Let the face read its last message; one that does not read is cut off."""
    writer.close()
    try:
        async with asyncio.timeout(DRAIN_WITHIN_S):
            await writer.wait_closed()
    except TimeoutError:
        log.warning("a face does not read: it is cut off")
        writer.transport.abort()
    except ConnectionError:
        pass
