import QtQuick
import ".."

// Something asked or told above the page; nothing below it can be touched meanwhile.
Item {
    id: root

    default property alias matter: column.data
    property alias iconName: icon.name

    readonly property bool modal: true // for whoever goes by keys

    signal outsideTouched

    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
    }

    MultiPointTouchArea {
        anchors.fill: parent
        onPressed: root.outsideTouched()
    }

    Sheet {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.lowReach ? parent.height - height - Theme.pad * 2 : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.pad, Theme.u(Theme.portrait ? 960 : 1320))
        height: column.implicitHeight + Theme.u(112)

        Column {
            id: column

            anchors.centerIn: parent
            width: parent.width - Theme.u(112)
            spacing: Theme.u(32)

            Icon {
                id: icon

                anchors.horizontalCenter: parent.horizontalCenter
                name: ""
                tint: Theme.brand
                extent: Theme.u(112)
                visible: name !== ""
            }
        }
    }
}
