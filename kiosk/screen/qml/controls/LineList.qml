pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Procedures as cards, made only as far as they are seen: a field may hold hundreds.
Item {
    id: root

    property alias model: grid.model
    property int columns: 1
    property bool paged: true

    readonly property bool overflows: needed > Math.max(1, Math.floor((height + Theme.gap) / (least + Theme.gap)))
    readonly property int needed: Math.ceil(grid.count / columns)
    readonly property real least: Math.max(Theme.touch, Math.ceil(Theme.words(36) * (narrow && Theme.largeText ? 3.9 : 2.7)) + Theme.u(16))
    readonly property bool narrow: columns > 1 && (Theme.lowReach || Theme.largeText)
    readonly property int count: grid.count

    signal chosen(string code)

    GridView {
        id: grid

        readonly property real room: root.height - (more.visible && !more.beside ? more.height + Theme.gap : 0)
        readonly property int rows: Math.max(1, Math.floor((room + Theme.gap) / (root.least + Theme.gap)))

        // Half a gap around each card, which gives their shadows room.
        x: -Theme.gap / 2
        y: -Theme.gap / 2
        width: root.width + Theme.gap - (more.visible && more.beside ? more.width + Theme.gap : 0)
        height: rows * cellHeight
        cellWidth: Math.floor(width / root.columns)
        cellHeight: Math.floor(Math.min((room + Theme.gap) / rows, root.least + Theme.u(48) + Theme.gap))
        cacheBuffer: 0
        clip: root.overflows
        interactive: root.overflows
        boundsBehavior: Flickable.StopAtBounds
        snapMode: GridView.SnapToRow

        delegate: Item {
            id: place

            required property string code
            required property string name
            required property string iconName

            width: grid.cellWidth
            height: grid.cellHeight

            LineCard {
                anchors.fill: parent
                anchors.margins: Theme.gap / 2
                code: place.code
                name: place.name
                narrow: root.narrow
                iconName: place.iconName
                onClicked: root.chosen(code)
            }
        }
    }

    BigButton {
        id: more

        readonly property bool beside: Theme.lowReach && !Theme.portrait

        objectName: "lines.more"
        x: beside ? parent.width - width : (parent.width - width) / 2
        y: beside ? 0 : parent.height - height
        height: beside ? grid.height - Theme.gap : implicitHeight
        visible: root.overflows && root.paged
        outlined: true
        ground: Theme.tealGround
        pale: Theme.tealPale
        iconName: grid.atYEnd ? "chevron-up" : "chevron-down"
        text: grid.atYEnd ? qsTrId("cards.first") : qsTrId("cards.more")
        onClicked: grid.contentY = grid.atYEnd ? 0
            : Math.min(grid.contentY + grid.height, grid.contentHeight - grid.height)
    }
}
