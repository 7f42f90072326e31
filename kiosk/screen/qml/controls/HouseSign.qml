import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// Whose house it is, and the time in it where there is room.
RowLayout {
    id: root

    required property HallView hall

    spacing: Theme.u(32)

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        Words {
            Layout.fillWidth: true
            text: root.hall.site
            color: Theme.lightInk
            font.pixelSize: Theme.heading(36)
            font.weight: Font.Bold
        }
        Words {
            Layout.fillWidth: true
            text: root.hall.centre
            color: Theme.paleInk
            font.pixelSize: Theme.heading(29)
        }
    }
    ClockSign {
        Layout.alignment: Qt.AlignTop
        visible: !Theme.sideBySide
        hall: root.hall
        ink: Theme.lightInk
    }
}
