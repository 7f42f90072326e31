pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// What it was about, words of one's own, and the way to send it.
PageFrame {
    id: root

    required property FeedbackView feedback

    readonly property RemarkView remark: feedback.remark as RemarkView
    readonly property CallBackView callBack: feedback.callBack as CallBackView

    component Way: BigButton {
        Layout.fillWidth: true
        Layout.fillHeight: true
        outlined: true
        ground: Theme.indigoGround
        pale: Theme.indigoPale
        enabled: !root.feedback.busy
    }

    objectName: "page.reasons"
    door: Theme.indigoGround
    doorDeep: Theme.indigoDeep
    title: feedback.why
    subtitle: qsTrId("reasons.about")
    iconName: feedback.faceIcon

    CardGrid {
        id: grid

        anchors.fill: parent
        anchors.bottomMargin: buttons.height + Theme.gap
        columns: !Theme.lowReach ? (Theme.portrait ? 1 : 2) : Theme.portrait ? 3 : 5
        tallest: Theme.u(180)
        ground: Theme.indigoGround
        pale: Theme.indigoPale
        model: root.feedback.reasons

        delegate: TickCard {
            required property int index
            required property string code
            required property string name
            required property string ticked

            objectName: "reason." + code
            width: grid.widthOf(index)
            height: grid.cellHeight
            text: name
            chosen: ticked !== ""
            enabled: !root.feedback.busy
            onClicked: root.feedback.toggle(code)
        }
    }

    GridLayout {
        id: buttons

        anchors.bottom: parent.bottom
        width: parent.width
        columns: Theme.portrait ? 2 : 3
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Way {
            objectName: "reasons.write"
            Layout.columnSpan: call.visible || !Theme.portrait ? 1 : 2
            iconName: "keyboard"
            text: root.remark.words ? qsTrId("reasons.written") : qsTrId("reasons.write")
            onClicked: root.feedback.write()
        }
        Way {
            id: call

            objectName: "reasons.call"
            visible: root.feedback.mayCall
            iconName: root.callBack.agreed ? "check" : "phone"
            text: root.callBack.agreed ? qsTrId("reasons.agreed") : qsTrId("reasons.call")
            onClicked: root.feedback.wantCall()
        }
        Way {
            objectName: "reasons.send"
            Layout.columnSpan: Theme.portrait || !call.visible ? 2 : 1
            outlined: false
            iconName: "check"
            text: qsTrId("reasons.send")
            onClicked: root.feedback.send()
        }
    }
}
