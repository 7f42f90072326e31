import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// One self-test while it runs, while it asks, and what it came to.
Item {
    id: root

    required property SelfTestView tests

    readonly property bool ended: tests.step === "ended"
    readonly property bool asks: tests.step === "asks"

    objectName: "test.panel"
    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
    }
    MultiPointTouchArea {
        anchors.fill: parent
    }

    Sheet {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.pad, Theme.u(940))
        height: column.implicitHeight + Theme.u(96)

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: parent.width - Theme.u(96)
            spacing: Theme.u(28)

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.u(24)

                Tile {
                    name: root.tests.iconName
                    extent: Theme.u(100)
                    color: Theme.ink
                }
                Words {
                    Layout.fillWidth: true
                    text: root.tests.name
                    font.pixelSize: Theme.fine(40)
                    font.weight: Font.ExtraBold
                }
                VerdictSign {
                    objectName: "test.verdict"
                    visible: root.ended
                    verdict: root.tests.verdict
                    text: root.tests.verdictText
                }
            }
            Words {
                objectName: "test.told"
                Layout.fillWidth: true
                text: root.tests.told
                font.pixelSize: Theme.fine(32)
            }
            LevelBar {
                Layout.fillWidth: true
                visible: root.tests.hears
                level: root.tests.level
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.tests.advice
                color: Theme.brandDeep
                font.pixelSize: Theme.fine(28)
                font.weight: Font.DemiBold
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.seam
                uniformCellSizes: true

                TechButton {
                    objectName: "test.bad"
                    Layout.fillWidth: true
                    visible: root.asks
                    ground: Theme.brand
                    iconName: "circle-x"
                    text: qsTrId("tech_test.bad")
                    onClicked: root.tests.answer(false)
                }
                TechButton {
                    objectName: "test.good"
                    Layout.fillWidth: true
                    visible: root.asks
                    filled: true
                    ground: Theme.tealGround
                    iconName: "circle-check"
                    text: qsTrId("tech_test.good")
                    onClicked: root.tests.answer(true)
                }
                TechButton {
                    objectName: "test.again"
                    Layout.fillWidth: true
                    visible: root.ended
                    iconName: "rotate-ccw"
                    text: qsTrId("tech_test.again")
                    onClicked: root.tests.run(root.tests.test)
                }
                TechButton {
                    objectName: "test.close"
                    Layout.fillWidth: true
                    visible: !root.asks
                    filled: root.ended
                    iconName: root.ended ? "check" : "circle-x"
                    text: root.ended ? qsTrId("tech_test.close") : qsTrId("tech_test.stop")
                    onClicked: root.tests.close()
                }
            }
        }
    }
}
