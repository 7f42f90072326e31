import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// The ticket as a sheet with a perforation: the number, huge, then where to wait and how long.
// Where there will be no paper, it carries the QR code too.
Sheet {
    id: root

    required property TicketView ticket
    required property bool across

    readonly property bool showsCode: ticket.slip === "photograph" && ticket.token !== ""
    readonly property real numberSize: Theme.u(across ? (Theme.lowReach || showsCode ? 160 : 230)
                                                      : Theme.lowReach ? (showsCode ? 160 : 200)
                                                      : showsCode ? 260 : 330)

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.margins: Theme.u(32)
        flow: root.across ? GridLayout.LeftToRight : GridLayout.TopToBottom
        columns: root.across ? 3 : 1
        rows: root.across ? 1 : 3
        columnSpacing: Theme.u(24)
        rowSpacing: Theme.u(24)

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            spacing: 0

            Words {
                objectName: "ticket.number"
                Layout.fillWidth: true
                Layout.minimumWidth: implicitWidth
                Layout.preferredHeight: root.numberSize * 1.08
                text: root.ticket.number
                color: Theme.brand
                font.pixelSize: root.numberSize
                font.weight: Font.ExtraBold
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.NoWrap
            }
            Words {
                Layout.fillWidth: true
                text: root.ticket.service
                font.pixelSize: Theme.words(46)
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Perforation {
            Layout.fillWidth: !root.across
            Layout.fillHeight: root.across
            sheet: root
            upright: root.across
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            Layout.leftMargin: Theme.u(root.across ? 8 : 32)
            Layout.rightMargin: Theme.u(root.across ? 8 : 32)
            spacing: Theme.u(32)

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.u(root.across || Theme.lowReach ? 12 : 28)

                InfoRow {
                    iconName: "map-pin"
                    large: !root.across && !Theme.lowReach && !root.showsCode
                    text: root.ticket.where
                    strong: true
                }
                InfoRow {
                    iconName: "users"
                    large: !root.across && !Theme.lowReach && !root.showsCode
                    text: root.ticket.ahead
                }
                InfoRow {
                    iconName: "clock"
                    large: !root.across && !Theme.lowReach && !root.showsCode
                    text: root.ticket.estimate
                }
            }
            Image {
                objectName: "ticket.code"
                Layout.preferredWidth: Theme.u(Theme.lowReach || (root.across && Theme.largeText) ? 240 : 300)
                Layout.preferredHeight: Layout.preferredWidth
                visible: root.showsCode
                source: root.showsCode ? "image://qr/" + root.ticket.token : ""
                smooth: false
                fillMode: Image.PreserveAspectFit
            }
        }
    }
}
