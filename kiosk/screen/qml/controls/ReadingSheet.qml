import QtQuick
import ".."

// A sheet to read. Where it is longer than its place, a button elsewhere turns it on.
Sheet {
    id: root

    default property alias matter: column.data

    property real tallest: height // what it may have where nothing turns it on
    readonly property real margin: Theme.u(Theme.lowReach ? 24 : 36)
    readonly property real full: column.height + 2 * margin
    readonly property bool overflows: full > tallest + 1
    readonly property bool atEnd: flick.atYEnd

    // To what comes next, or to the top from the end.
    function turn() {
        flick.contentY = flick.atYEnd ? 0 : Math.min(flick.contentY + flick.height - Theme.u(60),
                                                     flick.contentHeight - flick.height)
    }

    function toTop() {
        flick.contentY = 0
    }

    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: root.margin
        contentHeight: column.height
        clip: root.overflows
        interactive: root.overflows
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column

            width: flick.width
        }
    }
}
