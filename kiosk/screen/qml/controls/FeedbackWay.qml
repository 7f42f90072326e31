import QtQuick
import QtQuick.Layouts
import ".."

// The small way to feedback, beside the line that tells how the hall is.
Pressable {
    id: root

    objectName: "door.feedback"
    text: qsTrId("door.feedback")
    topPadding: Theme.u(12)
    bottomPadding: topPadding
    leftPadding: Theme.u(24)
    rightPadding: leftPadding

    background: Rectangle {
        radius: Theme.radius
        color: root.pressed ? Theme.surface : Theme.indigoPale
        border.width: Theme.stroke
        border.color: Theme.indigo
    }
    contentItem: RowLayout {
        spacing: Theme.u(16)

        Icon {
            visible: !Theme.largeText // the words need the room
            name: "smile"
            tint: Theme.indigoInk
            extent: Theme.u(48)
        }
        Words {
            text: root.text
            color: Theme.indigoInk
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }
    }
}
