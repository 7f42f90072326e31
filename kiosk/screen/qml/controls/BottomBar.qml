pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// What is always there: comfort at the lower left, language, voice, a person, the ways back.
Rectangle {
    id: root

    required property KioskView kiosk
    required property ClerkView clerk
    property bool comfortOpen: false
    readonly property string part: "bar"

    signal comfortTouched

    implicitHeight: row.implicitHeight + Theme.u(Theme.portrait ? 24 : 16)
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: Theme.stroke
        color: Theme.line
    }

    RowLayout {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(24)
        width: parent.width - 2 * x
        spacing: Math.ceil(Math.max(Theme.u(12), 4 * Theme.mm))
        uniformCellSizes: true

        component BarSlot: BarButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
        }

        BarSlot {
            objectName: "bar.comfort"
            iconName: "accessibility"
            text: qsTrId("bar.comfort")
            lit: root.comfortOpen
            onClicked: root.comfortTouched()
        }
        BarSlot {
            objectName: "bar.language"
            iconName: "languages"
            text: qsTrId("bar.language")
            onClicked: root.kiosk.switchLanguage()
        }
        BarSlot {
            objectName: "bar.speak"
            iconName: root.kiosk.speaking ? "volume-x" : "volume-2"
            text: root.kiosk.speaking ? qsTrId("bar.hush") : qsTrId("bar.speak")
            lit: root.kiosk.speaking
            onClicked: root.kiosk.speak()
        }
        BarSlot {
            objectName: "bar.clerk"
            iconName: "hand-helping"
            text: root.clerk.label
            lit: root.clerk.state !== ""
            onClicked: root.clerk.press()
        }
        BarSlot {
            objectName: "bar.home"
            visible: !root.kiosk.atHome
            iconName: "house"
            text: qsTrId("bar.home")
            onClicked: root.kiosk.home()
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitWidth: back.implicitWidth
            implicitHeight: back.implicitHeight
            visible: !root.kiosk.atHome

            BarButton {
                id: back

                objectName: "bar.back"
                anchors.fill: parent
                visible: root.kiosk.canGoBack
                iconName: "arrow-left"
                text: qsTrId("bar.back")
                onClicked: root.kiosk.back()
            }
        }
    }
}
