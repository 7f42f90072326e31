import QtQuick
import Kiosk
import ".."
import "../controls"

// The number that was called last, as large as it gets; before the first one, a word of welcome.
Rectangle {
    id: root

    required property BoardView board

    readonly property bool called: board.number !== ""
    readonly property bool standsOut: called && board.fresh && !board.stale

    radius: Theme.u(36)
    color: standsOut ? Theme.gold : Theme.surface

    component Line: Words {
        width: parent?.width ?? 0
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.NoWrap
    }

    Behavior on color {
        enabled: Theme.motion

        ColorAnimation { duration: 280 }
    }

    // The parts share the height, whatever it is.
    Item {
        id: call

        x: Theme.u(40)
        width: parent.width - 2 * x
        height: parent.height
        visible: root.called

        Line {
            y: parent.height * 0.04
            height: parent.height * 0.13
            text: qsTrId("board.now") + "  ·  " + root.board.english("board.now")
            color: Theme.quiet
            font.pixelSize: Math.min(Theme.u(60), height * 0.66)
            font.weight: Font.Bold
            verticalAlignment: Text.AlignVCenter
        }
        Line {
            objectName: "board.number"
            y: parent.height * (root.board.place ? 0.375 : 0.39) - height / 2 // figures have no tails
            text: root.board.number
            color: Theme.brand
            font.pixelSize: Math.min(parent.height * 0.44, parent.width / Math.max(4, text.length) * 1.32)
            font.weight: Font.ExtraBold
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height * (root.board.place ? 0.59 : 0.62)
            height: parent.height * 0.3
            spacing: Theme.u(28)

            Column {
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    anchors.right: parent.right
                    text: qsTrId("board.to_counter")
                    color: Theme.tealInk
                    font.pixelSize: Math.min(Theme.u(72), call.height * 0.1)
                    font.weight: Font.Bold
                    wrapMode: Text.NoWrap
                }
                Words {
                    anchors.right: parent.right
                    text: root.board.english("board.to_counter")
                    color: Theme.quiet
                    font.pixelSize: Math.min(Theme.u(40), call.height * 0.07)
                    wrapMode: Text.NoWrap
                }
            }
            Words {
                objectName: "board.counter"
                anchors.verticalCenter: parent.verticalCenter
                text: root.board.counter
                color: Theme.tealInk
                font.pixelSize: Math.min(Theme.u(260), parent.height * 0.94)
                font.weight: Font.ExtraBold
                wrapMode: Text.NoWrap
            }
        }
        Line {
            y: parent.height * 0.875
            height: parent.height * 0.1
            text: root.board.place
            visible: text !== ""
            color: Theme.quiet
            font.pixelSize: Math.min(Theme.u(44), height * 0.7)
            verticalAlignment: Text.AlignVCenter
        }
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - Theme.u(120)
        visible: !root.called
        spacing: Theme.u(20)

        Line {
            objectName: "board.welcome"
            text: qsTrId("board.nobody_called")
            font.pixelSize: Theme.u(76)
            font.weight: Font.ExtraBold
            wrapMode: Text.WordWrap
        }
        Line {
            text: qsTrId("board.welcome")
            color: Theme.quiet
            font.pixelSize: Theme.u(48)
            wrapMode: Text.WordWrap
        }
        Line {
            text: root.board.english("board.nobody_called")
            color: Theme.quiet
            font.pixelSize: Theme.u(40)
            wrapMode: Text.WordWrap
        }
    }
}
