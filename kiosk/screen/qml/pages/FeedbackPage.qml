pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."
import "../controls"

// Five faces; one touch answers.
PageFrame {
    id: root

    required property FeedbackView feedback

    // Beside the faces where there is no height below them.
    readonly property bool beside: Theme.lowReach && !Theme.portrait
    // All five are in sight together, or the answer leans to those that are.
    readonly property bool inRow: !Theme.portrait || Theme.lowReach

    objectName: "page.feedback"
    door: Theme.indigoGround
    doorDeep: Theme.indigoDeep
    title: feedback.question
    subtitle: feedback.about
    iconName: "smile"

    CardGrid {
        id: grid

        anchors.fill: parent
        anchors.rightMargin: root.beside && number.visible ? number.width + Theme.gap : 0
        anchors.bottomMargin: !root.beside && number.visible ? number.height + Theme.gap : 0
        columns: root.inRow ? 5 : 1
        tallest: Theme.u(root.inRow ? 640 : 220)
        ground: Theme.indigoGround
        pale: Theme.indigoPale
        model: root.feedback.faces

        delegate: FaceCard {
            required property int index
            required property string code
            required property string name

            objectName: "face." + code
            width: grid.widthOf(index)
            height: grid.cellHeight
            upright: root.inRow
            text: name
            enabled: !root.feedback.busy
            onClicked: root.feedback.choose(code)
        }
    }

    BigButton {
        id: number

        objectName: "feedback.number"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.beside ? Math.round(parent.width * 0.18) : parent.width
        height: root.beside ? parent.height : implicitHeight
        visible: !root.feedback.ofNumber && root.visible
        outlined: true
        ground: Theme.indigoGround
        pale: Theme.indigoPale
        iconName: root.beside ? "" : "ticket"
        text: qsTrId("feedback.type")
        onClicked: root.feedback.typeNumber()
    }
}
