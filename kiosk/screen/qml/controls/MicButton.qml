import QtQuick
import ".."

// The one big microphone. Its ring is as wide as it is loud; nothing else moves.
Pressable {
    id: root

    required property string mood
    required property real level

    readonly property bool on: mood === "listening"

    implicitWidth: Theme.u(360)
    implicitHeight: implicitWidth
    padding: 0
    spokenName: on ? qsTrId("spoken_name.done") : qsTrId("spoken_name.microphone")

    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: parent.width * (1 + (root.on ? 0.08 + 0.32 * root.level : 0))
            height: width
            radius: width / 2
            color: Theme.amberPale
            border.width: Math.max(2, Theme.u(4))
            border.color: Theme.amber
        }
        Rectangle {
            anchors.fill: parent
            radius: width / 2
            color: !root.enabled ? Theme.resting : root.on ? Theme.amber : Theme.amberGround
            scale: root.pressed ? 0.96 : 1
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.enabled ? "mic" : "mic-off"
            tint: Theme.lightInk
            extent: Math.round(root.width * 0.44)
        }
    }
}
