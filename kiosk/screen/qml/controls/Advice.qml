import QtQuick
import QtQuick.Layouts
import ".."

// What to do when a machine cannot help, with a person to call.
Item {
    id: root

    required property string iconName
    required property string headline
    property string strong: ""
    property string text: ""
    property Item aloft: null
    property color ground: Theme.brand
    property color pale: Theme.brandPale

    signal clerkWanted
    signal homeWanted

    Sheet {
        parent: Theme.lowReach && root.aloft ? root.aloft : root
        anchors.fill: parent
        visible: root.visible // also from aloft
        anchors.bottomMargin: Theme.lowReach ? 0 : buttons.height + Theme.gap

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.u(112)
            spacing: Theme.u(Theme.lowReach ? 8 : 28)

            Tile {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !Theme.lowReach
                name: root.iconName
                extent: Theme.u(200)
                radius: extent / 2
                color: root.ground
            }
            Words {
                width: parent.width
                text: root.headline
                font.pixelSize: Theme.words(46)
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                objectName: "closed.opens"
                width: parent.width
                visible: text !== ""
                text: root.strong
                color: Theme.brand
                font.pixelSize: Theme.heading(68)
                font.weight: Font.ExtraBold
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.text
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
            objectName: "advice.clerk"
            Layout.fillWidth: true
            Layout.fillHeight: true
            ground: root.ground
            iconName: "hand-helping"
            text: qsTrId("advice.clerk")
            onClicked: root.clerkWanted()
        }
        BigButton {
            objectName: "advice.home"
            Layout.fillWidth: true
            Layout.fillHeight: true
            outlined: true
            ground: root.ground
            pale: root.pale
            iconName: "house"
            text: qsTrId("advice.home")
            onClicked: root.homeWanted()
        }
    }
}
