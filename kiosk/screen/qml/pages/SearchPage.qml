import QtQuick
import Kiosk
import ".."
import "../controls"

// Typing on the glass; what it may mean appears with every letter.
Item {
    id: root

    required property SearchView search
    required property ProcedureView procedure

    readonly property real pad: Theme.u(Theme.lowReach || !Theme.portrait ? 24 : 32)

    objectName: "page.search"

    Panel {
        id: panel

        width: root.width
        height: Theme.lowReach ? Math.round(Theme.stage.height / 2)
              : Theme.portrait ? title.height + box.height + Theme.u(100) : box.height + Theme.u(56)
        upright: false
        door: Theme.tealGround
        doorDeep: Theme.tealDeep

        Words {
            id: title

            objectName: "page.title"
            x: Theme.u(56)
            y: Theme.portrait || Theme.lowReach ? Theme.u(36) : (parent.height - height) / 2
            text: qsTrId("search.title")
            color: Theme.lightInk
            font.pixelSize: Theme.heading(50)
            font.weight: Font.ExtraBold
            wrapMode: Text.NoWrap
        }
        SearchBox {
            id: box

            readonly property bool below: Theme.portrait || Theme.lowReach

            x: below ? Theme.pad : title.x + title.width + Theme.u(48)
            y: below ? title.y + title.height + Theme.u(24) : (parent.height - height) / 2
            width: parent.width - x - Theme.pad
            height: implicitHeight
            typed: root.search.text
            placeholder: qsTrId("search.hint")
            writing: true
        }
    }

    Item {
        id: results

        x: Theme.pad
        y: panel.height + root.pad
        width: (Theme.portrait ? root.width : keyboard.x) - 2 * x
        height: (Theme.portrait ? keyboard.y : root.height) - y - root.pad

        LineList {
            anchors.fill: parent
            visible: root.search.state === "found"
            columns: Theme.portrait && Theme.lowReach ? 2 : 1
            paged: false
            model: root.search.lines
            onChosen: code => root.procedure.open(code)
        }
        Sheet {
            width: parent.width
            height: Math.min(parent.height, words.height + Theme.u(72))
            visible: root.search.state !== "found"
            color: Theme.tealPale
            border.color: Theme.teal
            lifted: false

            Words {
                id: words

                objectName: "search." + root.search.state
                anchors.centerIn: parent
                width: parent.width - Theme.u(80)
                text: root.search.state === "empty" ? qsTrId("search.empty") : qsTrId("search.nothing")
                color: Theme.tealInk
                font.pixelSize: Theme.words(Theme.lowReach ? 32 : 38)
                font.weight: Font.DemiBold
            }
        }
    }

    Keyboard {
        id: keyboard

        x: root.width - width
        y: root.height - height
        width: Theme.portrait ? root.width : Math.round(root.width * 0.6)
        height: !Theme.portrait ? root.height - panel.height
              : Theme.lowReach ? Math.round((root.height - panel.height) * 0.58)
              : Math.round(Theme.stage.height * 0.4)
        shallow: Theme.lowReach
        telex: root.search.telex
        onKeyTouched: code => root.search.press(code)
    }
}
