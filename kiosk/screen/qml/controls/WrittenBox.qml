import QtQuick
import ".."

// What is being written, over several lines; the end of it is always in sight.
Rectangle {
    id: root

    property string written: ""
    property string placeholder: ""

    radius: Theme.radius
    color: Theme.surface
    border.width: Math.max(3, Theme.u(5))
    border.color: Theme.indigo

    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: Theme.u(28)
        clip: true
        contentHeight: words.height
        contentY: Math.max(0, contentHeight - height)
        boundsBehavior: Flickable.StopAtBounds

        Words {
            id: words

            objectName: "remark.text"
            width: flick.width
            text: root.written || root.placeholder
            color: root.written ? Theme.ink : Theme.quiet
            font.pixelSize: Theme.words(40)
        }
    }
}
