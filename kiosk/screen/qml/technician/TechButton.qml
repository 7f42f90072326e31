import QtQuick
import "../controls"
import ".."

// Something that a technician touches: an icon, words, or both.
Pressable {
    id: root

    property string iconName: ""
    property bool filled: false
    property color ground: Theme.ink

    readonly property bool solid: filled && enabled
    readonly property color pen: !enabled ? Theme.quiet : filled ? Theme.lightInk : ground

    implicitWidth: Math.max(Theme.finger, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.finger, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.u(10)
    leftPadding: Theme.u(text ? 22 : 10)
    rightPadding: leftPadding

    background: Rectangle {
        radius: Theme.u(16)
        color: root.solid ? (root.pressed ? Qt.darker(root.ground, 1.3) : root.ground)
                          : root.pressed ? Theme.keyGround : Theme.surface
        border.width: root.solid ? 0 : Math.max(1, Theme.u(2))
        border.color: root.enabled ? root.ground : Theme.line
    }
    contentItem: Item {
        readonly property real between: icon.visible && words.visible ? Theme.u(14) : 0
        readonly property real wish: words.visible ? Math.ceil(line.advanceWidth) + 2 : 0 // on one line

        implicitWidth: (icon.visible ? icon.width : 0) + between + wish
        implicitHeight: Math.max(icon.visible ? icon.height : 0, words.visible ? words.height : 0)

        TextMetrics {
            id: line

            font: words.font
            text: root.text
        }
        Icon {
            id: icon

            anchors.verticalCenter: parent.verticalCenter
            x: Math.max(0, (parent.width - width - parent.between - (words.visible ? words.width : 0)) / 2)
            visible: root.iconName !== ""
            name: root.iconName
            tint: root.pen
            extent: Theme.u(38)
        }
        Words {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            x: icon.visible ? icon.x + icon.width + parent.between : (parent.width - width) / 2
            visible: text !== ""
            width: Math.min(parent.wish, root.availableWidth - (icon.visible ? icon.width + parent.between : 0))
            text: root.text
            color: root.pen
            font.pixelSize: Theme.fine(28)
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
