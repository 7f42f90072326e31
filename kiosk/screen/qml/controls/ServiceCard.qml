import QtQuick
import QtQuick.Layouts
import ".."

// One service: what it is for, and how it stands now.
Card {
    id: root

    required property string code
    required property string name
    required property string about
    required property string iconName
    required property string availability
    required property string status
    required property string brief
    property bool compact: false

    readonly property bool open: availability === "open"

    objectName: "service." + code
    text: name
    spokenMore: status
    resting: !open
    topPadding: Theme.u(compact || Theme.largeText ? 12 : 20)
    bottomPadding: topPadding
    leftPadding: Theme.u(compact ? 24 : 32)
    rightPadding: leftPadding

    contentItem: RowLayout {
        spacing: Theme.u(root.compact ? 20 : 28)

        Tile {
            name: root.iconName
            extent: Theme.u(root.compact ? 80 : Theme.portrait ? 116 : 104)
            color: root.open ? Theme.brand : Theme.resting
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.u(6)

            Words {
                Layout.fillWidth: true
                text: root.name
                font.pixelSize: Theme.words(root.compact ? 38 : 44)
                font.weight: Font.Bold
            }
            Words {
                Layout.fillWidth: true
                visible: !root.compact
                text: root.about
                color: Theme.quiet
                font.pixelSize: Theme.words(30)
            }
            RowLayout {
                Layout.topMargin: Theme.u(4)
                spacing: Theme.u(12)

                Icon {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: Theme.u(4)
                    visible: !root.compact
                    name: root.open ? "users" : "clock"
                    tint: root.open ? Theme.tealInk : Theme.amberInk
                    extent: Theme.u(34)
                }
                Words {
                    Layout.fillWidth: true
                    text: root.compact ? root.brief : root.status
                    color: root.open ? Theme.tealInk : Theme.amberInk
                    font.pixelSize: Theme.words(30)
                    font.weight: Font.DemiBold
                }
            }
        }
        Icon {
            visible: root.open && Theme.portrait && !root.compact
            name: "chevron-right"
            tint: Theme.brand
            extent: Theme.u(56)
        }
    }
}
