import QtQuick
import Kiosk
import "../controls"

// No number can be promised: a person helps.
PageFrame {
    id: root

    required property KioskView kiosk

    objectName: "page.trouble"
    title: qsTrId("trouble.title")
    iconName: "heart-handshake"
    usesAloft: true

    Advice {
        anchors.fill: parent
        aloft: root.aloft
        iconName: "user-round"
        headline: qsTrId("trouble.headline")
        text: qsTrId("trouble.about")
        onClerkWanted: root.kiosk.callClerk()
        onHomeWanted: root.kiosk.home()
    }
}
