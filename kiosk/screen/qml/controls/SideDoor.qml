import QtQuick
import QtQuick.Layouts
import ".."

// A smaller way in from the welcome page, under the doors.
Pressable {
    id: root

    required property string iconName
    property color ground: Theme.tealGround
    property color pale: Theme.tealPale

    topPadding: Theme.u(12)
    bottomPadding: topPadding
    leftPadding: Theme.u(32)
    rightPadding: leftPadding

    background: Rectangle {
        radius: Theme.radius
        color: root.pressed ? root.pale : Theme.surface
        border.width: Math.max(2, Theme.u(3))
        border.color: root.ground
    }
    contentItem: RowLayout {
        spacing: Theme.u(24)

        Icon {
            name: root.iconName
            tint: root.ground
            extent: Theme.u(52)
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            color: root.ground
            font.pixelSize: Theme.words(38)
            font.weight: Font.Bold
        }
        Icon {
            name: "chevron-right"
            tint: root.ground
            extent: Theme.u(44)
        }
    }
}
