pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Cards of one size in rows. Where they do not fit, they scroll, and a button says so.
Item {
    id: root

    required property int columns
    property alias model: cards.model
    property alias delegate: cards.delegate
    property real tallest: Theme.u(236)
    property Item morePlace: null // where the button for more stands, if not below the cards
    property color ground: Theme.brand
    property color pale: Theme.brandPale

    readonly property int count: cards.count
    readonly property int rows: Math.ceil(count / Math.max(1, columns))
    readonly property real cellWidth: Math.floor((width - (columns - 1) * Theme.gap) / columns)
    readonly property real shared: Math.floor((height - (rows - 1) * Theme.gap) / Math.max(1, rows))
    readonly property real cellHeight: Math.max(needed(), Math.min(tallest, shared))
    readonly property bool overflows: rows * (cellHeight + Theme.gap) - Theme.gap > height

    property int made: 0 // cards so far: new ones are measured too, though their number stays the same

    // What the card with most words needs.
    function needed(): real {
        let most = made > 0 ? Theme.touch : 0
        for (let n = 0; n < count; ++n)
            most = Math.max(most, (cards.itemAt(n) as Item)?.implicitHeight ?? 0)
        return most
    }

    // The last card fills its row.
    function widthOf(index: int): real {
        const span = index === count - 1 ? columns - index % columns : 1
        return span * (cellWidth + Theme.gap) - Theme.gap
    }

    Flickable {
        id: flick

        readonly property real shadow: 24
        readonly property real room: root.height - (root.morePlace ? 0 : more.height + Theme.gap)
        readonly property real step: root.cellHeight + Theme.gap

        x: -shadow
        y: -shadow
        width: root.width + 2 * shadow
        height: 2 * shadow + (root.overflows ? Math.max(1, Math.floor((room + Theme.gap) / step)) * step - Theme.gap
                                             : root.height)
        contentHeight: flow.height + 2 * shadow
        clip: root.overflows
        interactive: root.overflows
        boundsBehavior: Flickable.StopAtBounds

        Flow {
            id: flow

            x: flick.shadow
            y: flick.shadow
            width: root.width
            spacing: Theme.gap

            Repeater {
                id: cards
                onItemAdded: root.made += 1
            }
        }
    }

    BigButton {
        id: more

        objectName: "cards.more"
        parent: root.morePlace ?? root
        height: root.morePlace ? Math.min(implicitHeight, root.morePlace.height) : implicitHeight
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.overflows && root.visible
        outlined: true
        ground: root.ground
        pale: root.pale
        iconName: flick.atYEnd ? "chevron-up" : "chevron-down"
        text: flick.atYEnd ? qsTrId("cards.first") : qsTrId("cards.more")
        onClicked: flick.contentY = flick.atYEnd ? 0
            : Math.min(flick.contentY + flick.height - 2 * flick.shadow + Theme.gap,
                       flick.contentHeight - flick.height)
    }
}
