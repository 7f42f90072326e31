import QtQuick
import ".."

// A button of the bar that lies under every page.
Pressable {
    id: root

    required property string iconName
    property bool lit: false

    padding: Theme.u(8)

    background: Rectangle {
        radius: Theme.u(20)
        color: root.pressed || root.lit ? Theme.brandPale : Theme.surface
        border.width: root.lit || Theme.highContrast ? Math.max(2, Theme.u(3)) : 0
        border.color: Theme.brand
    }
    contentItem: Item {
        implicitWidth: Theme.portrait ? words.implicitWidth : icon.width + words.implicitWidth + Theme.u(14)
        implicitHeight: Theme.portrait ? icon.height + words.implicitHeight + Theme.u(4) : words.implicitHeight

        Icon {
            id: icon

            x: Theme.portrait ? (parent.width - width) / 2
                              : Math.max(0, (parent.width - width - words.width - Theme.u(14)) / 2)
            y: Theme.portrait ? (parent.height - height - words.height - Theme.u(4)) / 2 : (parent.height - height) / 2
            name: root.iconName
            tint: Theme.brand
            extent: Theme.u(50)
        }
        Words {
            id: words

            x: Theme.portrait ? 0 : icon.x + icon.width + Theme.u(14)
            y: Theme.portrait ? icon.y + icon.height + Theme.u(4) : (parent.height - height) / 2
            width: Theme.portrait ? parent.width : Math.min(implicitWidth, parent.width - icon.width - Theme.u(14))
            text: root.text
            font.pixelSize: Theme.words(26)
            font.weight: Font.DemiBold
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }
    }
}
