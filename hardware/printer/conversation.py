"""Questions to the printer and its answers, over any line, every wait bounded."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware.errors import LineError, LineStalled
from hardware.printer import frames
from hardware.printer.escpos_bytes import fresh_start, probe_bytes
from hardware.status import DeviceStatus
from hardware.transport import Transport

PROBE = b"LTpr"
READ_BYTES = 4096
PIECE = 4096
Tell = Callable[[DeviceStatus], object]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long each thing is waited for, in seconds."""

    answer_s: float = 0.4
    """One status byte; it is asked for twice before the printer counts as silent."""
    probe_s: float = 0.5
    """The answer to the first process id of a connection."""
    write_s: float = 3.0
    """A slip to leave us, and a second more for every `slowest` bytes."""
    slowest: int = 4000
    """Bytes per second; 38,400 baud carries 3,840. A line slower than this counts as stalled."""
    printing_s: float = 12.0
    """From the last byte of a slip to its process id."""
    poll_s: float = 0.5
    """Between two looks at the status while a slip is printed."""


class Conversation:
    """One connection's worth of questions. Raises `LineError` when the line goes."""

    def __init__(self, line: Transport, waits: Waits) -> None:
        self._line = line
        self._waits = waits
        self._decoder = frames.Decoder()
        self._done: set[bytes] = set()
        self._fence: frames.PaperStatus | None = None
        self._fences_due = 0  # GS r questions that are not answered yet
        self._noisy = False  # since the last slip began
        self.knows_process_id: bool | None = None
        """None until the printer was asked."""
        self.stopped: DeviceStatus | None = None
        """Why the printer has stopped, as it last said by itself; None while it works."""

    def status(self) -> DeviceStatus:
        """Ask DLE EOT 1 to 4. Silence is a status too: `no_answer`, or, because a stopped printer
        with a full buffer cannot even be asked, what it said by itself when it stopped. So is
        `noise`: an answer is believed only when nothing senseless came before it."""
        replies = []
        for n in frames.STATUS_REQUESTS:
            reply = self._real_time_status(n)
            if isinstance(reply, frames.Noise):
                detail = f"no answer to DLE EOT {n}, but noise: wrong speed or a damaged cable"
                return DeviceStatus("unavailable", "noise", detail)
            if reply is None:
                silence = DeviceStatus("unavailable", "no_answer", f"silent to DLE EOT {n}")
                return self.stopped or silence
            replies.append(reply.bits)
        status = frames.status_of_replies(*replies)
        self.stopped = None if status.ready else status
        return status

    def _real_time_status(self, n: int) -> frames.RealTimeStatus | frames.Noise | None:
        """One reply. What came before the question cannot be its answer and is dropped. After
        noise any question is repeated once; after silence only the first, so that a silent
        printer costs two waits and not eight."""
        heard = None
        for _ in range(2):
            heard = self._ask_once(n)
            if isinstance(heard, frames.RealTimeStatus) or (heard is None and n > 1):
                break
        return heard

    def _ask_once(self, n: int) -> frames.RealTimeStatus | frames.Noise | None:
        for _ in self._arriving(0):
            pass
        try:
            self._line.write(frames.STATUS_REQUESTS[n], self._waits.answer_s)
        except LineStalled:
            return None
        for message in self._arriving(self._waits.answer_s):
            if isinstance(message, frames.RealTimeStatus | frames.Noise):
                return message
        return None

    def model(self) -> str:
        """What the printer calls itself (GS I 67), or "" where it does not say."""
        for _ in self._arriving(0):
            pass
        self._line.write(frames.MODEL_REQUEST, self._waits.answer_s)
        end, heard = time.monotonic() + self._waits.probe_s, b""
        while b"\x00" not in heard and (left := end - time.monotonic()) > 0:
            heard += self._line.read(READ_BYTES, left)
        return frames.model_of(heard)

    def probe(self) -> None:
        """Find out whether the printer knows GS ( H; ask only while it is ready."""
        if self.knows_process_id is None:
            self._line.write(probe_bytes(PROBE), self._waits.answer_s)
            self.knows_process_id = self.wait_done(PROBE, self._waits.probe_s)

    def start_afresh(self) -> None:
        """After a job that broke off: get the printer out of the block in which it still waits,
        and the torn slip out of the printer."""
        self._line.write(fresh_start(), self._waits.write_s)
        self._fences_due += 1  # the torn job's, where it got so far

    def settled(self) -> bool:
        """Whether no late answer can be taken for that of the next slip.

        The answers to GS r look all alike. While some are due, one more is asked for: when
        answers come, all are in; when none comes, the printer still works off what it has.
        """
        if self.knows_process_id or not self._fences_due:
            return True
        self._line.write(frames.PAPER_REQUEST, self._waits.answer_s)
        answers = [*self._arriving(self._waits.probe_s)]
        if any(isinstance(answer, frames.PaperStatus) for answer in answers):
            self._fences_due = 0
        else:
            self._fences_due += 1
        return not self._fences_due

    def send(self, slip: bytes, name: bytes, tell: Tell) -> None:
        """Hand over a slip, and the question that tells when it is done, listening in between.

        A printer that stops still takes what its buffer holds, and prints it after the refill:
        only when it takes no more and says that it has stopped, or the time is over, this gives
        up. Raises `LineLost` and `LineStalled` with the bytes `sent` of the whole job.
        """
        data = slip if self._line.one_way else slip + self._question(name)
        end = time.monotonic() + self._waits.write_s + len(data) / self._waits.slowest
        step = len(data) if self._line.one_way else PIECE
        self._done.clear()
        self._fence = None
        self._noisy = False
        sent = 0
        while sent < len(data):
            piece = data[sent : sent + step]
            try:
                self._line.write(piece, self._waits.poll_s)
                sent += len(piece)
            except LineStalled as error:
                sent += error.sent
                if self._given_up(end):
                    raise LineStalled(str(error), sent) from error
                if not error.sent:
                    tell(DeviceStatus("unavailable", "stalled", "it takes no more bytes"))
            except LineError as error:
                error.sent += sent
                raise

    def _question(self, name: bytes) -> bytes:
        if self.knows_process_id:
            return frames.process_id_request(name)
        self._fences_due += 1
        return frames.PAPER_REQUEST

    def _given_up(self, end: float) -> bool:
        for _ in self._arriving(0):
            pass
        return self.stopped is not None or time.monotonic() >= end

    def wait_done(self, name: bytes, timeout_s: float) -> bool:
        """Whether the process id `name` comes back within `timeout_s` seconds."""
        if name in self._done:
            return True
        return any(name in self._done for _ in self._arriving(timeout_s))

    def wait_fence(self, timeout_s: float) -> frames.PaperStatus | None:
        """The answer to GS r 1, which comes only after the data before it was worked off.

        A single byte is easily made up by a bad cable: where noise came too, it proves nothing.
        """
        for _ in self._arriving(timeout_s):
            if not self._fences_due:
                break
        return None if self._noisy or self._fences_due else self._fence

    def _arriving(self, timeout_s: float) -> Iterator[frames.Message]:
        """Messages as they come, until `timeout_s` is over, however fast they come."""
        end = time.monotonic() + timeout_s
        while True:
            left = max(0.0, end - time.monotonic())
            chunk = self._line.read(READ_BYTES, left)
            for message in self._decoder.feed(chunk):
                self._note(message)
                yield message
            if time.monotonic() >= end:
                return

    def _note(self, message: frames.Message) -> None:
        """Keep what matters later, whoever was listening."""
        match message:
            case frames.ProcessDone(name):
                self._done.add(name)
                if name == PROBE:
                    self.knows_process_id = True
            case frames.PaperStatus():
                self._fence = message
                self._fences_due = max(0, self._fences_due - 1)
            case frames.Noise():
                self._noisy = True
            case frames.AutomaticStatus():
                status = frames.status_of_asb(message)
                self.stopped = None if status.ready else status
