import QtQuick
import QtQuick.Layouts
import ".."

// One procedure in a list.
Card {
    id: root

    required property string code
    required property string name
    required property string iconName
    property bool narrow: false // words alone

    objectName: "line." + code
    text: name
    ground: Theme.teal
    pale: Theme.tealPale
    topPadding: Theme.u(8)
    bottomPadding: topPadding
    leftPadding: Theme.u(24)
    rightPadding: leftPadding

    contentItem: RowLayout {
        spacing: Theme.u(24)

        Tile {
            visible: !root.narrow
            name: root.iconName
            extent: Math.min(Theme.u(88), root.height - Theme.u(24))
            color: Theme.teal
        }
        Words {
            Layout.fillWidth: true
            text: root.name
            font.pixelSize: Theme.words(36)
            font.weight: Font.Bold
            lineHeight: 0.95
            maximumLineCount: 3
            elide: Text.ElideRight // an imported name may know no end
        }
        Icon {
            visible: Theme.portrait && !root.narrow
            name: "chevron-right"
            tint: Theme.teal
            extent: Theme.u(52)
        }
    }
}
