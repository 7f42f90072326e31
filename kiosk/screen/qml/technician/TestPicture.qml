pragma ComponentBehavior: Bound

import QtQuick
import "../controls"
import ".."

// Colours and a frame, for somebody to see whether a monitor shows all of them.
Rectangle {
    id: root

    required property string name
    property bool asks: false

    readonly property var colours: ["#FFFFFF", "#FFFF00", "#00FFFF", "#00FF00", "#FF00FF", "#FF0000", "#0000FF", "#000000"]

    signal answered(bool good)

    objectName: "test.picture"
    color: "#808080"

    MultiPointTouchArea {
        anchors.fill: parent
    }

    Row {
        anchors.fill: parent
        anchors.margins: Theme.u(28)

        Repeater {
            model: root.colours

            Rectangle {
                required property string modelData

                width: parent?.width / root.colours.length
                height: parent?.height ?? 0
                color: modelData
            }
        }
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: Math.max(4, Theme.u(10))
        border.color: "#FFFFFF"
    }

    Sheet {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.u(160), Theme.u(820))
        height: column.implicitHeight + Theme.u(72)

        Column {
            id: column

            anchors.centerIn: parent
            width: parent.width - Theme.u(72)
            spacing: Theme.u(24)

            Words {
                width: parent.width
                text: root.name
                font.pixelSize: Theme.fine(40)
                font.weight: Font.ExtraBold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                visible: root.asks
                text: qsTrId("tech_test.screens_asks")
                font.pixelSize: Theme.fine(28)
                horizontalAlignment: Text.AlignHCenter
            }
            Loader { // the hall board has no icons, and nobody touches it
                anchors.horizontalCenter: parent.horizontalCenter
                active: root.asks
                sourceComponent: Row {
                    spacing: Theme.seam

                    TechButton {
                        objectName: "screens.bad"
                        ground: Theme.brand
                        iconName: "circle-x"
                        text: qsTrId("tech_test.bad")
                        onClicked: root.answered(false)
                    }
                    TechButton {
                        objectName: "screens.good"
                        filled: true
                        ground: Theme.tealGround
                        iconName: "circle-check"
                        text: qsTrId("tech_test.good")
                        onClicked: root.answered(true)
                    }
                }
            }
        }
    }
}
