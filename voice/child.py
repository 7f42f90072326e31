"""What every child process of this library does: read its owner's lines, write its own, end."""

import logging
import threading
from collections.abc import Callable
from typing import IO

from voice import wire
from voice.errors import Garbled

log = logging.getLogger(__name__)

ENDING = 0.7  # seconds that the working thread has for its end


def sender(events: IO[bytes]) -> Callable[[wire.Event], None]:
    """Writes events, from any thread, until nobody reads them any more."""
    writing = threading.Lock()

    def send(event: wire.Event) -> None:
        with writing:
            try:
                events.write(wire.encode(event))
            except BrokenPipeError:  # the owner has gone; our input ends with it
                log.debug("nobody reads the events")

    return send


def serve(
    commands: IO[bytes],
    obey: Callable[[bytes], None],
    *,
    name: str,
    work: Callable[[], None],
    send: Callable[[wire.Event], None],
    end: Callable[[], None],
) -> bool:
    """Greet, work on a thread and obey each line until `commands` ends.

    `obey` may raise Garbled for a line that is no command. False when the working thread hangs
    after `end` and was left behind: then the process must leave by os._exit.
    """
    worker = threading.Thread(target=work, name=name, daemon=True)
    send(wire.Hello(wire.VERSION))
    worker.start()
    while line := wire.read_line(commands):
        try:
            obey(line)
        except Garbled as error:
            log.warning("a line is no command: %s", error)
    end()
    worker.join(ENDING)
    if worker.is_alive():
        log.warning("the %s thread hangs and is left behind", name)
    return not worker.is_alive()
