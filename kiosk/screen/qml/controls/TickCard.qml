import QtQuick
import QtQuick.Layouts
import ".."

// One of several things that may all be chosen: a tick says that it is.
Card {
    id: root

    required property string iconName
    required property bool chosen

    marked: chosen
    resting: chosen
    ground: Theme.indigoGround
    pale: Theme.indigoPale
    topPadding: Theme.u(12)
    bottomPadding: topPadding
    leftPadding: Theme.u(Theme.lowReach ? 16 : 28)
    rightPadding: leftPadding

    contentItem: RowLayout {
        spacing: Theme.u(Theme.lowReach ? 14 : 22)

        Tile {
            name: root.chosen ? "check" : root.iconName
            extent: Theme.u(Theme.lowReach ? 64 : 88)
            color: root.chosen ? Theme.indigoGround : Theme.resting
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            font.pixelSize: Theme.words(Theme.lowReach ? 32 : 38)
            font.weight: root.chosen ? Font.Bold : Font.DemiBold
        }
    }
}
