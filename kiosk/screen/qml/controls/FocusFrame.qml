import QtQuick
import ".."

// What the keys stand on.
Rectangle {
    id: root

    required property rect place // in the window
    required property Item stage
    readonly property rect here: stage.mapFromItem(null, place)

    objectName: "focus"
    x: here.x - border.width - Theme.u(4)
    y: here.y - border.width - Theme.u(4)
    width: here.width + 2 * (border.width + Theme.u(4))
    height: here.height + 2 * (border.width + Theme.u(4))
    visible: place.width > 0
    color: "transparent"
    radius: Theme.u(16)
    border.width: Math.max(4, Theme.u(8))
    border.color: Theme.highContrast ? "#000000" : "#1D4ED8"

    Rectangle {
        anchors.fill: parent
        anchors.margins: root.border.width
        color: "transparent"
        radius: root.radius - root.border.width
        border.width: Math.max(2, Theme.u(4))
        border.color: "#FFE14D"
    }
}
