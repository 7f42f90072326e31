import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// The time and the day: one above the other, or in a row on a wide screen.
GridLayout {
    id: root

    required property HallView hall
    required property color ink

    columnSpacing: Theme.u(32)
    rowSpacing: 0

    Words {
        Layout.row: 0
        Layout.column: Theme.sideBySide ? 1 : 0
        Layout.alignment: Qt.AlignRight
        text: root.hall.clock
        color: root.ink
        font.pixelSize: Theme.heading(56)
        font.weight: Font.ExtraBold
        lineHeight: 0.9
    }
    Words {
        Layout.row: Theme.sideBySide ? 0 : 1
        Layout.column: 0
        Layout.fillWidth: Theme.sideBySide
        Layout.alignment: Theme.sideBySide ? Qt.AlignLeft : Qt.AlignRight
        text: root.hall.date
        color: root.ink
        font.pixelSize: Theme.heading(Theme.sideBySide ? 34 : 27)
        wrapMode: Text.NoWrap
    }
}
