pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// Whose kiosk it is, the pages, the language, the way out.
GridLayout {
    id: root

    required property TechnicianView technician
    required property HallView hall

    readonly property var pages: [
        { name: "parts", icon: "circle-check", text: qsTrId("tech.parts") },
        { name: "tests", icon: "activity", text: qsTrId("tech.tests") },
        { name: "settings", icon: "sliders-horizontal", text: qsTrId("tech.settings") },
        { name: "log", icon: "scroll-text", text: qsTrId("tech.log") },
        { name: "first", icon: "footprints", text: qsTrId("tech.first") }
    ]

    columns: Theme.portrait ? 3 : 1
    columnSpacing: Theme.seam
    rowSpacing: Theme.seam

    RowLayout {
        Layout.row: 0
        Layout.column: 0
        Layout.fillWidth: true
        spacing: Theme.u(18)

        Tile {
            name: "wrench"
            extent: Theme.u(Theme.portrait ? 76 : 68)
            color: Theme.ink
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Words {
                objectName: "technician.title"
                Layout.fillWidth: true
                text: qsTrId("tech.title")
                font.pixelSize: Theme.fine(Theme.portrait ? 34 : 30)
                font.weight: Font.ExtraBold
            }
            Words {
                Layout.fillWidth: true
                text: root.technician.leaving || root.hall.site
                color: root.technician.leaving ? Theme.brand : Theme.quiet
                font.pixelSize: Theme.fine(22)
            }
        }
    }
    TechButton {
        objectName: "technician.language"
        Layout.fillWidth: !Theme.portrait
        Layout.row: Theme.portrait ? 0 : 3
        Layout.column: Theme.portrait ? 1 : 0
        iconName: "languages"
        text: qsTrId("tech.language")
        onClicked: root.technician.switchLanguage()
    }
    TechButton {
        objectName: "technician.leave"
        Layout.fillWidth: !Theme.portrait
        Layout.row: Theme.portrait ? 0 : 4
        Layout.column: Theme.portrait ? 2 : 0
        filled: true
        ground: Theme.brand
        iconName: "log-out"
        text: qsTrId("tech.leave")
        onClicked: root.technician.leave()
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.columnSpan: Theme.portrait ? 3 : 1
        Layout.row: 1
        Layout.column: 0
        Layout.topMargin: Theme.u(Theme.portrait ? 6 : 24)
        columns: Theme.portrait ? root.pages.length : 1
        columnSpacing: Theme.seam
        rowSpacing: Theme.seam
        uniformCellWidths: true

        Repeater {
            model: root.pages

            NavButton {
                required property var modelData

                objectName: "technician.page." + modelData.name
                Layout.fillWidth: true
                iconName: modelData.icon
                text: modelData.text
                chosen: root.technician.page === modelData.name
                onClicked: root.technician.turnTo(modelData.name)
            }
        }
    }
    Item {
        Layout.row: 2
        Layout.column: 0
        Layout.fillHeight: true
        visible: !Theme.portrait
    }
}
