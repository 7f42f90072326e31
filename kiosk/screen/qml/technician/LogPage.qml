pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// The last lines of a log, the newest on top.
ColumnLayout {
    id: root

    required property LogView logs

    readonly property var names: ({ core: qsTrId("tech_log.core"), screen: qsTrId("tech_log.screen"),
                                    board: qsTrId("tech_log.board"), run: qsTrId("tech_log.run") })

    objectName: "page.log"
    spacing: Theme.u(22)

    Flow {
        Layout.fillWidth: true
        spacing: Theme.seam

        Repeater {
            model: root.logs.names

            TechButton {
                required property string modelData

                objectName: "log." + modelData
                filled: root.logs.name === modelData
                text: root.names[modelData]
                onClicked: root.logs.choose(modelData)
            }
        }
        TechButton {
            objectName: "log.pause"
            ground: Theme.tealGround
            filled: root.logs.paused
            iconName: root.logs.paused ? "refresh-cw" : "hourglass"
            text: root.logs.paused ? qsTrId("tech_log.go_on") : qsTrId("tech_log.pause")
            onClicked: root.logs.pause()
        }
    }

    Words {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.logs.told
        color: Theme.quiet
        font.pixelSize: Theme.fine(28)
    }

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        radius: Theme.u(16)
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        ListView {
            id: list

            objectName: "log.lines"
            anchors.fill: parent
            anchors.margins: Theme.u(20)
            clip: true
            spacing: Theme.u(6)
            boundsBehavior: Flickable.StopAtBounds
            model: root.logs.rows

            delegate: Row {
                id: line

                required property string code
                required property string time
                required property string level
                required property string words

                width: list.width
                spacing: Theme.u(16)

                Words {
                    id: time

                    width: Theme.fine(21) * 5
                    text: line.time
                    color: Theme.quiet
                    font.pixelSize: Theme.fine(21)
                    wrapMode: Text.NoWrap
                }
                Words {
                    width: parent.width - time.width - parent.spacing
                    text: line.words
                    color: line.level === "E" ? Theme.brand : line.level === "W" ? Theme.amberInk : Theme.ink
                    font.pixelSize: Theme.fine(21)
                    font.weight: line.level === "E" || line.level === "W" ? Font.DemiBold : Font.Normal
                    wrapMode: Text.Wrap
                }
            }
        }
    }
}
