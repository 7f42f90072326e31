import QtQuick
import QtQuick.Layouts
import ".."

// One thing that can be had: its picture, its name, how it stands.
Card {
    id: root

    required property string code
    required property string name
    required property string iconName
    required property string condition
    required property string status

    readonly property bool ready: condition === "ready"

    objectName: "item." + code
    text: name
    spokenMore: status
    ground: Theme.teal
    pale: Theme.tealPale
    resting: !ready
    topPadding: Theme.u(Theme.lowReach ? 12 : 28)
    bottomPadding: topPadding
    leftPadding: Theme.u(32)
    rightPadding: leftPadding

    contentItem: RowLayout {
        spacing: Theme.u(32)

        Tile {
            name: root.iconName
            extent: Theme.u(Theme.lowReach ? 96 : 152)
            color: root.ready ? Theme.teal : Theme.resting
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.u(8)

            Words {
                Layout.fillWidth: true
                text: root.name
                font.pixelSize: Theme.heading(Theme.lowReach ? 42 : 54)
                font.weight: Font.ExtraBold
            }
            Words {
                objectName: "item.status"
                Layout.fillWidth: true
                text: root.status
                color: root.ready ? Theme.tealInk : Theme.amberInk
                font.pixelSize: Theme.words(34)
                font.weight: Font.DemiBold
            }
        }
    }
}
