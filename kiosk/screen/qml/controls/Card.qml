import QtQuick
import ".."

// A white sheet that can be touched.
Pressable {
    id: root

    property bool resting: false
    property bool marked: false
    property color ground: Theme.brand
    property color pale: Theme.brandPale

    background: Sheet {
        color: root.pressed || root.marked ? root.pale : Theme.surface
        border.color: root.pressed || root.marked ? root.ground : Theme.line
        lifted: !root.resting
    }
}
