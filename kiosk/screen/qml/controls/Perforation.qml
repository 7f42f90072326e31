pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Where a ticket would be torn: dots between two notches in the sheet's edges.
Item {
    id: root

    required property Sheet sheet
    required property bool upright

    readonly property real notch: Theme.u(44)
    readonly property real reach: upright ? sheet.height : sheet.width
    readonly property real step: Theme.u(24)

    implicitWidth: upright ? notch : 0
    implicitHeight: upright ? 0 : notch

    Repeater {
        model: Math.max(0, Math.floor((root.reach - 2 * root.notch) / root.step))

        Rectangle {
            required property int index

            readonly property real along: (index + 0.5) * root.step + root.notch
                                          - (root.upright ? root.y : root.x) - Theme.u(32)

            x: root.upright ? (root.width - width) / 2 : along
            y: root.upright ? along : (root.height - height) / 2
            width: Theme.u(8)
            height: width
            radius: width / 2
            color: Theme.line
        }
    }

    Repeater {
        model: Theme.lowReach ? 0 : 2 // aloft, what lies behind fades from red to red

        Rectangle {
            required property int index

            readonly property real edge: (index ? root.reach : 0)
                                         - (root.upright ? root.y : root.x) - Theme.u(32) - root.notch / 2

            x: root.upright ? (root.width - width) / 2 : edge
            y: root.upright ? edge : (root.height - height) / 2
            width: root.notch
            height: root.notch
            radius: root.notch / 2
            color: Theme.background
            border.width: Theme.stroke
            border.color: Theme.line
        }
    }
}
