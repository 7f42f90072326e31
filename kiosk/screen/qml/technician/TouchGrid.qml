pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../controls"
import ".."

// Cells over the whole screen, each to be touched once; a finger may glide over them.
Rectangle {
    id: root

    required property SelfTestView tests

    readonly property int columns: Theme.portrait ? 6 : 10
    readonly property int rows: 60 / columns

    objectName: "touch.grid"
    color: Theme.background

    Grid {
        id: grid

        anchors.fill: parent
        columns: root.columns

        Repeater {
            model: root.tests.cells

            Rectangle {
                required property string code
                required property string lit

                objectName: "cell." + code
                width: root.width / root.columns
                height: root.height / root.rows
                color: lit ? Theme.teal : Theme.surface
                border.width: Theme.stroke
                border.color: Theme.keyLine
            }
        }
    }

    MultiPointTouchArea {
        function touched(points: list<var>): void {
            for (const point of points) {
                const column = Math.floor(point.x / (root.width / root.columns));
                const row = Math.floor(point.y / (root.height / root.rows));
                if (column >= 0 && column < root.columns && row >= 0 && row < root.rows)
                    root.tests.touch(String(row * root.columns + column));
            }
        }

        anchors.fill: parent
        onPressed: points => touched(points)
        onUpdated: points => touched(points)
    }

    Sheet {
        anchors.centerIn: parent
        width: row.implicitWidth + Theme.u(64)
        height: row.implicitHeight + Theme.u(40)

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.u(24)

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.u(420)
                text: root.tests.told
                font.pixelSize: Theme.fine(28)
            }
            TechButton {
                objectName: "touch.bad"
                ground: Theme.brand
                text: qsTrId("tech_test.gaps")
                onClicked: root.tests.answer(false)
            }
        }
    }
}
