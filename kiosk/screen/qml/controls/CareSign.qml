import QtQuick
import ".."

// One line for staff: what a device needs. Away while all is well.
Rectangle {
    id: root

    required property string text

    objectName: "care"
    implicitHeight: visible ? words.implicitHeight + Theme.u(28) : 0
    visible: text !== ""
    radius: height / 2
    color: Theme.amberPale
    border.width: Theme.stroke
    border.color: Theme.amber

    Icon {
        id: icon

        x: Theme.u(28)
        anchors.verticalCenter: parent.verticalCenter
        name: "message-square-warning"
        tint: Theme.amberInk
        extent: Theme.u(44)
    }
    Words {
        id: words

        objectName: "care.words"
        anchors.verticalCenter: parent.verticalCenter
        x: icon.x + icon.width + Theme.u(20)
        width: parent.width - x - Theme.u(28)
        text: root.text
        color: Theme.amberInk
        font.pixelSize: Theme.words(32)
        font.weight: Font.DemiBold
    }
}
