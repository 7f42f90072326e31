import QtQuick
import QtQuick.Layouts
import ".."

// A way into the house from the welcome page, in its own colour.
Pressable {
    id: root

    required property string iconName
    property string about: ""
    property color ground: Theme.brand
    property color pale: Theme.brandPale

    padding: 0
    spokenMore: about

    background: Sheet {
        color: root.pressed ? root.pale : Theme.surface
        border.color: root.ground
        border.width: Math.max(2, Theme.u(4))
    }
    contentItem: RowLayout {
        spacing: Theme.u(36)

        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: Math.min(root.height, root.width * 0.3)
            topLeftRadius: Theme.radius
            bottomLeftRadius: Theme.radius
            color: root.ground

            Icon {
                anchors.centerIn: parent
                name: root.iconName
                tint: Theme.lightInk
                extent: Math.round(Math.min(parent.width, parent.height) * 0.5)
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.u(20)
            Layout.bottomMargin: Theme.u(20)
            spacing: Theme.u(10)

            Words {
                Layout.fillWidth: true
                text: root.text
                font.pixelSize: Theme.heading(62)
                font.weight: Font.ExtraBold
            }
            Words {
                Layout.fillWidth: true
                visible: root.about !== ""
                text: root.about
                color: Theme.quiet
                font.pixelSize: Theme.words(34)
            }
        }
        Tile {
            Layout.rightMargin: Theme.u(40)
            visible: root.width > Theme.u(720) // beside others the words need the room
            name: "chevron-right"
            extent: Theme.u(88)
            radius: extent / 2
            color: root.ground
        }
    }
}
