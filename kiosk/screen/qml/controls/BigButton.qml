import QtQuick
import QtQuick.Layouts
import ".."

// One clear thing to do: filled for the usual way, outlined for the other.
Pressable {
    id: root

    property string iconName: ""
    property string note: ""
    property bool outlined: false
    property color ground: Theme.brand
    property color pale: Theme.brandPale

    spokenMore: note
    implicitHeight: Math.max(Theme.touch, Theme.u(128), implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.u(40)
    rightPadding: Theme.u(40)

    background: Rectangle {
        radius: Theme.radius
        color: root.outlined ? (root.pressed ? root.pale : Theme.surface)
                             : (root.pressed ? Qt.darker(root.ground, 1.3) : root.ground)
        border.width: root.outlined ? Math.max(2, Theme.u(3)) : 0
        border.color: root.ground
        opacity: root.enabled ? 1 : 0.45
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        RowLayout {
            id: row

            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: Theme.u(20)

            Icon {
                visible: root.iconName !== ""
                name: root.iconName
                tint: root.outlined ? root.ground : Theme.lightInk
                extent: Theme.u(52)
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                Words {
                    Layout.fillWidth: true
                    text: root.text
                    color: root.outlined ? root.ground : Theme.lightInk
                    font.pixelSize: Theme.words(42)
                    font.weight: Font.Bold
                    horizontalAlignment: root.iconName ? Text.AlignLeft : Text.AlignHCenter
                }
                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.note
                    color: root.outlined ? root.ground : Theme.lightInk
                    font.pixelSize: Theme.words(30)
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
    }
}
