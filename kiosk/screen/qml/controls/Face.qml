pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import ".."

// A calm face: it looks towards the last touch, blinks now and then, smiles. Still without motion.
// While nobody is there it rests with its eyes closed; somebody comes, and it looks up.
Item {
    id: root

    property point lookAt: Qt.point(width / 2, height / 2)
    property bool alive: visible
    property bool resting: false

    readonly property real extent: Math.min(width, height * 1.2)
    readonly property real reach: extent * 0.045
    readonly property point turn: Qt.point(bounded((lookAt.x - width / 2) / Math.max(1, width)),
                                           resting ? 1 : glance.running ? -1
                                           : bounded((lookAt.y - height / 2) / Math.max(1, height)))

    function bounded(value: real): real {
        return Math.max(-1, Math.min(1, value))
    }

    onRestingChanged: {
        if (!resting)
            glance.restart()
    }

    Timer {
        id: glance

        interval: 2500
    }

    Rectangle {
        id: head

        anchors.centerIn: parent
        width: root.extent
        height: root.extent / 1.2
        radius: height * 0.42
        color: Theme.highContrast ? "#FFFFFF" : "#FFF6E9"
        border.width: Math.max(2, root.extent * 0.018)
        border.color: Theme.gold

        component Eye: Rectangle {
            id: eye

            property real openness: 1

            width: root.extent * 0.13
            height: width * 1.3 * openness
            radius: Math.min(width, height) / 2
            color: Theme.ink

            Rectangle {
                x: parent.width * 0.52
                y: parent.height * 0.16
                width: parent.width * 0.28
                height: width
                radius: width / 2
                color: "#FFFFFF"
                visible: eye.openness > 0.5
            }
        }

        Item {
            id: features

            anchors.fill: parent
            transform: Translate {
                x: root.turn.x * root.reach
                y: root.turn.y * root.reach

                Behavior on x { NumberAnimation { duration: Theme.swift * 1.6; easing.type: Easing.OutCubic } }
                Behavior on y { NumberAnimation { duration: Theme.swift * 1.6; easing.type: Easing.OutCubic } }
            }

            Eye {
                id: left

                openness: root.resting ? 0.08 : 1
                x: parent.width * 0.31 - width / 2
                y: parent.height * 0.42 - height / 2
            }
            Eye {
                x: parent.width * 0.69 - width / 2
                y: parent.height * 0.42 - height / 2
                openness: left.openness
            }
            Repeater {
                model: [0.17, 0.83]

                Rectangle {
                    required property real modelData

                    x: head.width * modelData - width / 2
                    y: head.height * 0.58
                    width: root.extent * 0.11
                    height: width * 0.62
                    radius: height / 2
                    color: Theme.highContrast ? "#FFFFFF" : "#F3C9B5"
                }
            }
            Shape {
                x: parent.width * 0.38
                y: parent.height * 0.62
                width: parent.width * 0.24
                height: parent.height * 0.16

                ShapePath {
                    strokeColor: Theme.ink
                    strokeWidth: Math.max(3, root.extent * 0.03)
                    fillColor: "transparent"
                    capStyle: ShapePath.RoundCap
                    startX: 0
                    startY: 0
                    PathQuad {
                        x: root.extent * 0.24
                        y: 0
                        controlX: root.extent * 0.12
                        controlY: root.extent * 0.16
                    }
                }
            }
        }
    }

    SequentialAnimation {
        id: blink

        NumberAnimation { target: left; property: "openness"; to: 0.08; duration: 70 }
        PauseAnimation { duration: 40 }
        NumberAnimation { target: left; property: "openness"; to: 1; duration: 110; easing.type: Easing.OutCubic }
    }

    Timer {
        interval: 5200
        repeat: true
        running: root.alive && !root.resting && Theme.motion
        onTriggered: blink.start()
    }
}
