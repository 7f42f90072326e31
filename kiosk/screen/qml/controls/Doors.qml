pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// How the hall is now, one to four doors, and how a visit goes where there is room to tell.
ColumnLayout {
    id: root

    required property HallView hall
    required property TicketView ticket
    required property GuideView guide
    required property AskView ask
    required property QueueView queue
    required property RefreshmentsView refreshments
    required property FeedbackView feedback

    // Three doors leave a second line of words to tall stages alone.
    readonly property bool roomy: !Theme.largeText && !shallow && height >= Theme.u(1200)

    readonly property bool shallow: Theme.lowReach && !Theme.portrait

    component Refreshments: SideDoor {
        objectName: "door.refreshments"
        Layout.fillWidth: true
        iconName: "glass-water"
        text: qsTrId("door.refreshments")
        onClicked: root.refreshments.open()
    }

    spacing: Theme.gap

    ClockSign {
        Layout.fillWidth: true
        visible: Theme.sideBySide
        hall: root.hall
        ink: Theme.ink
    }

    // How the hall is, and beside it what lies under the doors where there is height.
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        HallStrip {
            id: strip

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.touch
            hall: root.hall
            queue: root.queue
        }
        Refreshments {
            Layout.fillHeight: true
            visible: root.shallow && root.refreshments.offered
        }
        FeedbackWay {
            Layout.fillHeight: true
            Layout.fillWidth: !strip.visible
            Layout.minimumHeight: Theme.touch
            visible: root.feedback.available
            onClicked: root.feedback.open()
        }
    }

    // Side by side only where there is no height for two.
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: root.shallow ? 3 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true
        uniformCellHeights: true

        component Way: Door {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.touch
            Layout.maximumHeight: Theme.u(340)
        }

        Way {
            objectName: "door.ticket"
            iconName: "ticket"
            text: qsTrId("door.ticket")
            about: root.roomy ? qsTrId("door.ticket_about") : ""
            onClicked: root.ticket.enter()
        }
        Way {
            objectName: "door.guide"
            ground: Theme.teal
            pale: Theme.tealPale
            iconName: "search"
            text: qsTrId("door.guide")
            about: root.roomy ? qsTrId("door.guide_about") : ""
            onClicked: root.guide.enter()
        }
        Way {
            objectName: "door.ask"
            ground: Theme.amber
            pale: Theme.amberPale
            iconName: root.ask.available ? "mic" : "mic-off"
            text: qsTrId("door.ask")
            about: !root.roomy ? "" : root.ask.available ? qsTrId("door.ask_about") : qsTrId("door.ask_away")
            onClicked: root.ask.open()
        }
    }

    Refreshments {
        visible: !root.shallow && root.refreshments.offered
    }

    Steps {
        Layout.fillWidth: true
        visible: !root.shallow && !root.refreshments.offered
    }
}
