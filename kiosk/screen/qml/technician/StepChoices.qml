pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// What a step of the first start can be answered with.
GridView {
    id: root

    required property FirstStartView first

    readonly property int columns: first.step === "ward" || (!Theme.portrait && !first.types) ? 2 : 1

    objectName: "first.choices"
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    cellWidth: Math.floor(width / columns)
    cellHeight: Math.max(Theme.finger, Theme.u(96)) + Theme.seam
    model: first.choices

    delegate: Item {
        id: place

        required property string code
        required property string name
        required property string about
        required property string chosen

        width: root.cellWidth
        height: root.cellHeight

        Pressable {
            id: card

            objectName: "choice." + place.code
            anchors.fill: parent
            anchors.rightMargin: Theme.seam
            anchors.bottomMargin: Theme.seam
            padding: Theme.u(10)
            leftPadding: Theme.u(20)
            text: place.name
            onClicked: root.first.choose(place.code)

            background: Rectangle {
                radius: Theme.u(16)
                color: card.pressed || place.chosen ? Theme.tealPale : Theme.surface
                border.width: Math.max(1, Theme.u(2))
                border.color: place.chosen ? Theme.teal : Theme.line
            }
            contentItem: RowLayout {
                spacing: Theme.u(16)

                Icon {
                    name: place.chosen ? "circle-check" : "circle"
                    tint: place.chosen ? Theme.teal : Theme.resting
                    extent: Theme.u(34)
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Words {
                        Layout.fillWidth: true
                        text: place.name
                        font.pixelSize: Theme.fine(28)
                        font.weight: Font.Bold
                        lineHeight: 0.95
                        wrapMode: Text.Wrap
                    }
                    Words {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: place.about
                        color: Theme.quiet
                        font.pixelSize: Theme.fine(22)
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }
}
