import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// Whose hall it is, the day and the time.
Item {
    id: root

    required property HallView hall

    implicitHeight: Theme.u(148)

    RowLayout {
        anchors.fill: parent
        spacing: Theme.u(40)

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Words {
                Layout.fillWidth: true
                text: root.hall.site
                color: Theme.gold
                font.pixelSize: Theme.u(42)
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
            Words {
                Layout.fillWidth: true
                text: root.hall.date
                color: Theme.paleInk
                font.pixelSize: Theme.u(34)
                wrapMode: Text.NoWrap
            }
        }
        Words {
            objectName: "board.clock"
            text: root.hall.clock
            color: Theme.lightInk
            font.pixelSize: Theme.u(104)
            font.weight: Font.ExtraBold
            wrapMode: Text.NoWrap
        }
    }
}
