import QtQuick
import ".."

// A kind line that comes and goes by itself.
Sheet {
    id: root

    required property string text
    readonly property bool aside: true // not of the page: it is spoken already
    required property string iconName

    objectName: "notice"
    color: Theme.tealPale
    border.color: Theme.teal
    height: row.height + Theme.u(56)
    visible: text !== ""

    Row {
        id: row

        anchors.centerIn: parent
        width: parent.width - Theme.u(80)
        spacing: Theme.u(28)

        Icon {
            id: icon

            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            tint: Theme.tealInk
            extent: Theme.u(64)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - icon.width - row.spacing
            text: root.text
            color: Theme.tealInk
            font.pixelSize: Theme.words(38)
            font.weight: Font.DemiBold
        }
    }
}
