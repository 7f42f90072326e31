import QtQuick
import QtQuick.Layouts
import ".."

// An icon and what it tells.
RowLayout {
    id: root

    required property string iconName
    required property string text
    property bool strong: false
    property bool large: false

    spacing: Theme.u(24)
    visible: text !== ""

    Icon {
        name: root.iconName
        tint: Theme.brand
        extent: Theme.u(52)
    }
    Words {
        Layout.fillWidth: true
        text: root.text
        font.pixelSize: Theme.words((root.strong ? 44 : 38) + (root.large ? 8 : 0))
        font.weight: root.strong ? Font.Bold : Font.Medium
    }
}
