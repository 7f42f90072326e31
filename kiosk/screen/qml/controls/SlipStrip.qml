import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// How the slip stands: coming, there, or what to do instead.
ColumnLayout {
    id: root

    required property TicketView ticket

    readonly property bool offers: ticket.slip === "offer"
    readonly property bool asks: ticket.slip === "question" || offers
    readonly property bool photograph: ticket.slip === "photograph"

    spacing: Theme.gap

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: row.implicitHeight + Theme.u(48)
        radius: Theme.radius
        color: root.asks || root.photograph ? Theme.amberPale : Theme.tealPale
        border.width: Theme.stroke
        border.color: root.asks || root.photograph ? Theme.amber : Theme.teal

        RowLayout {
            id: row

            anchors.centerIn: parent
            width: parent.width - Theme.u(72)
            spacing: Theme.u(28)

            Icon {
                name: root.asks ? "circle-help" : root.photograph ? "camera"
                    : root.ticket.slip === "printed" ? "receipt-text" : "printer"
                tint: words.color
                extent: Theme.u(64)
            }
            Words {
                id: words

                objectName: "slip." + root.ticket.slip
                Layout.fillWidth: true
                text: root.offers ? qsTrId("slip.offer") : root.asks ? qsTrId("slip.question") : root.photograph ? qsTrId("slip.photograph")
                    : root.ticket.slip === "printed" ? qsTrId("slip.printed") : qsTrId("slip.printing")
                color: root.asks || root.photograph ? Theme.amberInk : Theme.tealInk
                font.pixelSize: Theme.words(38)
                font.weight: Font.DemiBold
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: root.asks
        spacing: Theme.gap
        uniformCellSizes: true

        BigButton {
            objectName: "slip.received"
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "check"
            text: root.offers ? qsTrId("slip.not_wanted") : qsTrId("slip.received")
            onClicked: root.ticket.answerSlip("received")
        }
        BigButton {
            objectName: "slip.reprint"
            Layout.fillWidth: true
            Layout.fillHeight: true
            outlined: true
            iconName: "printer"
            text: root.offers ? qsTrId("slip.print") : qsTrId("slip.reprint")
            onClicked: root.ticket.answerSlip("reprint")
        }
    }
}
