pragma ComponentBehavior: Bound

import QtQuick
import ".."

// What the house tells today, one line after the other, as high as the longest needs it.
Rectangle {
    id: root

    required property list<string> notices
    property bool resting: false

    readonly property bool any: notices.length > 0
    property int turn: 0
    readonly property int shown: any ? turn % notices.length : 0

    objectName: "notices"
    implicitHeight: lines.height + Theme.u(28)
    radius: Theme.u(36)
    color: Theme.highContrast ? "#000000" : "#66000000"
    border.width: Theme.stroke
    border.color: Theme.gold

    // They change while somebody is there to read them; nothing moves for nobody.
    Timer {
        interval: 8000
        running: root.visible && !root.resting && root.notices.length > 1
        repeat: true
        onTriggered: root.turn += 1
    }

    Icon {
        id: icon

        x: Theme.u(28)
        anchors.verticalCenter: parent.verticalCenter
        name: "megaphone"
        tint: Theme.gold
        extent: Theme.u(44)
    }
    Item {
        id: lines

        anchors.verticalCenter: parent.verticalCenter
        x: icon.x + icon.width + Theme.u(20)
        width: parent.width - x - Theme.u(28)
        height: childrenRect.height

        Repeater {
            model: root.notices

            Words {
                id: line

                required property int index
                required property string modelData

                objectName: "notice." + index
                width: lines.width
                visible: index === root.shown
                text: modelData
                color: Theme.lightInk
                font.pixelSize: Theme.words(32)
                font.weight: Font.DemiBold
                transform: Translate { // a shorter one in the middle; its place says how high all are
                    y: (lines.height - line.height) / 2
                }
            }
        }
    }
}
