import QtQuick
import Kiosk
import ".."
import "../controls"

// One microphone and a face that listens: waiting, listening, thinking.
PageFrame {
    id: root

    required property AskView ask
    required property KioskView kiosk

    readonly property bool shallow: Theme.lowReach && !Theme.portrait // the keyboard stands beside

    objectName: "page.ask"
    title: qsTrId("ask.title")
    subtitle: qsTrId("ask.about")
    iconName: "mic"
    door: Theme.amberGround
    doorDeep: Theme.amberDeep
    usesAloft: true

    Item {
        id: person

        parent: Theme.lowReach ? root.aloft : stage
        width: parent.width
        height: Theme.lowReach ? parent.height : Math.round(parent.height * 0.42)

        Face {
            id: face

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(0, parent.height - height - words.height - Theme.gap) / 2
            height: Math.max(0, Math.min(Theme.u(320), parent.height - words.height - Theme.gap))
            width: height * 1.2
            lookAt: root.ask.state === "thinking" ? Qt.point(width * 0.8, 0)
                  : root.ask.state === "off" ? Qt.point(width / 2, height / 2) : Qt.point(width / 2, height)
        }
        Words {
            id: words

            objectName: "ask.headline"
            y: face.y + face.height + Theme.gap
            width: parent.width
            text: root.ask.headline
            color: Theme.lowReach ? Theme.lightInk : Theme.ink
            font.pixelSize: Theme.heading(Theme.lowReach ? 40 : 48)
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Item {
        id: stage

        width: parent.width - (root.shallow ? write.width + Theme.gap : 0)
        height: parent.height - (root.shallow ? 0 : write.height) - Theme.gap

        MicButton {
            id: microphone

            readonly property real free: parent.height - (Theme.lowReach ? 0 : person.height) - note.height

            objectName: "ask.microphone"
            width: Math.max(Theme.touch, Math.min(Theme.u(360), free / 1.5))
            height: width
            x: (parent.width - width) / 2
            y: parent.height - note.height - free / 2 - height / 2
            mood: root.ask.state
            level: root.ask.level
            enabled: root.ask.available
            onClicked: root.ask.press()
        }
        Words {
            id: note

            objectName: "ask.on"
            y: parent.height - height
            width: parent.width
            opacity: root.ask.state === "listening" ? 1 : 0
            text: qsTrId("ask.on")
            color: Theme.amberInk
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
        }
    }

    BigButton {
        id: write

        objectName: "ask.write"
        x: parent.width - width
        y: root.shallow ? (stage.height - height) / 2 : parent.height - height
        width: root.shallow ? Math.round(parent.width / 3) : parent.width
        outlined: true
        ground: Theme.amberGround
        pale: Theme.amberPale
        iconName: "keyboard"
        text: qsTrId("ask.write")
        onClicked: root.ask.write()
    }
}
