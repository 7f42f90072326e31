pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// All self-tests; a touch begins one.
ColumnLayout {
    id: root

    required property SelfTestView tests

    objectName: "page.tests"
    spacing: Theme.u(22)

    Words {
        Layout.fillWidth: true
        text: qsTrId("tech_test.about")
        color: Theme.quiet
        font.pixelSize: Theme.fine(26)
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: Theme.portrait ? 2 : 4
        columnSpacing: Theme.seam
        rowSpacing: Theme.seam
        uniformCellWidths: true
        uniformCellHeights: true

        Repeater {
            model: root.tests.rows

            TestCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: root.tests.run(code)
            }
        }
    }
}
