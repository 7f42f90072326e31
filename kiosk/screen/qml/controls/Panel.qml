import QtQuick
import ".."

// The coloured ground of a page's title, with a bronze drum on it.
Rectangle {
    id: root

    property color door: Theme.brand
    property color doorDeep: Theme.brandDeep
    property bool upright: Theme.sideBySide // stands beside the page, not above it
    property real drumExtent: Theme.u(880)
    property point drumCentre: Qt.point(width - Theme.u(60), height - Theme.u(40))

    readonly property string part: "panel" // of the page, for whoever goes by keys

    clip: true
    gradient: Gradient {
        GradientStop { position: 0; color: root.door }
        GradientStop { position: 1; color: root.doorDeep }
    }

    Icon {
        x: root.drumCentre.x - width / 2
        y: root.drumCentre.y - height / 2
        name: "drum"
        tint: Theme.gold
        extent: root.drumExtent
        opacity: 0.13
        visible: !Theme.highContrast
    }

    Rectangle {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.upright ? Theme.u(6) : parent.width
        height: root.upright ? parent.height : Theme.u(6)
        color: Theme.gold
    }
}
