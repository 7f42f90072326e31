"""The house's vocabulary: what can be asked (commands), what happened (events), what is (states).

Commands are imperative, events are in the past tense; see the table of words in
ARCHITECTURE.md. Everything here is a value that travels over the link as JSON.
"""

from __future__ import annotations

from kiosk.guide.catalogue import NewsEvent
from kiosk.queueing.counter import CounterCondition
from kiosk.queueing.staff import Role
from kiosk.words.bookings import (
    BookingCheckedIn,
    BookingLine,
    BookingsResult,
    CheckInBooking,
    ImportBookings,
)
from kiosk.words.centre import AskDossier, DossierOutcome, DossierStage, DossierTold
from kiosk.words.counters import (
    Call,
    CallNext,
    CallResult,
    CallTicket,
    CloseCounter,
    ComeBack,
    Complete,
    CounterChanged,
    CounterResult,
    CounterState,
    HallTicket,
    Hold,
    MarkNoShow,
    NextService,
    OpenCounter,
    PauseCounter,
    PutBack,
    Recall,
    Serve,
    TicketCalled,
    Transfer,
)
from kiosk.words.devices import (
    CancelDelivery,
    CodeScanned,
    Delivered,
    Dispense,
    Dispensed,
    DispenseFailed,
    ItemState,
    PresenceChanged,
    Restock,
)
from kiosk.words.feedback import (
    AskFeedback,
    AskSurvey,
    CallBackWish,
    FeedbackResult,
    GiveFeedback,
    Remark,
    SurveyResult,
)
from kiosk.words.first_start import (
    AnswerFirstStart,
    AskFirstStart,
    BackFirstStart,
    FirstStartCommand,
    FirstStartMoved,
    FirstStartResult,
    OpenFirstStart,
    SkipFirstStart,
    StepChoice,
)
from kiosk.words.guide import (
    AnswerReady,
    AnswerResult,
    Ask,
    AskGuide,
    BrowseProcedures,
    ChecklistChanged,
    FieldLine,
    GuideResult,
    LifeEventLine,
    ListChanged,
    NewsLine,
    PrintChecklist,
    PrintList,
    ProcedureLine,
    ProcedureResult,
    ProceduresResult,
    ShowProcedure,
    SuggestProcedures,
)
from kiosk.words.hall import (
    AskDay,
    AskHall,
    AskMyDay,
    AskPlace,
    AskQueue,
    CloseDay,
    Closing,
    DayResult,
    HallChanged,
    HallResult,
    HallState,
    MissingSlip,
    Notice,
    OpenDay,
    PlaceResult,
    QueueResult,
    ServiceClosing,
    ServiceWaiting,
    TallyResult,
)
from kiosk.words.kiosk import (
    AskState,
    CallClerk,
    ClerkCalled,
    ConfigResult,
    DeviceNoted,
    DeviceState,
    KioskState,
    NoteDevice,
    ReloadConfig,
    SetMaintenance,
    SimulateFault,
    StateChanged,
    StateResult,
)
from kiosk.words.kiosks import (
    AskSite,
    BookingsCopy,
    CopyBookings,
    IssueForKiosk,
    SiteResult,
    TakenResult,
    TakeOver,
)
from kiosk.words.root import Command, Done, Event, Language, Word
from kiosk.words.settings import (
    AskSettings,
    ChangeSetting,
    RestoreSettings,
    SettingsCommand,
    SettingsResult,
)
from kiosk.words.speech import (
    AnnouncementEnded,
    AnnouncementStarted,
    Say,
    SpeechEnded,
    SpeechStarted,
    StopSpeech,
)
from kiosk.words.staff import (
    AnswerCall,
    CancelCall,
    KeepStaff,
    ListStaff,
    RemoveStaff,
    StaffCall,
    StaffCallAnswered,
    StaffCallCancelled,
    StaffCalled,
    StaffCallLate,
    StaffChanged,
    StaffMember,
    StaffResult,
)
from kiosk.words.technician import (
    TESTING,
    AnswerSelfTest,
    AskLog,
    AskParts,
    DoorCommand,
    DoorResult,
    EnterTechnician,
    ForgiveTechnician,
    KeepTechnicianBadge,
    KeepTechnicianPin,
    KioskRestarting,
    KnockTechnician,
    LeaveTechnician,
    LogLine,
    LogName,
    LogResult,
    PartFinding,
    PartsExamined,
    RestartKiosk,
    RunSelfTest,
    SelfTest,
    SelfTestChanged,
    SelfTestCommand,
    StopSelfTest,
    TechnicianEntered,
    Verdict,
)
from kiosk.words.tickets import (
    AnswerSlip,
    Availability,
    ChangeTicket,
    CountSlips,
    EndVisit,
    IssueTicket,
    ListTickets,
    PriorityState,
    ServiceState,
    SlipAnswer,
    SlipChanged,
    SlipCountsResult,
    SlipState,
    TicketCard,
    TicketChanged,
    TicketIssued,
    TicketResult,
    TicketsResult,
)
from kiosk.words.visit import ForgetVisit, Mode, TellVisit, Visit
from kiosk.words.voice import (
    CloseMicrophone,
    Deed,
    FinishListening,
    LevelHeard,
    Listen,
    ListeningChanged,
    ListeningState,
    OpenMicrophone,
    QuestionHeard,
    Unheard,
    VoiceCommand,
    VoiceEvent,
)

Result = (
    Done
    | TicketResult
    | TicketsResult
    | SlipCountsResult
    | StateResult
    | GuideResult
    | ProceduresResult
    | ProcedureResult
    | AnswerResult
    | CallResult
    | CounterResult
    | HallResult
    | QueueResult
    | PlaceResult
    | DayResult
    | TallyResult
    | StaffResult
    | BookingsResult
    | TakenResult
    | ConfigResult
    | SurveyResult
    | FeedbackResult
    | SiteResult
    | BookingsCopy
    | DoorResult
    | LogResult
    | SettingsResult
    | FirstStartResult
)
GuideCommand = (
    AskGuide
    | BrowseProcedures
    | SuggestProcedures
    | ShowProcedure
    | Ask
    | PrintChecklist
    | PrintList
)
CounterCommand = (
    OpenCounter
    | PauseCounter
    | CloseCounter
    | CallNext
    | CallTicket
    | Recall
    | Serve
    | Hold
    | PutBack
    | Transfer
    | NextService
    | MarkNoShow
    | ComeBack
    | Complete
)
HallCommand = (
    CounterCommand
    | AskHall
    | AskQueue
    | AskPlace
    | AskDay
    | AskMyDay
    | CloseDay
    | OpenDay
    | AnswerCall
    | CancelCall
    | ImportBookings
    | CheckInBooking
    | ListStaff
    | KeepStaff
    | RemoveStaff
    | IssueForKiosk
    | TakeOver
    | AskSite
    | CopyBookings
)
DeviceCommand = Dispense | Restock | CancelDelivery
FeedbackCommand = AskSurvey | GiveFeedback | AskFeedback
TechnicianCommand = (
    DoorCommand
    | AskParts
    | AskLog
    | SelfTestCommand
    | RestartKiosk
    | SettingsCommand
    | OpenFirstStart
    | FirstStartCommand
)
AnyCommand = (
    IssueTicket
    | ChangeTicket
    | ListTickets
    | CountSlips
    | AskState
    | AnswerSlip
    | EndVisit
    | Say
    | StopSpeech
    | CallClerk
    | SimulateFault
    | ReloadConfig
    | NoteDevice
    | GuideCommand
    | HallCommand
    | VoiceCommand
    | DeviceCommand
    | TellVisit
    | ForgetVisit
    | SetMaintenance
    | FeedbackCommand
    | AskDossier
    | TechnicianCommand
)
AnyEvent = (
    TicketIssued
    | TicketChanged
    | SlipChanged
    | StateChanged
    | SpeechStarted
    | SpeechEnded
    | ClerkCalled
    | AnswerReady
    | ChecklistChanged
    | TicketCalled
    | AnnouncementStarted
    | AnnouncementEnded
    | HallChanged
    | CounterChanged
    | StaffCalled
    | StaffCallAnswered
    | StaffCallLate
    | StaffCallCancelled
    | StaffChanged
    | BookingCheckedIn
    | ListChanged
    | VoiceEvent
    | Dispensed
    | DispenseFailed
    | Delivered
    | PresenceChanged
    | CodeScanned
    | DeviceNoted
    | DossierTold
    | TechnicianEntered
    | PartsExamined
    | SelfTestChanged
    | FirstStartMoved
    | KioskRestarting
)

__all__ = [
    "TESTING",
    "AnnouncementEnded",
    "AnnouncementStarted",
    "AnswerCall",
    "AnswerFirstStart",
    "AnswerReady",
    "AnswerResult",
    "AnswerSelfTest",
    "AnswerSlip",
    "AnyCommand",
    "AnyEvent",
    "Ask",
    "AskDay",
    "AskDossier",
    "AskFeedback",
    "AskFirstStart",
    "AskGuide",
    "AskHall",
    "AskLog",
    "AskMyDay",
    "AskParts",
    "AskPlace",
    "AskQueue",
    "AskSettings",
    "AskSite",
    "AskState",
    "AskSurvey",
    "Availability",
    "BackFirstStart",
    "BookingCheckedIn",
    "BookingLine",
    "BookingsCopy",
    "BookingsResult",
    "BrowseProcedures",
    "Call",
    "CallBackWish",
    "CallClerk",
    "CallNext",
    "CallResult",
    "CallTicket",
    "CancelCall",
    "CancelDelivery",
    "ChangeSetting",
    "ChangeTicket",
    "CheckInBooking",
    "ChecklistChanged",
    "ClerkCalled",
    "CloseCounter",
    "CloseDay",
    "CloseMicrophone",
    "Closing",
    "CodeScanned",
    "ComeBack",
    "Command",
    "Complete",
    "ConfigResult",
    "CopyBookings",
    "CountSlips",
    "CounterChanged",
    "CounterCommand",
    "CounterCondition",
    "CounterResult",
    "CounterState",
    "DayResult",
    "Deed",
    "Delivered",
    "DeviceCommand",
    "DeviceNoted",
    "DeviceState",
    "Dispense",
    "DispenseFailed",
    "Dispensed",
    "Done",
    "DoorCommand",
    "DoorResult",
    "DossierOutcome",
    "DossierStage",
    "DossierTold",
    "EndVisit",
    "EnterTechnician",
    "Event",
    "FeedbackCommand",
    "FeedbackResult",
    "FieldLine",
    "FinishListening",
    "FirstStartCommand",
    "FirstStartMoved",
    "FirstStartResult",
    "ForgetVisit",
    "ForgiveTechnician",
    "GiveFeedback",
    "GuideCommand",
    "GuideResult",
    "HallChanged",
    "HallCommand",
    "HallResult",
    "HallState",
    "HallTicket",
    "Hold",
    "ImportBookings",
    "IssueForKiosk",
    "IssueTicket",
    "ItemState",
    "KeepStaff",
    "KeepTechnicianBadge",
    "KeepTechnicianPin",
    "KioskRestarting",
    "KioskState",
    "KnockTechnician",
    "Language",
    "LeaveTechnician",
    "LevelHeard",
    "LifeEventLine",
    "ListChanged",
    "ListStaff",
    "ListTickets",
    "Listen",
    "ListeningChanged",
    "ListeningState",
    "LogLine",
    "LogName",
    "LogResult",
    "MarkNoShow",
    "MissingSlip",
    "Mode",
    "NewsEvent",
    "NewsLine",
    "NextService",
    "NoteDevice",
    "Notice",
    "OpenCounter",
    "OpenDay",
    "OpenFirstStart",
    "OpenMicrophone",
    "PartFinding",
    "PartsExamined",
    "PauseCounter",
    "PlaceResult",
    "PresenceChanged",
    "PrintChecklist",
    "PrintList",
    "PriorityState",
    "ProcedureLine",
    "ProcedureResult",
    "ProceduresResult",
    "PutBack",
    "QuestionHeard",
    "QueueResult",
    "Recall",
    "ReloadConfig",
    "Remark",
    "RemoveStaff",
    "RestartKiosk",
    "Restock",
    "RestoreSettings",
    "Result",
    "Role",
    "RunSelfTest",
    "Say",
    "SelfTest",
    "SelfTestChanged",
    "SelfTestCommand",
    "Serve",
    "ServiceClosing",
    "ServiceState",
    "ServiceWaiting",
    "SetMaintenance",
    "SettingsCommand",
    "SettingsResult",
    "ShowProcedure",
    "SimulateFault",
    "SiteResult",
    "SkipFirstStart",
    "SlipAnswer",
    "SlipChanged",
    "SlipCountsResult",
    "SlipState",
    "SpeechEnded",
    "SpeechStarted",
    "StaffCall",
    "StaffCallAnswered",
    "StaffCallCancelled",
    "StaffCallLate",
    "StaffCalled",
    "StaffChanged",
    "StaffMember",
    "StaffResult",
    "StateChanged",
    "StateResult",
    "StepChoice",
    "StopSelfTest",
    "StopSpeech",
    "SuggestProcedures",
    "SurveyResult",
    "TakeOver",
    "TakenResult",
    "TallyResult",
    "TechnicianCommand",
    "TechnicianEntered",
    "TellVisit",
    "TicketCalled",
    "TicketCard",
    "TicketChanged",
    "TicketIssued",
    "TicketResult",
    "TicketsResult",
    "Transfer",
    "Unheard",
    "Verdict",
    "Visit",
    "VoiceCommand",
    "VoiceEvent",
    "Word",
]
