import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// What is agreed to, the number, and yes or no. Nothing is agreed to beforehand.
PageFrame {
    id: root

    required property FeedbackView feedback

    readonly property CallBackView callBack: feedback.callBack as CallBackView
    readonly property bool wide: !Theme.portrait

    objectName: "page.callback"
    door: Theme.indigoGround
    doorDeep: Theme.indigoDeep
    title: qsTrId("callback.title")
    iconName: "phone"
    usesAloft: true

    Item {
        id: left

        width: root.wide && !Theme.lowReach ? Math.round((parent.width - Theme.gap) / 2) : parent.width
        height: Theme.lowReach ? 0 : root.wide ? parent.height : text.implicitHeight + Theme.u(64)
    }

    Sheet {
        id: sheet

        parent: Theme.lowReach ? root.aloft : left
        anchors.fill: parent
        visible: root.visible
        lifted: false
        color: Theme.indigoPale
        border.color: Theme.indigo

        Words {
            id: text

            objectName: "callback.consent"
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.u(36)
            width: parent.width - 2 * x
            text: root.callBack.consent
            color: Theme.indigoInk
            font.pixelSize: Theme.words(36)
            font.weight: Font.DemiBold
        }
    }

    ColumnLayout {
        x: root.wide && !Theme.lowReach ? left.width + Theme.gap : 0
        y: root.wide || Theme.lowReach ? 0 : left.height + Theme.gap
        width: parent.width - x
        height: parent.height - y
        spacing: Theme.gap

        Figures {
            Layout.fillWidth: true
            visible: !(root.wide && Theme.lowReach)
            typed: root.callBack.phone
            placeholder: qsTrId("callback.hint")
            fits: root.callBack.fits
        }
        NumberPad {
            id: pad

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            onKeyTouched: code => root.callBack.dial(code)
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap
            uniformCellSizes: true

            BigButton {
                objectName: "callback.decline"
                Layout.fillWidth: true
                Layout.fillHeight: true
                outlined: true
                ground: Theme.indigoGround
                pale: Theme.indigoPale
                text: qsTrId("callback.decline")
                onClicked: root.callBack.decline()
            }
            Figures {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: root.wide && Theme.lowReach
                typed: root.callBack.phone
                placeholder: qsTrId("callback.hint")
                fits: root.callBack.fits
            }
            BigButton {
                objectName: "callback.agree"
                Layout.fillWidth: true
                Layout.fillHeight: true
                ground: Theme.indigoGround
                text: qsTrId("callback.agree")
                onClicked: root.callBack.agree()
            }
        }
    }
}
