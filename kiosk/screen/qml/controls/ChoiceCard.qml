import QtQuick
import QtQuick.Layouts
import ".."

// One answer to a question.
Card {
    id: root

    required property string iconName

    topPadding: Theme.u(Theme.lowReach ? 8 : 16)
    bottomPadding: topPadding
    leftPadding: Theme.u(Theme.lowReach ? 20 : 32)
    rightPadding: leftPadding

    contentItem: RowLayout {
        spacing: Theme.u(Theme.lowReach ? 20 : 28)

        Tile {
            name: root.iconName
            extent: Theme.u(Theme.lowReach ? 72 : 104)
            color: Theme.teal
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            font.pixelSize: Theme.words(Theme.lowReach ? 34 : 40)
            font.weight: Font.DemiBold
        }
    }
}
