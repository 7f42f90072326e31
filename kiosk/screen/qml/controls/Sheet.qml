import QtQuick
import ".."

// A rounded surface with a soft shadow (a 9-patch: the software renderer draws no other).
Item {
    id: root

    property alias color: plane.color
    property alias border: plane.border
    property alias radius: plane.radius
    property bool lifted: true

    BorderImage {
        anchors.fill: parent
        anchors.margins: -24
        anchors.topMargin: -16
        anchors.bottomMargin: -32
        border { left: 56; top: 56; right: 56; bottom: 56 }
        source: "../images/shadow.png"
        visible: root.lifted && !Theme.highContrast
    }

    Rectangle {
        id: plane

        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line
    }
}
