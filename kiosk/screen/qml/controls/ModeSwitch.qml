import QtQuick
import QtQuick.Layouts
import ".."

// Something that is on or off, told by shape and colour.
Pressable {
    id: root

    required property string iconName
    required property bool on

    spokenState: on ? "on" : "off"

    background: Rectangle {
        radius: Theme.u(20)
        color: root.on ? Theme.brand : root.pressed ? Theme.brandPale : Theme.surface
        border.width: Math.max(2, Theme.u(3))
        border.color: root.on ? Theme.brand : Theme.resting
    }
    contentItem: RowLayout {
        spacing: Theme.u(20)

        Icon {
            name: root.iconName
            tint: root.on ? Theme.lightInk : Theme.ink
            extent: Theme.u(56)
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            color: root.on ? Theme.lightInk : Theme.ink
            font.pixelSize: Theme.words(36)
            font.weight: Font.DemiBold
        }
        Icon {
            name: root.on ? "circle-check" : "circle"
            tint: root.on ? Theme.lightInk : Theme.resting
            extent: Theme.u(48)
        }
    }
}
