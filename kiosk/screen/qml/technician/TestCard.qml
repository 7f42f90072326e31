import QtQuick
import QtQuick.Layouts
import "../controls"
import ".."

// One self-test, and what it came to last.
Pressable {
    id: root

    required property string code
    required property string name
    required property string iconName
    required property string verdict
    required property string verdictText

    objectName: "test." + code
    text: name
    spokenMore: verdictText
    padding: Theme.u(18)

    background: Rectangle {
        radius: Theme.u(18)
        color: root.pressed ? Theme.keyGround : Theme.surface
        border.width: Math.max(1, Theme.u(2))
        border.color: root.verdict ? sign.pen : Theme.line
    }
    contentItem: ColumnLayout {
        spacing: Theme.u(12)

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.u(18)

            Tile {
                name: root.iconName
                extent: Theme.u(72)
                color: Theme.ink
            }
            Words {
                Layout.fillWidth: true
                text: root.name
                font.pixelSize: Theme.fine(28)
                font.weight: Font.Bold
                lineHeight: 0.95
            }
        }
        VerdictSign {
            id: sign

            Layout.fillWidth: true
            verdict: root.verdict
            text: root.verdictText
        }
    }
}
