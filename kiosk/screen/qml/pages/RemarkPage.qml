import QtQuick
import Kiosk
import ".."
import "../controls"

// Words of one's own: typed on the glass, or spoken and put right.
Item {
    id: root

    required property FeedbackView feedback

    readonly property RemarkView remark: feedback.remark as RemarkView
    readonly property real pad: Theme.u(Theme.lowReach || !Theme.portrait ? 24 : 32)

    objectName: "page.remark"

    Panel {
        id: panel

        width: root.width
        height: Theme.lowReach ? Math.round(Theme.stage.height / 2) : title.height + Theme.u(88)
        upright: false
        door: Theme.indigoGround
        doorDeep: Theme.indigoDeep

        Words {
            id: title

            objectName: "page.title"
            x: Theme.u(56)
            y: Theme.u(Theme.lowReach ? 32 : 44)
            width: parent.width - 2 * x
            text: qsTrId("remark.title")
            color: Theme.lightInk
            font.pixelSize: Theme.heading(48)
            font.weight: Font.ExtraBold
        }
        Item {
            id: aloft

            x: Theme.pad
            y: title.y + title.height + Theme.u(24)
            width: parent.width - 2 * x
            height: parent.height - y - Theme.u(32)
        }
    }

    Item {
        id: matter

        x: Theme.pad
        y: panel.height + root.pad
        width: (Theme.portrait ? root.width : keyboard.x) - 2 * x
        height: (Theme.portrait ? keyboard.y : root.height) - y - root.pad
    }

    WrittenBox {
        parent: Theme.lowReach ? aloft : matter
        width: parent.width
        height: parent.height - (!Theme.lowReach && microphone.visible ? microphone.height + Theme.gap : 0)
        written: root.remark.words
        placeholder: qsTrId("remark.hint")
    }

    BigButton {
        id: microphone

        objectName: "remark.speak"
        parent: matter
        y: Theme.lowReach ? 0 : parent.height - height
        width: parent.width
        visible: root.remark.hears && root.visible
        outlined: root.remark.voice !== "listening"
        ground: Theme.amberGround
        pale: Theme.amberPale
        iconName: "mic"
        text: root.remark.voiceText
        onClicked: root.remark.speak()
    }

    Keyboard {
        id: keyboard

        x: root.width - width
        y: root.height - height
        width: Theme.portrait ? root.width : Math.round(root.width * 0.6)
        height: !Theme.portrait ? root.height - panel.height
              : Theme.lowReach ? Math.round((root.height - panel.height) * 0.72)
              : Math.round(Theme.stage.height * 0.4)
        shallow: Theme.lowReach
        telex: root.remark.telex
        enter: qsTrId("remark.done")
        enterIcon: "check"
        enterGround: Theme.indigoGround
        onKeyTouched: code => root.remark.press(code)
    }
}
