import QtQuick
import QtQuick.Layouts
import "../controls"
import ".."

// One part: how it is, what that means, since when, what to do.
Rectangle {
    id: root

    required property string code
    required property string name
    required property string verdict
    required property string verdictText
    required property string means
    required property string advice
    required property string since

    readonly property bool calm: verdict === "ok" || verdict === "skipped" // one line is enough

    objectName: "part." + code
    implicitHeight: column.implicitHeight + Theme.u(calm ? 20 : 28)
    radius: Theme.u(16)
    color: Theme.surface
    border.width: Theme.stroke
    border.color: Theme.line

    Rectangle {
        x: Theme.u(10)
        y: Theme.u(14)
        width: Theme.u(8)
        height: parent.height - 2 * y
        radius: width / 2
        color: sign.pen
    }

    ColumnLayout {
        id: column

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.u(36)
        width: parent.width - x - Theme.u(20)
        spacing: Theme.u(4)

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.u(20)

            Words {
                text: root.name
                font.pixelSize: Theme.fine(28)
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }
            Words {
                Layout.fillWidth: true
                text: root.calm ? root.means : ""
                color: Theme.quiet
                font.pixelSize: Theme.fine(24)
                wrapMode: Text.Wrap
            }
            Words {
                visible: text !== "" && !root.calm
                text: root.since
                color: Theme.quiet
                font.pixelSize: Theme.fine(22)
                wrapMode: Text.NoWrap
            }
            VerdictSign {
                id: sign

                verdict: root.verdict
                text: root.verdictText
            }
        }
        Words {
            Layout.fillWidth: true
            visible: !root.calm
            text: root.means
            font.pixelSize: Theme.fine(25)
            wrapMode: Text.Wrap
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.advice !== "" && !root.calm
            spacing: Theme.u(10)

            Icon {
                Layout.alignment: Qt.AlignTop
                name: "arrow-right"
                tint: sign.pen
                extent: Theme.u(30)
            }
            Words {
                Layout.fillWidth: true
                text: root.advice
                color: sign.pen
                font.pixelSize: Theme.fine(25)
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
            }
        }
    }
}
