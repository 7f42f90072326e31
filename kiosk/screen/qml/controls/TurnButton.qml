import QtQuick
import ".."

// Turns a reading sheet on; there only while there is more to read.
BigButton {
    id: root

    required property ReadingSheet sheet

    objectName: "sheet.turn"
    visible: sheet.overflows
    outlined: true
    ground: Theme.tealGround
    pale: Theme.tealPale
    iconName: sheet.atEnd ? "chevron-up" : "chevron-down"
    text: sheet.atEnd ? qsTrId("sheet.top") : qsTrId("sheet.turn")
    onClicked: sheet.turn()
}
