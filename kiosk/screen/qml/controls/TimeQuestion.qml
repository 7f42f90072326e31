import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// "Do you need more time?": asked when nobody has touched the screen for a while.
Veil {
    id: root

    required property Patience patience
    required property KioskView kiosk

    iconName: "hourglass"

    Words {
        width: parent.width
        text: qsTrId("timeout.title")
        font.pixelSize: Theme.heading(58)
        font.weight: Font.ExtraBold
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        width: parent.width
        text: qsTrId("timeout.about").replace("%1", root.patience.left)
        color: Theme.quiet
        font.pixelSize: Theme.words(36)
        horizontalAlignment: Text.AlignHCenter
    }
    GridLayout {
        width: parent.width
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        BigButton {
            objectName: "timeout.more"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTrId("timeout.more")
            onClicked: root.patience.more()
        }
        BigButton {
            objectName: "timeout.home"
            Layout.fillWidth: true
            Layout.fillHeight: true
            outlined: true
            text: qsTrId("timeout.home")
            onClicked: root.kiosk.home()
        }
    }
}
