import QtQuick
import ".."

// One of the five faces: beside its word in a list, above it in a row.
Card {
    id: root

    required property string iconName
    property bool upright: false

    readonly property real pictureExtent: upright ? Math.min(Theme.u(190), width * 0.72, height * 0.5)
                                                  : Math.min(Theme.u(136), height * 0.72)

    ground: Theme.indigoGround
    pale: Theme.indigoPale
    padding: Theme.u(upright ? 12 : 20)

    contentItem: Item {
        implicitHeight: root.upright ? Theme.u(100) + words.implicitHeight : Math.max(Theme.u(72), words.implicitHeight)

        Icon {
            id: picture

            x: root.upright ? (parent.width - width) / 2 : Theme.u(24)
            y: root.upright ? Math.max(0, (parent.height - height - words.height - Theme.u(16)) / 2)
                            : (parent.height - height) / 2
            name: root.iconName
            tint: Theme.indigo
            extent: Math.round(root.pictureExtent)
        }
        Words {
            id: words

            x: root.upright ? 0 : picture.x + picture.width + Theme.u(36)
            y: root.upright ? picture.y + picture.height + Theme.u(16) : (parent.height - height) / 2
            width: parent.width - x
            text: root.text
            font.pixelSize: Theme.words(root.upright ? 34 : 44)
            font.weight: Font.DemiBold
            horizontalAlignment: root.upright ? Text.AlignHCenter : Text.AlignLeft
        }
    }
}
