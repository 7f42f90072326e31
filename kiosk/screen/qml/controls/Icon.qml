import QtQuick
import ".."

// A Lucide icon in any colour.
Image {
    id: root

    required property string name
    property color tint: Theme.ink
    property real extent: Theme.u(48)

    width: extent
    height: extent
    source: name && extent >= 1 ? "image://icon/" + name + "?" + Math.round(extent) + tint : ""
}
