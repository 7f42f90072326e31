import QtQuick
import Kiosk
import ".."
import "../controls"

// The house greets: its face, the time, how the hall is, and the doors.
Item {
    id: root

    required property HallView hall
    required property TicketView ticket
    required property GuideView guide
    required property AskView ask
    required property QueueView queue
    required property RefreshmentsView refreshments
    required property FeedbackView feedback
    property point lastTouch: Qt.point(width / 2, height / 2)

    // Low reach on a wide screen leaves a shallow panel: the face stands beside the greeting.
    readonly property bool shallow: Theme.lowReach && !Theme.portrait

    objectName: "page.welcome"

    Panel {
        id: panel

        width: Theme.sideBySide ? Math.round(root.width * 0.43) : root.width
        height: Theme.sideBySide ? root.height : Math.round(Theme.stage.height * (Theme.lowReach ? 0.5 : 0.47))
        drumExtent: Theme.u(root.shallow ? 760 : 1120)
        drumCentre: Qt.point(greeting.x + face.x + face.width / 2, greeting.y + face.y + face.height / 2)

        HouseSign {
            id: sign

            x: Theme.u(56)
            y: Theme.u(44)
            width: parent.width - 2 * x
            hall: root.hall
        }

        Item {
            id: greeting

            x: Theme.u(56)
            y: sign.y + sign.height
            width: parent.width - 2 * x
            height: parent.height - y - Theme.u(32) - taken

            readonly property real taken: care.visible ? care.height + Theme.u(16)
                                        : notices.visible ? notices.height + Theme.u(16) : 0

            Face {
                id: face

                readonly property real room: parent.height - words.height - Theme.u(28) // above the words

                objectName: "welcome.face"
                resting: root.hall.resting
                x: root.shallow ? 0 : (parent.width - width) / 2
                y: root.shallow ? (parent.height - height) / 2
                                : (parent.height - height - Theme.u(28) - words.height) / 2
                width: root.shallow ? Theme.u(280)
                                    : Math.min(Theme.u(Theme.portrait ? 400 : 320), room * 1.2)
                height: width / 1.2
                lookAt: Qt.point(root.lastTouch.x - greeting.x - x, root.lastTouch.y - greeting.y - y)
            }

            Column {
                id: words

                readonly property int alignment: root.shallow ? Text.AlignLeft : Text.AlignHCenter

                x: root.shallow ? face.width + Theme.u(56) : 0
                y: root.shallow ? (parent.height - height) / 2 : face.y + face.height + Theme.u(28)
                width: parent.width - x
                spacing: Theme.u(12)

                Words {
                    objectName: "page.title"
                    width: parent.width
                    text: qsTrId("welcome.title")
                    color: Theme.lightInk
                    font.pixelSize: Theme.heading(Theme.sideBySide ? 58 : 66)
                    font.weight: Font.ExtraBold
                    horizontalAlignment: words.alignment
                }
                Words {
                    width: parent.width
                    text: qsTrId("welcome.about")
                    color: Theme.paleInk
                    font.pixelSize: Theme.words(38)
                    horizontalAlignment: words.alignment
                }
            }
        }
    }

    CareSign {
        id: care

        x: Theme.u(40)
        y: panel.height - height - Theme.u(28)
        width: panel.width - 2 * x
        text: root.hall.care
    }

    NoticeSign {
        id: notices

        x: Theme.u(40)
        y: panel.height - height - Theme.u(28)
        width: panel.width - 2 * x
        visible: !care.visible && notices.any && !root.shallow
        resting: root.hall.resting
        notices: root.hall.notices
    }

    Doors {
        x: (Theme.sideBySide ? panel.width : 0) + Theme.pad
        y: (Theme.sideBySide ? 0 : panel.height) + Theme.pad
        width: root.width - x - Theme.pad
        height: root.height - y - Theme.pad
        hall: root.hall
        ticket: root.ticket
        guide: root.guide
        ask: root.ask
        queue: root.queue
        refreshments: root.refreshments
        feedback: root.feedback
    }
}
