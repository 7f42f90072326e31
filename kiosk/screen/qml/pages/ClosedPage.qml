import QtQuick
import Kiosk
import "../controls"

// No number now: why, and when again.
PageFrame {
    id: root

    required property TicketView ticket
    required property KioskView kiosk

    readonly property bool full: ticket.refusal === "full"

    objectName: "page.closed"
    title: full ? qsTrId("closed.full_title") : qsTrId("closed.title")
    subtitle: ticket.service
    iconName: "clock"
    usesAloft: true

    Advice {
        anchors.fill: parent
        aloft: root.aloft
        iconName: root.full ? "calendar-days" : "clock"
        headline: root.ticket.opens ? qsTrId("closed.when") : qsTrId("closed.unknown")
        strong: root.ticket.opens
        text: qsTrId("closed.about")
        onClerkWanted: root.kiosk.callClerk()
        onHomeWanted: root.kiosk.home()
    }
}
