"""The sums: every command, every event, every result. Both ends of the link read by these.

A new word joins the sum of its room, or the fitting one here; what is in no sum does not travel.
"""

from __future__ import annotations

from kiosk.words import (
    bookings,
    centre,
    counters,
    devices,
    feedback,
    first_start,
    guide,
    hall,
    kiosk,
    kiosks,
    root,
    settings,
    speech,
    staff,
    technician,
    tickets,
    visit,
    voice,
)

HallCommand = (
    counters.CounterCommand
    | hall.AskHall
    | hall.AskQueue
    | hall.AskPlace
    | hall.AskDay
    | hall.AskMyDay
    | hall.CloseDay
    | hall.OpenDay
    | staff.AnswerCall
    | staff.CancelCall
    | bookings.ImportBookings
    | bookings.CheckInBooking
    | staff.ListStaff
    | staff.KeepStaff
    | staff.RemoveStaff
    | kiosks.IssueForKiosk
    | kiosks.TakeOver
    | kiosks.AskSite
    | kiosks.CopyBookings
)
"""Whatever the hall's door takes: counters, day, staff, bookings, the kiosks of a site."""

TechnicianCommand = (
    technician.DoorCommand
    | technician.AskParts
    | technician.AskLog
    | technician.SelfTestCommand
    | technician.RestartKiosk
    | settings.SettingsCommand
    | first_start.OpenFirstStart
    | first_start.FirstStartCommand
)
"""Whatever a screen asks for a technician, and what the command line asks of their door."""

AnyCommand = (
    tickets.IssueTicket
    | tickets.ChangeTicket
    | tickets.ListTickets
    | tickets.CountSlips
    | kiosk.AskState
    | tickets.AnswerSlip
    | tickets.EndVisit
    | speech.Say
    | speech.StopSpeech
    | kiosk.CallClerk
    | kiosk.SimulateFault
    | kiosk.ReloadConfig
    | kiosk.NoteDevice
    | guide.GuideCommand
    | HallCommand
    | voice.VoiceCommand
    | devices.DeviceCommand
    | visit.TellVisit
    | visit.ForgetVisit
    | kiosk.SetMaintenance
    | feedback.FeedbackCommand
    | centre.AskDossier
    | TechnicianCommand
)
"""What a face may send to the core."""

AnyEvent = (
    tickets.TicketIssued
    | tickets.TicketChanged
    | tickets.SlipChanged
    | kiosk.StateChanged
    | speech.SpeechStarted
    | speech.SpeechEnded
    | kiosk.ClerkCalled
    | guide.AnswerReady
    | guide.ChecklistChanged
    | counters.TicketCalled
    | speech.AnnouncementStarted
    | speech.AnnouncementEnded
    | hall.HallChanged
    | counters.CounterChanged
    | staff.StaffCalled
    | staff.StaffCallAnswered
    | staff.StaffCallLate
    | staff.StaffCallCancelled
    | staff.StaffChanged
    | bookings.BookingCheckedIn
    | guide.ListChanged
    | voice.VoiceEvent
    | devices.Dispensed
    | devices.DispenseFailed
    | devices.Delivered
    | devices.PresenceChanged
    | devices.CodeScanned
    | kiosk.DeviceNoted
    | centre.DossierTold
    | technician.TechnicianEntered
    | technician.PartsExamined
    | technician.SelfTestChanged
    | first_start.FirstStartMoved
    | technician.KioskRestarting
)
"""What the core tells its faces without being asked."""

Result = (
    root.Done
    | tickets.TicketResult
    | tickets.TicketsResult
    | tickets.SlipCountsResult
    | kiosk.StateResult
    | guide.GuideResult
    | guide.ProceduresResult
    | guide.ProcedureResult
    | guide.AnswerResult
    | counters.CallResult
    | counters.CounterResult
    | hall.HallResult
    | hall.QueueResult
    | hall.PlaceResult
    | hall.DayResult
    | hall.TallyResult
    | staff.StaffResult
    | bookings.BookingsResult
    | kiosks.TakenResult
    | kiosk.ConfigResult
    | feedback.SurveyResult
    | feedback.FeedbackResult
    | kiosks.SiteResult
    | kiosks.BookingsCopy
    | technician.DoorResult
    | technician.LogResult
    | settings.SettingsResult
    | first_start.FirstStartResult
)
"""What the core answers a command with; a refusal is no result (kiosk.link.frames.Failure)."""
