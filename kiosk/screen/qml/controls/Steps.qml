pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import ".."

// How a visit goes, in three pictures.
RowLayout {
    id: root

    spacing: Theme.u(16)
    uniformCellSizes: true

    component Step: ColumnLayout {
        id: step

        required property string iconName
        required property string text

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.u(16)

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            implicitWidth: Theme.u(104)
            implicitHeight: implicitWidth
            radius: width / 2
            color: Theme.surface
            border.width: Math.max(2, Theme.u(3))
            border.color: Theme.gold

            Icon {
                anchors.centerIn: parent
                name: step.iconName
                tint: Theme.brand
                extent: Theme.u(52)
            }
        }
        Words {
            Layout.fillWidth: true
            text: step.text
            font.pixelSize: Theme.words(Theme.portrait ? 32 : 30)
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Step {
        iconName: "pointer"
        text: qsTrId("steps.choose")
    }
    Step {
        iconName: "ticket"
        text: qsTrId("steps.receive")
    }
    Step {
        iconName: "armchair"
        text: qsTrId("steps.wait")
    }
}
