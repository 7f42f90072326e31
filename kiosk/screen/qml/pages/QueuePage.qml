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
    subtitle: queue.stale ? qsTrId("queue.stale") : queue.near || qsTrId("queue.about")
    iconName: "users"
    lookedAt: true

    CardGrid {
        id: grid

        anchors.fill: parent
        columns: Theme.portrait ? (grid.count > 7 ? 2 : 1) : 2
        tallest: Theme.u(Theme.portrait ? 220 : 260)
        ground: Theme.tealGround
        pale: Theme.tealPale
        model: root.queue.services

        delegate: QueueCard {
            required property int index

            width: grid.widthOf(index)
            height: grid.cellHeight
            compact: !Theme.portrait && grid.count > 4
        }
    }
}
