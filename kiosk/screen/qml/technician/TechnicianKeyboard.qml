pragma ComponentBehavior: Bound

import QtQuick
import "../controls"
import ".."

// Letters with capitals, figures and the signs of ports and lists. What a key writes is decided
// elsewhere.
Rectangle {
    id: root

    property bool shift: false
    property bool telex: false

    readonly property var rows: [Array.from(".:-/,@_\"[]"), Array.from("1234567890"), Array.from("qwertyuiop"),
                                 Array.from("asdfghjkl"), ["shift", ...Array.from("zxcvbnm"), "erase"],
                                 ["telex", "space", "clear"]]
    readonly property var seconds: ({ ".": "{", ":": "}", "-": "=", "/": "(", ",": ")", "@": "'", "_": "&", "\"": "+", "[": "?", "]": "!" })
    readonly property var icons: ({ shift: "arrow-big-up", erase: "delete", clear: "circle-x" })
    readonly property var labels: ({ shift: "", erase: "", clear: "", telex: "Telex", space: qsTrId("tech.space") })
    readonly property var names: ({ shift: qsTrId("tech.shift"), erase: qsTrId("spoken_name.erase"),
                                    clear: qsTrId("spoken_name.clear"), space: qsTrId("tech.space") })
    readonly property real margin: Theme.u(14)
    readonly property real gap: Theme.seam
    readonly property real unit: (width - 2 * margin - 9 * gap) / 10
    readonly property real rowHeight: Math.max(Math.ceil(16 * Theme.mm), Theme.u(Theme.portrait ? 88 : 72))

    signal keyTouched(string code)

    // In tenths of the keyboard's width.
    function weight(code: string): real {
        return ({ shift: 1.5, erase: 1.5, telex: 2, space: 6, clear: 2 })[code] ?? 1
    }

    implicitHeight: rows.length * (rowHeight + gap) - gap + 2 * margin
    radius: Theme.u(16)
    color: Theme.keyGround

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: root.margin
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

                        readonly property real tenths: root.weight(modelData)
                        readonly property bool letter: modelData.length === 1

                        code: letter && root.shift ? root.seconds[modelData] ?? modelData.toUpperCase() : modelData
                        objectName: "key." + modelData
                        spokenName: root.names[modelData] ?? code
                        width: Math.floor(tenths * root.unit + (tenths - 1) * root.gap)
                        height: root.rowHeight
                        text: root.labels[modelData] ?? code
                        iconName: root.icons[modelData] ?? ""
                        ground: (modelData === "shift" && root.shift) || (modelData === "telex" && root.telex) ? Theme.gold : Theme.surface
                        onPressed: root.keyTouched(root.seconds[modelData] ? code : modelData)
                    }
                }
            }
        }
    }
}
