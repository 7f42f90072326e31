import QtQuick
import "../controls"
import ".."

// How a part is: a coloured ground, a picture of its own, a word.
Rectangle {
    id: root

    required property string verdict // ok, warning, fault, skipped; "" for not tried
    property string text: ""

    readonly property color pen: ({ ok: Theme.tealInk, warning: Theme.amberInk, fault: Theme.brandDeep })[verdict] ?? Theme.quiet
    readonly property color ground: ({ ok: Theme.tealPale, warning: Theme.amberPale, fault: Theme.brandPale })[verdict] ?? Theme.background
    readonly property string iconName: ({ ok: "circle-check", warning: "triangle-alert", fault: "circle-x", skipped: "circle-minus" })[verdict] ?? "circle"

    implicitWidth: row.implicitWidth + Theme.u(28)
    implicitHeight: row.implicitHeight + Theme.u(12)
    radius: Theme.u(12)
    color: ground

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.u(10)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            tint: root.pen
            extent: Theme.u(30)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            text: root.text
            color: root.pen
            font.pixelSize: Theme.fine(24)
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }
    }
}
