import QtQuick
import ".."

// A number or a code while it is typed; the longest shrink to one line.
Rectangle {
    id: root

    property string typed: ""
    property string placeholder: ""
    property bool fits: false
    property bool longest: false
    property color tint: Theme.indigo

    implicitHeight: Math.max(Theme.touch, words.implicitHeight + Theme.u(28))
    radius: Theme.radius
    color: Theme.surface
    border.width: Math.max(3, Theme.u(5))
    border.color: fits ? Theme.teal : tint

    Words {
        id: words

        objectName: "figures.typed"
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(28)
        width: parent.width - 2 * x
        text: root.typed || root.placeholder
        color: root.typed ? Theme.ink : Theme.quiet
        font.pixelSize: root.typed ? Theme.heading(58) : Theme.words(34)
        font.weight: root.typed ? Font.Bold : Font.Medium
        horizontalAlignment: Text.AlignHCenter
        wrapMode: root.longest ? Text.NoWrap : Text.WordWrap
        fontSizeMode: root.longest ? Text.HorizontalFit : Text.FixedSize
        minimumPixelSize: Theme.pointsTwentyTwo
    }
}
