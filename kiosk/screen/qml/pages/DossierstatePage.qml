pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// How far a dossier is, when its result is due, and what to do now.
PageFrame {
    id: root

    required property DossierView dossier
    required property TicketView ticket

    readonly property bool asks: dossier.state === "asking"
    readonly property bool sad: ["refused", "late", "unknown", "away", "too_many"].includes(dossier.state)

    objectName: "page.dossierstate"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    title: qsTrId("dossier.state_title")
    subtitle: dossier.code
    iconName: "file-text"
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
            id: told

            anchors.centerIn: parent
            width: parent.width - Theme.u(96)
            spacing: Theme.u(Theme.lowReach ? 16 : 36)

            Tile {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !Theme.lowReach
                name: root.dossier.iconName
                extent: Theme.u(Theme.portrait ? 200 : 150)
                radius: extent / 2
                color: root.sad ? Theme.amber : Theme.teal
            }
            Words {
                objectName: "dossier." + root.dossier.state
                width: parent.width
                text: root.dossier.headline
                font.pixelSize: Theme.heading(Theme.lowReach ? 42 : 54)
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                text: root.dossier.advice
                color: Theme.quiet
                font.pixelSize: Theme.words(38)
                horizontalAlignment: Text.AlignHCenter
            }
            Grid {
                anchors.horizontalCenter: parent.horizontalCenter
                columns: Theme.lowReach && !Theme.portrait ? 2 : 1
                columnSpacing: Theme.u(72)
                rowSpacing: Theme.u(24)

                Repeater {
                    model: root.dossier.days

                    FactRow {
                        width: Math.min(implicitWidth, Theme.lowReach && !Theme.portrait ? (told.width - Theme.u(72)) / 2 : told.width)
                    }
                }
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
            objectName: "dossier.number"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.asks
            ground: Theme.tealGround
            pale: Theme.tealPale
            iconName: "ticket"
            text: qsTrId("dossier.number")
            onClicked: root.ticket.enter()
        }
        BigButton {
            objectName: "dossier.other"
            Layout.fillWidth: true
            Layout.fillHeight: true
            outlined: true
            ground: Theme.tealGround
            pale: Theme.tealPale
            iconName: "keyboard"
            text: qsTrId("dossier.other")
            onClicked: root.dossier.other()
        }
    }
}
