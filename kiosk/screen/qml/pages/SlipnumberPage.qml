import QtQuick
import Kiosk
import ".."
import "../controls"

// The number on the slip: a letter, then figures.
PageFrame {
    id: root

    required property FeedbackView feedback

    readonly property SlipNumberView slip: feedback.slipNumber as SlipNumberView
    readonly property bool beside: !Theme.portrait && Theme.lowReach

    objectName: "page.slipnumber"
    door: Theme.indigoGround
    doorDeep: Theme.indigoDeep
    title: qsTrId("slipnumber.title")
    subtitle: Theme.lowReach ? "" : qsTrId("slipnumber.about")
    iconName: "ticket"
    usesAloft: true

    Item {
        id: shown

        width: parent.width
        height: Theme.lowReach ? 0 : figures.implicitHeight
    }

    Figures {
        id: figures

        parent: Theme.lowReach ? root.aloft : shown
        anchors.verticalCenter: parent.verticalCenter
        visible: root.visible
        width: parent.width
        height: implicitHeight
        typed: root.slip.typed
        placeholder: qsTrId("slipnumber.hint")
        fits: root.slip.complete
    }

    NumberPad {
        y: Theme.lowReach ? 0 : shown.height + Theme.gap
        width: parent.width - (root.beside ? find.width + Theme.gap : 0)
        height: parent.height - y - (root.beside ? 0 : find.height + Theme.gap)
        letters: root.slip.letters
        onKeyTouched: code => root.slip.type(code)
    }

    BigButton {
        id: find

        objectName: "slipnumber.find"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.beside ? Math.round(parent.width * 0.2) : parent.width
        height: root.beside ? parent.height : implicitHeight
        ground: Theme.indigoGround
        iconName: root.beside ? "" : "arrow-right"
        text: qsTrId("slipnumber.find")
        enabled: !root.feedback.busy
        onClicked: root.slip.find()
    }
}
