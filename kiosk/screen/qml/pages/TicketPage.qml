import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// The number: large, with where to wait, and how its slip stands.
PageFrame {
    id: root

    required property TicketView ticket

    readonly property bool asks: ticket.slip === "question" || ticket.slip === "offer"

    objectName: "page.ticket"
    title: qsTrId("ticket.title")
    subtitle: ticket.favoured ? qsTrId("ticket.favoured") : qsTrId("ticket.about")
    iconName: "ticket"
    usesAloft: true

    TicketSheet {
        parent: Theme.lowReach ? root.aloft : answers.parent
        anchors.fill: parent
        anchors.bottomMargin: Theme.lowReach ? 0 : answers.height + Theme.gap
        ticket: root.ticket
        across: !Theme.portrait
    }

    GridLayout {
        id: answers

        y: Theme.lowReach ? 0 : parent.height - height
        width: parent.width
        columns: Theme.portrait || root.asks ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        SlipStrip {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
            ticket: root.ticket
        }
        BigButton {
            objectName: "ticket.done"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            visible: !root.asks
            text: qsTrId("ticket.done")
            note: qsTrId("ticket.closes").replace("%1", root.ticket.left)
            onClicked: root.ticket.done()
        }
    }
}
