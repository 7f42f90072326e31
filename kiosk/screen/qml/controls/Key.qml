import QtQuick
import ".."

// One key of the keyboard. It writes when it is touched, not when it is let go.
Pressable {
    id: root

    required property string code
    property string note: ""
    property string iconName: ""
    property color ground: Theme.surface
    property color ink: Theme.ink

    objectName: "key." + code
    padding: 0
    spokenName: ({ clear: qsTrId("spoken_name.clear"), erase: qsTrId("spoken_name.erase") })[code] ?? (note || text)
    autoRepeat: code === "erase"

    background: Rectangle {
        radius: Theme.u(16)
        color: root.pressed ? Theme.gold : root.ground
        border.width: Theme.stroke
        border.color: Theme.highContrast ? Theme.ink : Theme.keyLine
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.u(14)

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.iconName !== ""
                    name: root.iconName
                    tint: words.color
                    extent: Math.min(Theme.u(48), root.height * 0.6)
                }
                Words {
                    id: words

                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: root.text
                    color: root.pressed ? Theme.ink : root.ink
                    font.pixelSize: Math.min(Theme.words(text.length > 1 ? 34 : 44), root.height * 0.6)
                    font.weight: Font.DemiBold
                    lineHeight: 0.9
                    wrapMode: Text.NoWrap
                }
            }
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: text !== ""
                text: root.note
                color: words.color
                font.pixelSize: Math.max(Theme.u(24), Theme.pointsTwentyTwo)
                lineHeight: 0.9
                wrapMode: Text.NoWrap
            }
        }
    }
}
