"""The citizen's screen: the only package that imports Qt. No SQL, no devices, no audio.

app ─▶ LinkView ◀══ local socket ══▶ core
        │ welcomed, happened
        ├─▶ HallView, ServicesModel, PrioritiesModel     what is
        ├─▶ KioskView (page, language, Patience, ComfortView)  where the citizen is
        ├─▶ TicketView                                   a touch becomes a number
        ├─▶ GuideView, BrowseView                        the guide's doors and lists
        ├─▶ SearchView (keystrokes, tones) ─▶ AnswerView typed on the glass, and answered
        ├─▶ ProcedureView (leaflet)                      what to bring, what it costs, how it goes
        └─▶ QueueView                                    who waits, and who is at the counters now
                 ▲ typed properties and slots
               qml/                                      how it looks; decides nothing

The hall board is a process of its own: board ─▶ LinkView, HallView, BoardView ─▶ qml/Board.qml.
"""
