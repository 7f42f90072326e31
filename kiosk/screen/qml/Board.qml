pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Kiosk
import "board"
import "controls"
import "technician"

// The hall board, to be read at ten metres: who is called where, who was before, how many wait.
Window {
    id: root

    required property BoardView board
    required property HallView hall
    required property BoardRows calls
    required property BoardRows waiting
    required property bool motion

    readonly property bool portrait: height > width
    readonly property real gap: Theme.u(24)
    readonly property real dimness: board.stale ? 0.4 : 1

    title: qsTrId("board.title")
    color: Theme.brandDeep

    Binding { target: Theme; property: "stage"; value: Qt.size(root.width, root.height) }
    Binding { target: Theme; property: "motion"; value: root.motion }

    BoardHeader {
        id: header

        x: root.gap * 2
        width: root.width - 2 * x
        hall: root.hall
    }

    Rectangle {
        id: stale

        objectName: "board.stale"
        x: header.x
        y: header.y + header.height
        width: header.width
        height: visible ? staleWords.height + Theme.u(36) : 0
        radius: Theme.radius
        color: Theme.gold
        visible: root.board.stale

        Words {
            id: staleWords

            anchors.centerIn: parent
            width: parent.width - Theme.u(64)
            text: qsTrId("board.stale")
            font.pixelSize: Theme.u(44)
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Item {
        id: middle

        readonly property bool shared: root.board.earlier > 0
        readonly property real heroWidth: shared && !root.portrait ? Math.round(width * 0.56) : width
        readonly property real heroHeight: shared && root.portrait ? Math.round(height * 0.52) : height

        x: header.x
        y: stale.y + stale.height + (stale.visible ? root.gap : 0)
        width: header.width
        height: foot.y - y - root.gap
        opacity: root.dimness

        NowCalled {
            id: hero

            width: middle.heroWidth
            height: middle.heroHeight
            board: root.board
        }
        LastCalls {
            x: root.portrait ? 0 : hero.width + root.gap
            y: root.portrait ? hero.height + root.gap : 0
            width: middle.width - x
            height: middle.height - y
            visible: middle.shared
            model: root.calls
        }
    }

    WaitingStrip {
        id: foot

        x: header.x
        y: notice.y - height - root.gap
        width: header.width
        opacity: root.dimness
        board: root.board
        model: root.waiting
        columns: root.portrait ? 2 : root.board.services > 9 ? 4 : 3
    }

    BoardNotice {
        id: notice

        x: header.x
        y: root.height - height - Theme.u(20)
        width: header.width
        board: root.board
    }

    Loader {
        anchors.fill: parent
        active: root.board.tested
        sourceComponent: TestPicture { name: qsTrId("board.title") }
    }
}
