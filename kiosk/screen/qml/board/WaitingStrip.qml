pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// How many wait for each service.
Item {
    id: root

    required property BoardView board
    required property BoardRows model
    required property int columns

    readonly property real gap: Theme.u(16)
    readonly property real cellWidth: Math.floor((width - cells.x - (columns - 1) * gap) / columns)
    readonly property bool beside: columns > 2

    implicitHeight: cells.y + cells.height

    Column {
        id: heading

        width: Theme.u(210)

        Words {
            text: qsTrId("board.waiting")
            color: Theme.lightInk
            font.pixelSize: Theme.u(40)
            font.weight: Font.Bold
            wrapMode: Text.NoWrap
        }
        Words {
            text: root.board.english("board.waiting")
            color: Theme.paleInk
            font.pixelSize: Theme.u(30)
            wrapMode: Text.NoWrap
            visible: root.beside
        }
    }

    Flow {
        id: cells

        x: root.beside ? heading.width : 0
        y: root.beside ? 0 : heading.height + Theme.u(8)
        width: root.width - x
        spacing: root.gap

        Repeater {
            model: root.model

            delegate: Rectangle {
                id: cell

                required property string code
                required property string name
                required property string english
                required property string count

                objectName: "waiting." + code
                width: root.cellWidth
                height: Theme.u(root.columns === 4 ? 72 : 84)
                radius: Theme.u(20)
                color: Theme.brand

                Words {
                    x: Theme.u(28)
                    width: number.x - x - Theme.u(12)
                    anchors.verticalCenter: parent.verticalCenter
                    text: cell.name
                    color: Theme.lightInk
                    font.pixelSize: Theme.u(root.columns === 4 ? 34 : 38)
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                Words {
                    id: number

                    x: parent.width - width - Theme.u(28)
                    anchors.verticalCenter: parent.verticalCenter
                    text: cell.count
                    color: Theme.gold
                    font.pixelSize: Theme.u(root.columns === 4 ? 48 : 56)
                    font.weight: Font.ExtraBold
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
