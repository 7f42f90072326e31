import QtQuick
import "../controls"
import ".."

// What is being typed.
Rectangle {
    id: root

    property string text: ""
    property string unit: ""
    property string placeholder: ""
    property bool chosen: true

    implicitHeight: Math.max(Theme.finger, words.implicitHeight + Theme.u(28))
    radius: Theme.u(16)
    color: Theme.surface
    border.width: Math.max(2, Theme.u(chosen ? 4 : 2))
    border.color: chosen ? Theme.indigo : Theme.line

    Words {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(22)
        width: parent.width - 2 * x - (unit.visible ? unit.width + Theme.u(14) : 0)
        text: root.text || root.placeholder
        color: root.text ? Theme.ink : Theme.quiet
        font.pixelSize: Theme.fine(32)
        font.weight: root.text ? Font.Bold : Font.Medium
        wrapMode: Text.WrapAnywhere
    }
    Words {
        id: unit

        anchors.right: parent.right
        anchors.rightMargin: Theme.u(22)
        anchors.verticalCenter: parent.verticalCenter
        visible: text !== ""
        text: root.unit
        color: Theme.quiet
        font.pixelSize: Theme.fine(28)
        wrapMode: Text.NoWrap
    }
}
