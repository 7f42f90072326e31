pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// What is the number for?
PageFrame {
    id: root

    required property TicketView ticket
    required property ServicesModel services

    objectName: "page.services"
    title: qsTrId("services.title")
    subtitle: qsTrId("services.about")
    iconName: "ticket"

    CardGrid {
        id: grid

        anchors.fill: parent
        columns: Theme.lowReach ? (Theme.portrait ? 2 : 3) : Theme.portrait ? (grid.count > 7 ? 2 : 1) : 2
        tallest: Theme.u(Theme.portrait ? 236 : 300)
        model: root.services

        delegate: ServiceCard {
            required property int index

            width: grid.widthOf(index)
            height: grid.cellHeight
            compact: Theme.lowReach || (Theme.largeText && !Theme.portrait)
            enabled: !root.ticket.busy
            marked: root.ticket.busy && root.ticket.chosen === code
            onClicked: root.ticket.choose(code)
        }
    }
}
