pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// Every part in words, the worst first.
ColumnLayout {
    id: root

    required property PartsView parts

    objectName: "page.parts"
    spacing: Theme.u(22)

    Flow {
        Layout.fillWidth: true
        spacing: Theme.seam

        component Count: VerdictSign {
            visible: text !== ""
        }

        Count {
            verdict: "fault"
            text: root.parts.faults
        }
        Count {
            verdict: "warning"
            text: root.parts.warnings
        }
        Count {
            verdict: "ok"
            text: root.parts.well
        }
        Count {
            objectName: "parts.guesses"
            verdict: "warning"
            text: root.parts.guesses
        }
    }

    ListView {
        id: list

        objectName: "parts.list"
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        spacing: Theme.u(12)
        boundsBehavior: Flickable.StopAtBounds
        model: root.parts.rows

        delegate: PartRow {
            width: list.width
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.seam

        TechButton {
            objectName: "parts.look"
            iconName: "refresh-cw"
            text: root.parts.busy ? qsTrId("tech_part.looking") : qsTrId("tech_part.look")
            enabled: !root.parts.busy
            onClicked: root.parts.look()
        }
        TechButton {
            objectName: "parts.maintenance"
            filled: root.parts.maintained
            ground: Theme.amberGround
            iconName: "wrench"
            text: root.parts.maintained ? qsTrId("tech_part.maintained") : qsTrId("tech_part.maintain")
            onClicked: root.parts.toggleMaintenance()
        }
        Words {
            Layout.fillWidth: true
            text: root.parts.version
            color: Theme.quiet
            font.pixelSize: Theme.fine(22)
            horizontalAlignment: Text.AlignRight
        }
    }
}
