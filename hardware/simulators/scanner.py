"""The simulated scanner: it sends what it is shown, as a serial scanner does.

Faults, several at a time:

    unplugged    the cable is out, or the adapter
    no_suffix    set up without the CR behind a read
    aim          set up to send the AIM identifier before a read
    chopped      a read leaves in pieces with pauses in between
"""

import threading
import time
from typing import Literal, get_args

from hardware.transport.loopback import Answer

Fault = Literal["unplugged", "no_suffix", "aim", "chopped"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
PIECE = 5
PAUSE_S = 0.02


class SimulatedScanner:
    """One scanner. Safe to use from several threads; one line at a time is attached."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._answer: Answer | None = None
        self._faults: set[Fault] = set()

    def show(self, code: str | bytes) -> bool:
        """Hold a code before the glass; whether a line was there to take the read."""
        read = code.encode() if isinstance(code, str) else code
        with self._lock:
            whole = b"]Q1" * ("aim" in self._faults) + read
            whole += b"\r" * ("no_suffix" not in self._faults)
            step = PIECE if "chopped" in self._faults else len(whole)
            for at in range(0, len(whole), step):
                if self._answer is None or not self.plugged:
                    return False
                self._answer(whole[at : at + step])
                if step < len(whole):
                    time.sleep(PAUSE_S)
        return True

    def set_fault(self, name: str) -> None:
        """Switch a fault on. Raises `ValueError`, which names them all."""
        names = {fault: fault for fault in FAULTS}
        if name not in names:
            raise ValueError(f"{name!r} is no fault of {', '.join(FAULTS)}")
        with self._lock:
            self._faults.add(names[name])

    def clear_faults(self) -> None:
        """Mend everything."""
        with self._lock:
            self._faults.clear()

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return "unplugged" not in self._faults

    def attach(self, answer: Answer) -> None:
        """A line is connected; reads go to `answer`."""
        with self._lock:
            self._answer = answer

    def detach(self) -> None:
        """The line is gone."""
        with self._lock:
            self._answer = None

    def receive(self, data: bytes) -> int:
        """Whatever is sent to it means nothing to it."""
        return len(data)
