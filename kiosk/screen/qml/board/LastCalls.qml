pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// The calls before the newest; a gold edge marks those who are still awaited.
Item {
    id: root

    required property BoardRows model

    readonly property int places: 5
    readonly property real gap: Theme.u(18)
    readonly property real rowHeight: (height - (places - 1) * gap) / places

    Repeater {
        model: root.model

        delegate: Rectangle {
            id: row

            required property int index
            required property string code
            required property string number
            required property string counter
            required property string awaited

            objectName: "call." + number
            y: index * (height + root.gap)
            width: root.width
            height: root.rowHeight
            radius: Theme.radius
            color: Theme.brand
            border.width: row.awaited ? Theme.u(6) : 0
            border.color: Theme.gold

            Words {
                x: Theme.u(48)
                anchors.verticalCenter: parent.verticalCenter
                text: row.number
                color: Theme.lightInk
                font.pixelSize: Math.min(Theme.u(112), row.height * 0.78)
                font.weight: Font.ExtraBold
                wrapMode: Text.NoWrap
            }
            Words {
                id: counter

                x: parent.width - width - Theme.u(48)
                anchors.verticalCenter: parent.verticalCenter
                text: row.counter
                color: Theme.gold
                font.pixelSize: Math.min(Theme.u(112), row.height * 0.78)
                font.weight: Font.ExtraBold
                wrapMode: Text.NoWrap
            }
            Words {
                x: counter.x - width - Theme.u(20)
                anchors.verticalCenter: parent.verticalCenter
                text: qsTrId("board.counter")
                color: Theme.gold
                font.pixelSize: Math.min(Theme.u(52), row.height * 0.5)
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }
        }
    }
}
