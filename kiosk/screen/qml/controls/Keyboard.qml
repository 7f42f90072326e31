pragma ComponentBehavior: Bound

import QtQuick
import ".."

// The Vietnamese keyboard: tones for the last word, letters with marks, digits, QWERTY.
// Shallow, tones and letters with marks share a row. What a key writes is decided elsewhere.
Rectangle {
    id: root

    property bool shallow: false
    property bool telex: false
    property string enter: qsTrId("key.search") // what the last key says
    property string enterIcon: "search"
    property color enterGround: Theme.tealGround

    readonly property real gap: Math.max(Theme.u(10), Math.ceil(4 * Theme.mm))
    readonly property real unit: (width - 2 * margin - 9 * gap) / 10
    readonly property real margin: Theme.u(16)
    readonly property var tones: ["acute", "grave", "hook", "tilde", "dot", "none"]
    readonly property var marks: ["ă", "â", "đ", "ê", "ô", "ơ", "ư"]
    readonly property var plain: [Array.from("1234567890"), Array.from("qwertyuiop"), Array.from("asdfghjkl"),
                                  ["clear", ...Array.from("zxcvbnm"), "erase"], ["telex", "space", "search"]]
    readonly property var rows: shallow ? [[...tones, ...marks], ...plain] : [tones, marks, ...plain]
    readonly property var labels: ({
        acute: "á", grave: "à", hook: "ả", tilde: "ã", dot: "ạ", none: "a",
        telex: "Telex", space: qsTrId("key.space"), search: enter, clear: "", erase: ""
    })
    readonly property var notes: ({
        acute: qsTrId("key.acute"), grave: qsTrId("key.grave"), hook: qsTrId("key.hook"),
        tilde: qsTrId("key.tilde"), dot: qsTrId("key.dot"), none: qsTrId("key.none")
    })
    readonly property var icons: ({ clear: "circle-x", erase: "delete", search: enterIcon })
    readonly property real rowHeight: Math.floor((height - 2 * margin - (rows.length - 1) * gap) / rows.length)

    signal keyTouched(string code)

    // In tenths of the keyboard's width.
    function weight(code: string, row: var): real {
        switch (code) {
        case "clear":
        case "erase":
            return 1.5
        case "telex":
            return 2
        case "space":
            return 4.5
        case "search":
            return 3.5
        }
        return row.length > 10 || row.length < 9 ? 10 / row.length : 1
    }

    function ground(code: string): color {
        if (tones.includes(code))
            return Theme.tonePale
        if (marks.includes(code))
            return Theme.tealPale
        if (code === "search" || (code === "telex" && telex))
            return enterGround
        return Theme.surface
    }

    color: Theme.keyGround

    Column {
        x: root.margin
        y: root.margin
        width: parent.width - 2 * x
        spacing: root.gap

        Repeater {
            model: root.rows

            Row {
                id: line

                required property var modelData

                anchors.horizontalCenter: parent?.horizontalCenter
                spacing: root.gap

                Repeater {
                    model: line.modelData

                    Key {
                        required property string modelData

                        readonly property real tenths: root.weight(modelData, line.modelData)

                        code: modelData
                        width: Math.floor(tenths * root.unit + (tenths - 1) * root.gap)
                        height: root.rowHeight
                        text: root.labels[modelData] ?? modelData
                        note: root.shallow ? "" : root.notes[modelData] ?? ""
                        iconName: root.icons[modelData] ?? ""
                        ground: root.ground(modelData)
                        ink: Qt.colorEqual(ground, root.enterGround) ? Theme.lightInk : Theme.ink
                        onPressed: root.keyTouched(modelData)
                    }
                }
            }
        }
    }
}
