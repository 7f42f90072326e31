pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Kiosk
import "controls"
import "technician"

// The one window: a page, the bar under it, and what is told above them.
Window {
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
    required property KeypadView keypad
    required property FeedbackView feedback
    required property ClerkView clerk
    required property DossierView dossier
    required property TechnicianView technician
    required property ComfortView comfort
    required property Patience patience
    required property string orientation
    required property real diagonalInch
    required property bool motion

    // A monitor hung the other way round than the system knows.
    readonly property bool turned: (orientation === "portrait" && width > height)
                                || (orientation === "landscape" && height > width)
    readonly property bool occupied: technician.page !== "" // by a technician
    property bool comfortOpen: false
    property point lastTouch: Qt.point(width / 2, height / 2)

    title: hall.site
    color: Theme.background

    Binding { target: Theme; property: "stage"; value: Qt.size(stage.width, stage.height) }
    Binding { target: Theme; property: "diagonalInch"; value: root.diagonalInch }
    Binding { target: Theme; property: "motion"; value: root.motion }
    Binding { target: Theme; property: "largeText"; value: root.comfort.largeText }
    Binding { target: Theme; property: "highContrast"; value: root.comfort.highContrast }
    Binding { target: Theme; property: "lowReach"; value: root.comfort.lowReach }

    Connections {
        target: root.kiosk
        function onLeft() {
            root.comfortOpen = false
        }
    }

    Item {
        id: stage

        anchors.centerIn: parent
        width: root.turned ? root.height : root.width
        height: root.turned ? root.width : root.height
        rotation: root.turned ? 90 : 0

        Pages {
            id: pages

            width: parent.width
            height: parent.height - bar.height
            visible: !root.occupied
            kiosk: root.kiosk
            hall: root.hall
            ticket: root.ticket
            services: root.services
            priorities: root.priorities
            guide: root.guide
            browse: root.browse
            search: root.search
            procedure: root.procedure
            answer: root.answer
            ask: root.ask
            queue: root.queue
            refreshments: root.refreshments
            feedback: root.feedback
            clerk: root.clerk
            dossier: root.dossier
            lastTouch: root.lastTouch
        }

        ComfortPanel {
            anchors.fill: pages
            objectName: "comfort"
            visible: root.comfortOpen
            comfort: root.comfort
            onClosed: root.comfortOpen = false
        }

        Notice {
            // The code that it may speak of stays in sight.
            readonly property real besideCode: root.kiosk.page === "procedure" && !Theme.sideBySide ? Theme.u(234) + Theme.pad : 0

            x: Theme.pad
            width: parent.width - 2 * Theme.pad - besideCode
            y: Theme.u(24)
            text: root.kiosk.notice
            iconName: root.kiosk.noticeIcon
        }

        Caption {
            // Over the head of the coloured panel, where nothing is touched.
            readonly property real share: !Theme.sideBySide ? 1 : root.kiosk.page === "welcome" ? 0.43 : 0.27

            x: Theme.u(24)
            width: Math.round(parent.width * share) - 2 * x
            y: Theme.u(24)
            text: root.kiosk.notice ? "" : root.kiosk.caption
        }

        BottomBar {
            id: bar

            anchors.bottom: parent.bottom
            width: parent.width
            visible: !root.occupied
            kiosk: root.kiosk
            clerk: root.clerk
            comfortOpen: root.comfortOpen
            onComfortTouched: root.comfortOpen = !root.comfortOpen
        }

        TimeQuestion {
            visible: root.patience.asking
            patience: root.patience
            kiosk: root.kiosk
        }

        Reconnecting {
            visible: root.kiosk.away
        }

        HiddenCorner {
            anchors.right: parent.right
            onHeld: root.technician.hold()
        }

        Loader {
            anchors.fill: parent
            active: root.occupied
            sourceComponent: TechnicianStage {
                technician: root.technician
                hall: root.hall
            }
        }

        FocusFrame {
            place: root.keypad.frame
            stage: stage
        }

        Item {
            anchors.fill: parent

            PointHandler {
                onActiveChanged: {
                    if (active)
                        root.lastTouch = point.position
                }
            }
        }
    }
}
