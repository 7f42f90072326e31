pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// One calm question; nobody has to answer it.
PageFrame {
    id: root

    required property TicketView ticket
    required property PrioritiesModel priorities

    // Low reach on a wide screen: the way on stands beside the answers.
    readonly property bool beside: Theme.lowReach && !Theme.portrait

    objectName: "page.priority"
    title: qsTrId("priority.title")
    subtitle: qsTrId("priority.about")
    iconName: "heart-handshake"

    CardGrid {
        id: grid

        anchors.fill: parent
        anchors.rightMargin: root.beside ? skip.width + Theme.gap : 0
        anchors.bottomMargin: root.beside ? 0 : skip.height + Theme.gap
        columns: Theme.lowReach ? (Theme.portrait ? 2 : 3) : Theme.portrait ? 1 : 2
        tallest: Theme.u(Theme.portrait ? 200 : 220)
        model: root.priorities

        delegate: ChoiceCard {
            required property int index
            required property string code
            required property string name

            objectName: "priority." + code
            width: grid.widthOf(index)
            height: grid.cellHeight
            text: name
            enabled: !root.ticket.busy
            onClicked: root.ticket.answer(code)
        }
    }

    BigButton {
        id: skip

        objectName: "priority.skip"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.beside ? Math.round(parent.width * 0.22) : parent.width
        height: root.beside ? parent.height : Math.max(implicitHeight, Theme.u(152))
        iconName: "arrow-right"
        text: qsTrId("priority.skip")
        enabled: !root.ticket.busy
        onClicked: root.ticket.answer("")
    }
}
