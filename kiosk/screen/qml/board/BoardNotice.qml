import QtQuick
import Kiosk
import ".."
import "../controls"

// One notice after another, in both languages; none leaves its place empty.
Column {
    id: root

    required property BoardView board

    component Line: Words {
        width: parent?.width ?? 0
        visible: text !== ""
        horizontalAlignment: Text.AlignHCenter
    }

    Line {
        objectName: "board.notice"
        text: root.board.notice
        color: Theme.lightInk
        font.pixelSize: Theme.u(Theme.portrait ? 38 : 42)
        font.weight: Font.DemiBold
    }
    Line {
        text: root.board.noticeEnglish
        color: Theme.paleInk
        font.pixelSize: Theme.u(32)
    }
}
