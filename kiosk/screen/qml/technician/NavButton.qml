import QtQuick
import "../controls"
import ".."

// One of the technician's pages: beside the page where there is width, above it where there is none.
Pressable {
    id: root

    required property string iconName
    required property bool chosen

    readonly property color pen: chosen ? Theme.lightInk : Theme.ink

    implicitHeight: Math.max(Theme.finger, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.u(12)
    spokenState: chosen ? "chosen" : ""

    background: Rectangle {
        radius: Theme.u(16)
        color: root.chosen ? Theme.ink : root.pressed ? Theme.keyGround : "transparent"
    }
    contentItem: Item {
        implicitWidth: grid.implicitWidth
        implicitHeight: grid.implicitHeight

        Grid {
            id: grid

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.portrait ? (parent.width - width) / 2 : Theme.u(10)
            columns: Theme.portrait ? 1 : 2
            spacing: Theme.u(Theme.portrait ? 6 : 18)
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter

            Icon {
                name: root.iconName
                tint: root.pen
                extent: Theme.u(38)
            }
            Words {
                text: root.text
                color: root.pen
                font.pixelSize: Theme.fine(Theme.portrait ? 24 : 28)
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
            }
        }
    }
}
