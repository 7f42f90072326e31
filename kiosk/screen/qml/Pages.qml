pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "pages"

// All pages, one of them shown.
Item {
    id: root

    required property KioskView kiosk
    required property HallView hall
    required property TicketView ticket
    required property ServicesModel services
    required property PrioritiesModel priorities
    required property GuideView guide
    required property BrowseView browse
    required property SearchView search
    required property ProcedureView procedure
    required property AnswerView answer
    required property AskView ask
    required property QueueView queue
    required property RefreshmentsView refreshments
    required property FeedbackView feedback
    required property ClerkView clerk
    required property DossierView dossier
    required property point lastTouch

    // Made ahead while nobody waits, so that a touch only has to show it.
    component Page: Loader {
        required property string name

        anchors.fill: parent
        visible: root.kiosk.page === name
        asynchronous: !visible
    }

    Page {
        name: "welcome"
        sourceComponent: WelcomePage {
            hall: root.hall
            ticket: root.ticket
            guide: root.guide
            ask: root.ask
            queue: root.queue
            refreshments: root.refreshments
            feedback: root.feedback
            lastTouch: root.lastTouch
        }
    }
    Page {
        name: "services"
        sourceComponent: ServicesPage {
            ticket: root.ticket
            services: root.services
        }
    }
    Page {
        name: "priority"
        sourceComponent: PriorityPage {
            ticket: root.ticket
            priorities: root.priorities
        }
    }
    Page {
        name: "ticket"
        sourceComponent: TicketPage { ticket: root.ticket }
    }
    Page {
        name: "closed"
        sourceComponent: ClosedPage {
            ticket: root.ticket
            kiosk: root.kiosk
        }
    }
    Page {
        name: "queue"
        sourceComponent: QueuePage { queue: root.queue }
    }
    Page {
        name: "refreshments"
        sourceComponent: RefreshmentsPage { refreshments: root.refreshments }
    }
    Page {
        name: "maintenance"
        sourceComponent: MaintenancePage { hall: root.hall }
    }
    Page {
        name: "trouble"
        sourceComponent: TroublePage { kiosk: root.kiosk }
    }
    Page {
        name: "guide"
        sourceComponent: GuidePage {
            kiosk: root.kiosk
            guide: root.guide
            browse: root.browse
            search: root.search
        }
    }
    Page {
        name: "search"
        sourceComponent: SearchPage {
            search: root.search
            procedure: root.procedure
        }
    }
    Page {
        name: "list"
        sourceComponent: ListPage { browse: root.browse }
    }
    Page {
        name: "procedure"
        sourceComponent: ProcedurePage {
            procedure: root.procedure
            ticket: root.ticket
        }
    }
    Page {
        name: "answer"
        sourceComponent: AnswerPage {
            answer: root.answer
            procedure: root.procedure
            kiosk: root.kiosk
        }
    }
    Page {
        name: "ask"
        sourceComponent: AskPage {
            ask: root.ask
            kiosk: root.kiosk
        }
    }
    Page {
        name: "feedback"
        sourceComponent: FeedbackPage { feedback: root.feedback }
    }
    Page {
        name: "reasons"
        sourceComponent: ReasonsPage { feedback: root.feedback }
    }
    Page {
        name: "remark"
        sourceComponent: RemarkPage { feedback: root.feedback }
    }
    Page {
        name: "callback"
        sourceComponent: CallbackPage { feedback: root.feedback }
    }
    Page {
        name: "slipnumber"
        sourceComponent: SlipnumberPage { feedback: root.feedback }
    }
    Page {
        name: "thanks"
        sourceComponent: ThanksPage { feedback: root.feedback }
    }
    Page {
        name: "dossier"
        sourceComponent: DossierPage { dossier: root.dossier }
    }
    Page {
        name: "dossierstate"
        sourceComponent: DossierstatePage {
            dossier: root.dossier
            ticket: root.ticket
        }
    }
    Page {
        name: "clerk"
        sourceComponent: ClerkPage { clerk: root.clerk }
    }
}
