import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// How the call for a person goes: who comes, or where to go.
PageFrame {
    id: root

    required property ClerkView clerk

    objectName: "page.clerk"
    title: qsTrId("clerk.title")
    iconName: "hand-helping"
    usesAloft: true

    Item {
        id: place

        width: parent.width
        height: Theme.lowReach ? 0 : parent.height - buttons.height - Theme.gap
    }

    Sheet {
        parent: Theme.lowReach ? root.aloft : place
        anchors.fill: parent
        visible: root.visible
        lifted: false

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.u(96)
            spacing: Theme.u(Theme.lowReach ? 12 : 32)

            Face {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !Theme.lowReach
                height: Theme.u(240)
                width: height * 1.2
            }
            Words {
                objectName: "clerk.headline"
                width: parent.width
                text: root.clerk.headline
                font.pixelSize: Theme.heading(Theme.lowReach ? 42 : 52)
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.clerk.advice
                color: Theme.quiet
                font.pixelSize: Theme.words(38)
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    GridLayout {
        id: buttons

        y: Theme.lowReach ? 0 : parent.height - height
        width: parent.width
        columns: Theme.portrait && !Theme.lowReach ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        BigButton {
            objectName: "clerk.on"
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "arrow-right"
            text: qsTrId("clerk.on")
            onClicked: root.clerk.goOn()
        }
        BigButton {
            objectName: "clerk.cancel"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.clerk.state === "calling" || root.clerk.state === "late"
            outlined: true
            iconName: "circle-x"
            text: qsTrId("clerk.cancel")
            onClicked: root.clerk.cancel()
        }
    }
}
