pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// The queue now: who waits for what, and which numbers are at the counters.
PageFrame {
    id: root

    required property QueueView queue

    objectName: "page.queue"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    title: qsTrId("queue.title")
    subtitle: queue.stale ? qsTrId("queue.stale") : qsTrId("queue.about")
    iconName: "users"
    usesAloft: true

    Item {
        id: below

        anchors.fill: parent
    }

    // Only looked at: with low reach it lies above, and what turns it below.
    CardGrid {
        id: grid

        parent: Theme.lowReach ? root.aloft : below
        anchors.fill: parent
        morePlace: Theme.lowReach ? below : null
        columns: Theme.lowReach ? (Theme.portrait ? 2 : 3) : Theme.portrait ? (grid.count > 7 ? 2 : 1) : 2
        tallest: Theme.u(Theme.portrait ? 220 : 260)
        ground: Theme.tealGround
        pale: Theme.tealPale
        model: root.queue.services

        delegate: QueueCard {
            required property int index

            width: grid.widthOf(index)
            height: grid.cellHeight
            compact: Theme.lowReach || (Theme.largeText && !Theme.portrait)
        }
    }
}
