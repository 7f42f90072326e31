import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// The PIN, as dots; a badge before the scanner does as well.
Item {
    id: root

    required property TechnicianView technician

    objectName: "technician.pin"

    Sheet {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.pad, Theme.u(760))
        height: Math.min(parent.height - 2 * Theme.u(24), column.implicitHeight + Theme.u(88))

        ColumnLayout {
            id: column

            anchors.fill: parent
            anchors.margins: Theme.u(44)
            spacing: Theme.u(22)

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.u(22)

                Tile {
                    name: "lock"
                    extent: Theme.u(84)
                    color: Theme.ink
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Words {
                        Layout.fillWidth: true
                        text: qsTrId("tech_pin.title")
                        font.pixelSize: Theme.fine(40)
                        font.weight: Font.ExtraBold
                    }
                    Words {
                        Layout.fillWidth: true
                        text: qsTrId("tech_pin.about")
                        color: Theme.quiet
                        font.pixelSize: Theme.fine(26)
                    }
                }
            }
            Figures {
                objectName: "pin.dots"
                Layout.fillWidth: true
                typed: root.technician.pin
                placeholder: qsTrId("tech_pin.hint")
            }
            Words {
                objectName: "pin.told"
                Layout.fillWidth: true
                Layout.minimumHeight: Theme.fine(28) * 1.4
                text: root.technician.told
                color: Theme.brand
                font.pixelSize: Theme.fine(28)
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
            }
            NumberPad {
                id: pad

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredHeight: Theme.u(Theme.portrait ? 560 : 420)
                columns: 3
                enabled: !root.technician.waiting
                opacity: enabled ? 1 : 0.4
                onKeyTouched: code => root.technician.type(code)
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.seam
                uniformCellSizes: true

                TechButton {
                    objectName: "pin.leave"
                    Layout.fillWidth: true
                    iconName: "arrow-left"
                    text: qsTrId("tech_pin.leave")
                    onClicked: root.technician.leave()
                }
                TechButton {
                    objectName: "pin.enter"
                    Layout.fillWidth: true
                    filled: true
                    iconName: "check"
                    text: qsTrId("tech_pin.enter")
                    enabled: root.technician.pin !== "" && !root.technician.waiting
                    onClicked: root.technician.enter()
                }
            }
        }
    }
}
