import QtQuick
import Kiosk
import ".."
import "../controls"

// The procedures of a field, of an event of a life, or of what is new; and the list on paper.
PageFrame {
    id: root

    required property BrowseView browse

    objectName: "page.list"
    title: browse.title
    subtitle: browse.about
    iconName: "layers"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep

    LineList {
        id: lines

        width: parent.width
        height: parent.height - onPaper.height - Theme.gap
        columns: Theme.portrait && !Theme.lowReach ? 1 : Theme.lowReach && !Theme.portrait && !Theme.largeText ? 3 : 2
        model: root.browse.lines
        onChosen: code => root.browse.choose(code)
    }

    BigButton {
        id: onPaper

        objectName: "list.print"
        y: parent.height - height
        width: parent.width
        height: Theme.actionRow
        enabled: lines.count > 0 && !root.browse.printing
        outlined: true
        ground: Theme.tealGround
        pale: Theme.tealPale
        iconName: "printer"
        text: root.browse.printing ? qsTrId("procedure.printing") : qsTrId("list.print")
        onClicked: root.browse.printList()
    }
}
