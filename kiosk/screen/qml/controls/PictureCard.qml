import QtQuick
import QtQuick.Layouts
import ".."

// A picture and a word or two: an event of a life, a field of procedures.
Card {
    id: root

    required property string iconName
    property bool across: false

    ground: Theme.teal
    pale: Theme.tealPale
    topPadding: Theme.u(10)
    bottomPadding: topPadding
    leftPadding: Theme.u(across ? 16 : 6)
    rightPadding: leftPadding

    contentItem: GridLayout {
        columns: root.across ? 2 : 1
        columnSpacing: Theme.u(16)
        rowSpacing: Theme.u(6)

        Tile {
            Layout.alignment: root.across ? Qt.AlignVCenter : Qt.AlignHCenter | Qt.AlignBottom
            name: root.iconName
            extent: Theme.u(Theme.portrait && !Theme.lowReach ? 80 : 64)
            radius: root.across ? Theme.u(20) : extent / 2
            color: Theme.teal
        }
        Words {
            Layout.fillWidth: true
            Layout.alignment: root.across ? Qt.AlignVCenter : Qt.AlignTop
            text: root.text
            font.pixelSize: Theme.words(Theme.portrait ? 32 : 30)
            font.weight: Font.DemiBold
            lineHeight: 0.95
            horizontalAlignment: root.across ? Text.AlignLeft : Text.AlignHCenter
        }
    }
}
