import QtQuick
import ".."

// A page: its title on the coloured panel, its matter beside or below it. With low reach the panel
// is the upper half, and what is only looked at may lie there, in `aloft`. A page of which only the
// lower half is ever touched is `lookedAt`, and stays as it is.
Item {
    id: root

    required property string title
    property string subtitle: ""
    property string iconName: ""
    property bool usesAloft: false
    property bool lookedAt: false
    readonly property bool low: Theme.lowReach && !lookedAt
    readonly property bool sideBySide: !Theme.portrait && !low
    property color door: Theme.brand
    property color doorDeep: Theme.brandDeep
    property Component corner: null // something small that stands beside or under the title
    readonly property Item aloft: aloftPlace
    default property alias matter: body.data

    Panel {
        id: panel

        upright: root.sideBySide
        door: root.door
        doorDeep: root.doorDeep
        width: root.sideBySide ? Math.round(root.width * 0.27) : root.width
        height: root.sideBySide ? root.height
              : root.low ? Math.round(Theme.stage.height / 2) : Math.max(heading.implicitHeight + Theme.u(112), corner.height + Theme.u(64))

        Column {
            id: heading

            readonly property bool high: root.low && (root.usesAloft || Theme.portrait)

            x: Theme.u(root.sideBySide ? 40 : 56)
            y: high ? Theme.u(40) : (parent.height - height - (root.sideBySide ? corner.taken : 0)) / 2
            width: parent.width - 2 * x - (root.sideBySide ? 0 : corner.taken)
            spacing: Theme.u(high ? 8 : 20)

            Icon {
                visible: root.iconName !== "" && !heading.high && !(Theme.portrait && !root.low)
                name: root.iconName
                tint: Theme.gold
                extent: Theme.u(96)
            }
            Words {
                objectName: "page.title"
                width: parent.width
                text: root.title
                color: Theme.lightInk
                font.pixelSize: Theme.heading(54)
                font.weight: Font.ExtraBold
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.subtitle
                color: Theme.paleInk
                font.pixelSize: Theme.words(36)
            }
        }

        Loader {
            id: corner

            readonly property real taken: root.corner ? (root.sideBySide ? implicitHeight : implicitWidth) + Theme.pad : 0

            x: root.sideBySide ? (parent.width - width) / 2 : parent.width - width - Theme.pad
            y: root.sideBySide ? heading.y + heading.height + Theme.pad
             : root.low ? Theme.u(32) : (parent.height - height) / 2
            sourceComponent: root.corner
        }

        Item {
            id: aloftPlace

            x: Theme.pad
            y: Math.max(heading.y + heading.height, Theme.portrait ? corner.y + corner.height : 0) + Theme.u(24)
            width: parent.width - 2 * x - (Theme.portrait ? 0 : corner.taken)
            height: parent.height - y - Theme.u(36)
            visible: root.low

            Face {
                anchors.centerIn: parent
                width: height * 1.2
                height: Math.min(parent.height, Theme.u(360))
                visible: Theme.portrait && !root.usesAloft
            }
        }
    }

    Item {
        id: body

        x: (root.sideBySide ? panel.width : 0) + Theme.pad
        y: (root.sideBySide ? 0 : panel.height) + margin
        width: root.width - x - Theme.pad
        height: root.height - y - margin

        readonly property real margin: Theme.u(root.low && !Theme.portrait ? 24 : 40)
    }
}
