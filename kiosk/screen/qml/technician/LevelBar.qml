import QtQuick
import ".."

// How loud it is, from nothing to as loud as can be.
Rectangle {
    id: root

    required property real level

    implicitHeight: Theme.u(40)
    radius: height / 2
    color: Theme.keyGround

    Rectangle {
        width: Math.max(height, parent.width * root.level)
        height: parent.height
        radius: height / 2
        color: root.level > 0.92 ? Theme.brand : Theme.teal
    }
}
