"""The technician's half of the stand-in core: a door with a PIN, findings, real settings."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import KioskError
from kiosk.link.frames import Failure
from kiosk.paths import DEFAULT_CONFIG
from kiosk.settings.desk import Desk
from kiosk.settings.keeping import ConfigShelf
from kiosk.words import (
    AnswerFirstStart,
    AskFirstStart,
    AskLog,
    AskSettings,
    BackFirstStart,
    ChangeSetting,
    Done,
    DoorResult,
    EnterTechnician,
    FirstStartResult,
    KnockTechnician,
    LeaveTechnician,
    LogLine,
    LogResult,
    PartFinding,
    PartsExamined,
    RestoreSettings,
    Result,
    SkipFirstStart,
    StepChoice,
    TechnicianCommand,
)
from kiosk.words.technician import Verdict

PIN = "739146"


def finding(
    part: str,
    state: Verdict,
    name: tuple[str, str],
    means: tuple[str, str],
    do: tuple[str, str] = ("", ""),
    since: str = "",
) -> PartFinding:
    return PartFinding(
        part=part,
        state=state,
        code=f"{part}_{state}",
        name_vi=name[0],
        name_en=name[1],
        means_vi=means[0],
        means_en=means[1],
        do_vi=do[0],
        do_en=do[1],
        since=since,
    )


FINDINGS = (
    finding(
        "printer",
        "fault",
        ("Máy in", "Printer"),
        ("hết giấy", "no paper"),
        ("Lắp cuộn giấy mới.", "Put in a new roll."),
        "2026-11-23T07:58:00+07:00",
    ),
    finding(
        "clock",
        "warning",
        ("Đồng hồ", "Clock"),
        ("2026-11-23 08:15, không có dịch vụ giờ nào giữ", "2026-11-23 08:15, nobody keeps it"),
        (
            "Bật dịch vụ giờ (timedatectl set-ntp true), hoặc đặt máy chủ giờ của nơi này.",
            "Switch the time service on (timedatectl set-ntp true), or set a time server.",
        ),
    ),
    finding("board", "skipped", ("Bo mạch vào ra", "I/O board"), ("máy này không có", "none here")),
    *(
        finding(part, "ok", name, ("sẵn sàng", "ready"))
        for part, name in (
            ("scanner", ("Máy quét mã", "Scanner")),
            ("sound", ("Loa", "Loudspeaker")),
            ("microphone", ("Micro", "Microphone")),
            ("store", ("Cơ sở dữ liệu", "Database")),
            ("backup", ("Bản sao lưu", "Backup")),
            ("network", ("Mạng", "Network")),
            ("disk", ("Ổ đĩa", "Disk")),
            ("temperature", ("Nhiệt độ", "Temperature")),
        )
    ),
)
EXAMINED = PartsExamined(findings=FINDINGS, wrong_pins=3, version="0.1.0")
LINES = tuple(
    LogLine(at=f"2026-11-23 08:{n // 60:02}:{n % 60:02}", level=level, text=text)
    for n, (level, text) in enumerate(
        (
            ("I", "kiosk.core.printing: slip of job 17: printed"),
            ("W", "kiosk.core.devices: printer is unavailable: paper_out"),
            ("I", "kiosk.core.engine: a clerk is asked for at page 'welcome'"),
            ("E", "asyncio: Task exception was never retrieved"),
        )
        * 12
    )
)
CHOICES = {
    "language": (("vi", "Tiếng Việt", "Tiếng Việt"), ("en", "English", "English")),
    "template": (
        ("busy-ward", "phường đông người: tám quầy, có bảng gọi số", "busy ward: eight counters"),
        ("branch", "chi nhánh: hai quầy", "branch: two counters"),
        ("small-commune", "xã nhỏ: một quầy, không máy in", "small commune: one counter"),
        ("mobile-office", "lưu động: máy xách tay", "mobile office: a laptop"),
    ),
    "printer": (
        ("none", "không có", "none"),
        ("simulated", "mô phỏng, để chạy thử", "simulated, to try the kiosk out"),
        ("usb:04b8:0e15:X7KL", "USB printer (socket 1-2)", "USB printer (socket 1-2)"),
    ),
    "centre": (("alone", "chạy độc lập", "stay alone"),),
}
STEPS = ("language", "template", "ward", "printer", "staff", "centre", "test", "save", "")


class StandInTechnician:
    """What the core's technician's rooms would answer."""

    def __init__(self, config: Path) -> None:
        config.write_text(DEFAULT_CONFIG.read_text("utf-8"), "utf-8")
        self.config = config
        self.has_pin = True
        self.wait_s = 0
        self.inside = False
        self.waiting: tuple[str, ...] = ()
        self.lines = LINES
        self.refusal: Failure | None = None  # what answers of the first start are answered
        self.waits = False  # whether answers of the first start wait for the network
        self._saves = True
        self._step = 0
        self._desk = Desk(ConfigShelf(config, config.parent / "kept"), lambda: self.waiting)

    def refuse_to_save(self) -> None:
        """As on a disk that is mounted read-only."""
        self._saves = False

    def answer(self, number: int, command: TechnicianCommand) -> Result | Failure:
        match command:
            case KnockTechnician() | LeaveTechnician() | EnterTechnician():
                return self._door(command)
            case AskSettings() | ChangeSetting() | RestoreSettings():
                return self._settings(number, command)
            case AskFirstStart() | AnswerFirstStart() | SkipFirstStart() | BackFirstStart():
                return self._first_start(command)
            case AskLog():
                return LogResult(lines=self.lines)
            case _:
                return Done()

    def _door(self, command: TechnicianCommand) -> DoorResult:
        if isinstance(command, EnterTechnician):
            self.inside = command.pin == PIN and not self.wait_s
        elif isinstance(command, LeaveTechnician):
            self.inside = False
        return DoorResult(has_pin=self.has_pin, inside=self.inside, wait_s=self.wait_s)

    def _settings(self, number: int, command: TechnicianCommand) -> Result | Failure:
        if not self._saves and getattr(command, "save", True):
            return Failure(id=number, code="read_only", detail="Read-only file system")
        try:
            match command:
                case ChangeSetting(name=name, value=value, default=default, save=save):
                    self._desk.change(name, value, default=default, save=save)
                case RestoreSettings():
                    self._desk.restore()
            return self._desk.read()
        except KioskError as error:
            return Failure(id=number, code=error.code, detail=error.detail)

    def _first_start(self, command: TechnicianCommand) -> Result | Failure:
        if self.refusal is not None and isinstance(command, AnswerFirstStart):
            return self.refusal
        if isinstance(command, BackFirstStart):
            self._step = max(0, self._step - 1)
        elif not isinstance(command, AskFirstStart) and not self.waits:
            self._step = min(self._step + 1, len(STEPS) - 1)
        step = STEPS[self._step]
        return FirstStartResult(
            step=step,
            number=self._step + 1,
            count=12,
            waits=self.waits and isinstance(command, AnswerFirstStart),
            choices=tuple(
                StepChoice(value=value, about_vi=vi, about_en=en)
                for value, vi, en in CHOICES.get(step, ())
            ),
        )
