import QtQuick
import QtQuick.Layouts
import ".."

// One line of the checklist: what, in which form, and when it is needed at all. A long name is
// shown by its beginning; a touch shows all of it.
Item {
    id: root

    required property string name
    required property string form
    required property string when
    required property string whole // "" where the name is all
    property bool open: false
    readonly property bool cut: whole !== "" && !open && !Theme.lowReach // there the papers lie out of reach

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    onNameChanged: open = false

    RowLayout {
        id: row

        width: root.width
        spacing: Theme.u(24)

        Rectangle {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.u(6)
            implicitWidth: Theme.u(44)
            implicitHeight: implicitWidth
            radius: Theme.u(10)
            color: Theme.surface
            border.width: Math.max(2, Theme.u(4))
            border.color: root.when ? Theme.amber : Theme.teal
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.u(2)

            Words {
                Layout.fillWidth: true
                text: root.cut || root.whole === "" ? root.name : root.whole
                font.pixelSize: Theme.words(37)
                font.weight: Font.Bold
            }
            Words {
                visible: root.cut
                text: qsTrId("list.more")
                color: Theme.tealInk
                font.pixelSize: Theme.words(31)
                font.weight: Font.Bold
                font.underline: true
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.form
                color: Theme.tealInk
                font.pixelSize: Theme.words(31)
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.when
                color: Theme.amberInk
                font.pixelSize: Theme.words(31)
                font.weight: Font.DemiBold
            }
        }
    }

    Pressable {
        objectName: "document.more"
        anchors.fill: parent
        visible: root.cut
        spokenName: root.name
        spokenMore: qsTrId("list.more")
        onClicked: root.open = true
    }
}
