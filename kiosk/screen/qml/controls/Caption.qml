import QtQuick
import ".."

// What is being spoken, in letters, for whoever does not hear it.
Rectangle {
    id: root

    required property string text
    readonly property bool aside: true // not of the page: it is spoken already

    objectName: "caption"
    height: words.height + Theme.u(36)
    radius: Theme.u(20)
    color: Theme.highContrast ? "#000000" : Theme.ink
    border.width: Theme.stroke
    border.color: Theme.gold
    visible: text !== ""

    Words {
        id: words

        objectName: "caption.words"
        anchors.centerIn: parent
        width: parent.width - Theme.u(48)
        text: root.text
        color: Theme.lightInk
        font.pixelSize: Theme.words(34)
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        maximumLineCount: 6
        elide: Text.ElideRight // what keys read aloud may be long, and is on the page
    }
}
