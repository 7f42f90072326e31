import QtQuick
import Kiosk
import ".."
import "../controls"

// A technician works here: what is so, and where to go meanwhile.
PageFrame {
    id: root

    required property HallView hall

    objectName: "page.maintenance"
    title: qsTrId("maintenance.title")
    subtitle: hall.site
    iconName: "wrench"
    usesAloft: true

    Sheet {
        id: sheet

        parent: Theme.lowReach ? root.aloft : place
        anchors.fill: parent

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.u(96)
            spacing: Theme.u(Theme.lowReach ? 8 : 36)

            Tile {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !Theme.lowReach
                name: "wrench"
                extent: Theme.u(200)
                radius: extent / 2
            }
            Words {
                objectName: "maintenance.elsewhere"
                width: parent.width
                text: root.hall.elsewhere
                color: Theme.brand
                font.pixelSize: Theme.heading(Theme.lowReach ? 44 : 58)
                font.weight: Font.ExtraBold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                text: qsTrId("maintenance.about")
                color: Theme.quiet
                font.pixelSize: Theme.words(38)
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    Item {
        id: place

        anchors.fill: parent
        anchors.bottomMargin: Theme.pad
    }
}
