import QtQuick
import QtQuick.Layouts
import ".."

// A picture, what it is about, and what is to be said of it.
RowLayout {
    id: root

    required property string iconName
    required property string name
    required property string text
    required property string known // "" where a clerk has to be asked

    spacing: Theme.u(28)

    Tile {
        Layout.alignment: Qt.AlignTop
        name: root.iconName
        extent: Theme.u(84)
        color: root.known ? Theme.teal : Theme.resting
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.u(2)

        Words {
            Layout.fillWidth: true
            text: root.name
            color: Theme.tealInk
            font.pixelSize: Theme.words(31)
            font.weight: Font.Bold
        }
        Words {
            Layout.fillWidth: true
            text: root.text
            color: root.known ? Theme.ink : Theme.quiet
            font.pixelSize: Theme.words(37)
            font.weight: Font.DemiBold
        }
    }
}
