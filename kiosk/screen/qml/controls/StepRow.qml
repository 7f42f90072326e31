import QtQuick
import QtQuick.Layouts
import ".."

// One step, with its number.
RowLayout {
    id: root

    required property string code
    required property string text

    spacing: Theme.u(28)

    Rectangle {
        Layout.alignment: Qt.AlignTop
        implicitWidth: Theme.words(37) * 2
        implicitHeight: implicitWidth
        radius: width / 2
        color: Theme.tealGround

        Words {
            anchors.centerIn: parent
            text: root.code
            color: Theme.lightInk
            font.pixelSize: Theme.words(37)
            font.weight: Font.ExtraBold
        }
    }
    Words {
        Layout.fillWidth: true
        text: root.text
        font.pixelSize: Theme.words(38)
        font.weight: Font.DemiBold
    }
}
