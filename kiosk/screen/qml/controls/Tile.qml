import QtQuick
import ".."

// An icon on its coloured ground.
Rectangle {
    id: root

    required property string name
    property real extent: Theme.u(112)

    implicitWidth: extent
    implicitHeight: extent
    radius: Theme.u(24)
    color: Theme.brand

    Icon {
        anchors.centerIn: parent
        name: root.name
        tint: Theme.lightInk
        extent: Math.round(root.extent * 0.54)
    }
}
