pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// Water and sweets: one card a thing, and what comes of a touch.
PageFrame {
    id: root

    required property RefreshmentsView refreshments

    readonly property string wish: refreshments.state
    readonly property bool sad: wish === "sorry" || wish === "resting"

    objectName: "page.refreshments"
    title: qsTrId("refreshments.title")
    subtitle: qsTrId("refreshments.about")
    iconName: "hand-heart"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    usesAloft: true

    Item {
        id: below

        anchors.fill: parent
    }

    CardGrid {
        id: grid

        width: parent.width
        height: parent.height - (Theme.lowReach ? 0 : outcome.height + Theme.gap)
        columns: Theme.portrait && !Theme.lowReach ? 1 : 2
        tallest: Theme.u(340)
        ground: Theme.tealGround
        pale: Theme.tealPale
        model: root.refreshments.items

        delegate: ItemCard {
            required property int index

            width: grid.widthOf(index)
            height: grid.cellHeight
            enabled: ready && root.refreshments.state !== "moving"
            onClicked: root.refreshments.choose(code)
        }
    }

    // Only looked at: with low reach it lies above.
    Rectangle {
        id: outcome

        parent: Theme.lowReach ? root.aloft : below
        anchors.bottom: parent.bottom
        width: parent.width
        height: row.implicitHeight + Theme.u(56)
        radius: Theme.radius
        color: root.sad ? Theme.amberPale : Theme.tealPale
        border.width: Theme.stroke
        border.color: root.sad ? Theme.amber : Theme.teal

        RowLayout {
            id: row

            anchors.centerIn: parent
            width: parent.width - Theme.u(72)
            spacing: Theme.u(28)

            Icon {
                name: root.wish === "moving" ? "hourglass" : root.wish === "given" ? "circle-check"
                    : root.sad ? "hand-helping" : "hand-heart"
                tint: words.color
                extent: Theme.u(64)
            }
            Words {
                id: words

                objectName: "refreshments." + (root.wish || "choose")
                Layout.fillWidth: true
                text: root.refreshments.headline
                color: root.sad ? Theme.amberInk : Theme.tealInk
                font.pixelSize: Theme.words(40)
                font.weight: Font.DemiBold
            }
        }
    }
}
