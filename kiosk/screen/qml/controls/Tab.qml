import QtQuick
import ".."

// One of a few things to look at; the chosen one is filled.
Pressable {
    id: root

    required property bool chosen
    required property string iconName
    property bool pictured: true

    padding: Theme.u(8)
    spokenState: chosen ? "chosen" : ""

    background: Rectangle {
        radius: Theme.u(20)
        color: root.chosen ? Theme.tealGround : root.pressed ? Theme.tealPale : Theme.surface
        border.width: Math.max(2, Theme.u(3))
        border.color: Theme.tealGround
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: words.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.u(14)

            Icon {
                id: icon

                anchors.verticalCenter: parent.verticalCenter
                visible: root.pictured
                name: root.iconName
                tint: words.color
                extent: Theme.u(44)
            }
            Words {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.availableWidth - (icon.visible ? icon.width + Theme.u(14) : 0))
                text: root.text
                color: root.chosen ? Theme.lightInk : Theme.tealInk
                font.pixelSize: Theme.words(32)
                font.weight: Font.Bold
                lineHeight: 0.95
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
