import QtQuick
import Kiosk
import ".."
import "../controls"

// Thanks; the page leaves by itself.
PageFrame {
    id: root

    required property FeedbackView feedback

    objectName: "page.thanks"
    door: Theme.indigoGround
    doorDeep: Theme.indigoDeep
    title: qsTrId("thanks.title")
    subtitle: qsTrId("thanks.about")
    iconName: "smile"

    Face {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(0, (done.y - height - note.height - Theme.gap) / 2)
        visible: !Theme.lowReach
        height: Math.min(Theme.u(320), Math.max(0, done.y - note.height - 3 * Theme.gap))
        width: height * 1.2
    }
    Words {
        id: note

        y: done.y - height - Theme.gap
        width: parent.width
        visible: root.feedback.left > 0
        text: qsTrId("ticket.closes").replace("%1", root.feedback.left)
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
    }
    BigButton {
        id: done

        objectName: "thanks.done"
        y: parent.height - height
        width: parent.width
        ground: Theme.indigoGround
        iconName: "house"
        text: qsTrId("advice.home")
        onClicked: root.feedback.done()
    }
}
