import QtQuick
import QtQuick.Layouts
import "../controls"
import ".."

// A line that tells how something stands, and what can be done about it.
Rectangle {
    id: root

    required property string verdict
    property string text: ""
    property string button: ""

    signal pressed

    visible: text !== ""
    implicitHeight: row.implicitHeight + Theme.u(20)
    radius: Theme.u(14)
    color: sign.ground

    RowLayout {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(12)
        width: parent.width - 2 * x
        spacing: Theme.u(12)

        VerdictSign {
            id: sign

            verdict: root.verdict
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            color: sign.pen
            font.pixelSize: Theme.fine(25)
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        TechButton {
            objectName: "told.button"
            visible: text !== ""
            filled: true
            ground: Theme.amberGround
            iconName: "power"
            text: root.button
            onClicked: root.pressed()
        }
    }
}
