"""The house's vocabulary: what can be asked (commands), what happened (events), what is (states).

Commands are imperative, events are in the past tense; see the table of words in ARCHITECTURE.md.
Everything here is a value that travels over the link as JSON. Each word lives in a room; this is
the index, so that whoever speaks several rooms' words imports them from one place.

    root         what every word is: Word, Command, Event, Done, Language
    sums         all commands, all events, all results: what the link's two ends read
    kiosk        the kiosk as a whole, its devices, maintenance, a clerk's call
    visit        what is known of whoever stands there
    tickets      services, numbers, slips
    guide        questions, answers, procedures, lists on paper
    voice        the microphone: what is heard            speech   what is said aloud
    devices      dispensers, deliveries, presence, codes that are scanned
    feedback     what citizens say of their visit         centre   how far a dossier is
    counters     opening, calling, serving, completing    hall     the whole hall, its day, queues
    bookings     bookings brought in and checked in       staff    who works here, calls for them
    kiosks       several kiosks of one site
    technician   the technician's door, parts, self-tests, logs
    settings     config.toml key by key                   first_start   the first configuration
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
from kiosk.words.centre import (
    AskDossier,
    DossierOutcome,
    DossierStage,
    DossierTold,
)
from kiosk.words.counters import (
    Call,
    CallNext,
    CallResult,
    CallTicket,
    CloseCounter,
    ComeBack,
    Complete,
    CounterChanged,
    CounterCommand,
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
    DeviceCommand,
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
    FeedbackCommand,
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
    GuideCommand,
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
from kiosk.words.root import (
    Command,
    Done,
    Event,
    Language,
    Word,
)
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
from kiosk.words.sums import (
    AnyCommand,
    AnyEvent,
    HallCommand,
    Result,
    TechnicianCommand,
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
from kiosk.words.visit import (
    ForgetVisit,
    Mode,
    TellVisit,
    Visit,
)
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
