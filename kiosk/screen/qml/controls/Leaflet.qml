pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// What a procedure's page says under the chosen tab.
ReadingSheet {
    id: root

    required property ProcedureView procedure
    readonly property string section: procedure.section
    readonly property real space: Theme.u(Theme.lowReach ? 20 : 30)

    onSectionChanged: toTop()

    Words {
        width: parent.width
        visible: text !== ""
        bottomPadding: root.space
        text: root.procedure.note
        color: Theme.amberInk
        font.pixelSize: Theme.words(31)
        font.weight: Font.DemiBold
    }

    component Section: GridLayout {
        required property string name

        width: parent?.width ?? 0
        visible: root.section === name
        columns: Theme.portrait || Theme.largeText ? 1 : 2
        columnSpacing: Theme.u(56)
        rowSpacing: root.space
        uniformCellWidths: true
    }

    Section {
        name: "documents"

        Repeater {
            model: root.procedure.documents

            DocumentRow {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
            }
        }
    }
    Section {
        name: "facts"
        rowSpacing: root.space * 1.4

        Repeater {
            model: root.procedure.facts

            FactRow {
                required property string code

                objectName: "fact." + code
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
            }
        }
    }
    Section {
        name: "steps"
        columns: 1
        rowSpacing: root.space * 1.2

        Repeater {
            model: root.procedure.steps

            StepRow {
                Layout.fillWidth: true
            }
        }
    }
}
