import QtQuick
import QtQuick.Layouts
import ".."

// How one service stands now; only looked at.
Sheet {
    id: root

    required property string code
    required property string name
    required property string iconName
    required property string availability
    required property string status
    required property string present
    property bool compact: false

    readonly property bool open: availability === "open"

    objectName: "queue." + code
    implicitHeight: row.implicitHeight + Theme.u(compact ? 24 : 28)
    lifted: false

    RowLayout {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(root.compact ? 24 : 32)
        width: parent.width - 2 * x
        spacing: Theme.u(root.compact ? 20 : 28)

        Tile {
            visible: !root.compact
            name: root.iconName
            extent: Theme.u(104)
            color: root.open ? Theme.tealGround : Theme.resting
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.u(6)

            Words {
                Layout.fillWidth: true
                text: root.name
                font.pixelSize: Theme.words(root.compact ? 36 : 42)
                font.weight: Font.Bold
            }
            Words {
                Layout.fillWidth: true
                text: root.status
                color: root.open ? Theme.tealInk : Theme.amberInk
                font.pixelSize: Theme.words(32)
                font.weight: Font.DemiBold
            }
            Words {
                objectName: "queue.present"
                Layout.fillWidth: true
                visible: text !== ""
                text: root.present
                font.pixelSize: Theme.words(32)
            }
        }
    }
}
