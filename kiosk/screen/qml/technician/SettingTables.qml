pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// All tables of config.toml, each with what it is about.
GridView {
    id: root

    required property SettingsView settings

    readonly property int columns: Theme.portrait ? 2 : 3

    objectName: "settings.tables"
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    cellWidth: Math.floor(width / columns)
    cellHeight: Math.max(Theme.finger + Theme.seam, Theme.fine(24) * 4.6 + Theme.fine(28) + Theme.u(44))
    model: settings.tables

    delegate: Item {
        id: place

        required property string code
        required property string name
        required property string about

        width: root.cellWidth
        height: root.cellHeight

        Pressable {
            id: card

            objectName: "table." + place.code
            anchors.fill: parent
            anchors.rightMargin: Theme.seam
            anchors.bottomMargin: Theme.seam
            padding: Theme.u(18)
            text: place.name
            spokenMore: place.about
            onClicked: root.settings.openTable(place.code)

            background: Rectangle {
                radius: Theme.u(16)
                color: card.pressed ? Theme.keyGround : Theme.surface
                border.width: Theme.stroke
                border.color: Theme.line
            }
            contentItem: ColumnLayout {
                spacing: Theme.u(4)

                Words {
                    Layout.fillWidth: true
                    text: place.name
                    font.pixelSize: Theme.fine(28)
                    font.weight: Font.Bold
                }
                Words {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    text: place.about
                    color: Theme.quiet
                    font.pixelSize: Theme.fine(24)
                    lineHeight: 0.95
                }
            }
        }
    }
}
