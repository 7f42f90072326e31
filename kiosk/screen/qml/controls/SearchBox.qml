import QtQuick
import ".."

// Where what is typed stands; a thin line shows where the next letter comes.
Rectangle {
    id: root

    property string typed: ""
    property string placeholder: ""
    property bool writing: false

    implicitHeight: Math.max(Theme.u(128), words.implicitHeight + Theme.u(48))
    radius: height / 2
    color: Theme.surface
    border.width: Math.max(3, Theme.u(5))
    border.color: writing ? Theme.gold : Theme.teal

    Icon {
        id: glass

        x: Theme.u(44)
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        tint: Theme.teal
        extent: Theme.u(56)
    }

    Item {
        x: glass.x + glass.width + Theme.u(28)
        width: parent.width - x - Theme.u(44)
        height: parent.height
        clip: true

        Words {
            id: words

            objectName: "search.text"
            anchors.verticalCenter: parent.verticalCenter
            x: Math.min(0, parent.width - width - Theme.u(8)) // the end is what one is typing
            text: root.typed
            font.pixelSize: Theme.words(46)
            wrapMode: Text.NoWrap
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            x: root.writing ? Theme.u(14) : 0
            width: parent.width - x
            visible: root.typed === ""
            text: root.placeholder
            color: Theme.quiet
            font.pixelSize: Theme.words(46)
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.pointsTwentyTwo
            wrapMode: Text.NoWrap
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: root.typed ? Math.min(words.width, parent.width - Theme.u(8)) + Theme.u(2) : 0
            width: Theme.u(5)
            height: words.font.pixelSize * 1.25
            color: Theme.teal
            visible: root.writing
        }
    }
}
