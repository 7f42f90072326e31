import QtQuick
import ".."

// What the kiosk says, beside its face.
Item {
    id: root

    required property string text

    implicitHeight: Math.max(face.height, sheet.height)

    Face {
        id: face

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.u(170)
        height: width / 1.2
        alive: false
    }
    Sheet {
        id: sheet

        x: face.width + Theme.u(36)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - x
        height: words.height + Theme.u(56)
        color: Theme.tealPale
        border.color: Theme.teal
        lifted: false

        Words {
            id: words

            objectName: "answer.spoken"
            anchors.centerIn: parent
            width: parent.width - Theme.u(72)
            text: root.text
            color: Theme.tealInk
            font.pixelSize: Theme.words(Theme.lowReach ? 34 : 40)
            font.weight: Font.DemiBold
        }
    }
}
