pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// Who may enter from now on: the first manager with a PIN, and the technician's PIN.
GridLayout {
    id: root

    required property FirstStartView first

    columns: 1
    rowSpacing: Theme.seam

    component Field: Pressable {
        id: field

        required property string name
        required property string typed

        objectName: "field." + name
        Layout.fillWidth: true
        implicitHeight: box.implicitHeight + label.implicitHeight + Theme.u(6)
        padding: 0
        onClicked: root.first.turnTo(name)

        contentItem: Item {
            Words {
                id: label

                width: parent.width
                text: field.text
                color: Theme.quiet
                font.pixelSize: Theme.fine(24)
                font.weight: Font.DemiBold
            }
            TypedBox {
                id: box

                anchors.bottom: parent.bottom
                width: parent.width
                chosen: root.first.field === field.name
                text: field.typed
            }
        }
    }

    Field {
        name: "value"
        text: qsTrId("tech_first.manager")
        typed: root.first.typed
    }
    Field {
        name: "pin"
        text: qsTrId("tech_first.manager_pin")
        typed: root.first.pin
    }
    Field {
        name: "technician_pin"
        text: qsTrId("tech_first.technician_pin")
        typed: root.first.technicianPin
    }
}
