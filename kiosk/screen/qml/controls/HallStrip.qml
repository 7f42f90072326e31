import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// How the hall is now, in one line; touched, it tells more.
Pressable {
    id: root

    required property HallView hall
    required property QueueView queue

    objectName: "door.queue"
    text: root.hall.headline
    spokenMore: root.hall.waiting
    visible: text !== ""
    onClicked: root.queue.open()
    topPadding: Theme.u(12)
    bottomPadding: topPadding
    leftPadding: Theme.u(32)
    rightPadding: leftPadding

    background: Rectangle {
        radius: Theme.radius
        color: root.pressed ? Theme.surface : root.hall.giving ? Theme.tealPale : Theme.amberPale
        border.width: Theme.stroke
        border.color: root.hall.giving ? Theme.teal : Theme.amber
    }
    contentItem: RowLayout {
        spacing: Theme.u(20)

        Icon {
            name: root.hall.giving ? "users" : "clock"
            tint: headline.color
            extent: Theme.u(48)
        }
        Words {
            id: headline

            objectName: "hall.headline"
            Layout.fillWidth: true
            text: root.hall.headline
            color: root.hall.giving ? Theme.tealInk : Theme.amberInk
            font.weight: Font.DemiBold
        }
        Words {
            visible: text !== ""
            text: root.hall.waiting
            color: headline.color
            font.weight: Font.Bold
        }
        Icon {
            visible: !Theme.largeText // the words need the room
            name: "chevron-right"
            tint: headline.color
            extent: Theme.u(44)
        }
    }
}
