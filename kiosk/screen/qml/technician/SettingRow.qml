import QtQuick
import QtQuick.Layouts
import "../controls"
import ".."

// One key: its name, what it means, what is set, and whether it waits for a restart.
Pressable {
    id: root

    required property string code
    required property string name
    required property string value
    required property string unit
    required property string means
    required property string waits

    objectName: "setting." + code
    text: name
    spokenMore: value
    padding: Theme.u(14)
    leftPadding: Theme.u(20)
    rightPadding: Theme.u(20)
    implicitHeight: Math.max(Theme.finger, implicitContentHeight + topPadding + bottomPadding)

    background: Rectangle {
        radius: Theme.u(16)
        color: root.pressed ? Theme.keyGround : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line
    }
    contentItem: RowLayout {
        spacing: Theme.u(20)

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.u(2)

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.u(14)

                Words {
                    text: root.name
                    font.pixelSize: Theme.fine(27)
                    font.weight: Font.Bold
                    wrapMode: Text.NoWrap
                }
                Icon {
                    visible: root.waits !== ""
                    name: "power"
                    tint: Theme.amberInk
                    extent: Theme.u(24)
                }
                Words {
                    Layout.fillWidth: true
                    text: root.waits
                    color: Theme.amberInk
                    font.pixelSize: Theme.fine(21)
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
            }
            Words {
                Layout.fillWidth: true
                text: root.means
                color: Theme.quiet
                font.pixelSize: Theme.fine(24)
                wrapMode: Text.Wrap
            }
        }
        Words {
            Layout.maximumWidth: Theme.u(Theme.portrait ? 360 : 480)
            text: root.unit && root.value !== "–" ? root.value + " " + root.unit : root.value
            color: Theme.tealInk
            font.pixelSize: Theme.fine(27)
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        Icon {
            name: "chevron-right"
            tint: Theme.resting
            extent: Theme.u(36)
        }
    }
}
