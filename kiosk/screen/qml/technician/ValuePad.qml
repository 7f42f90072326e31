pragma ComponentBehavior: Bound

import QtQuick
import "../controls"
import ".."

// Figures, a point and a minus. What a key writes is decided elsewhere.
Item {
    id: root

    readonly property int columns: 4
    readonly property real keyWidth: Math.floor((width - (columns - 1) * Theme.seam) / columns)
    readonly property real keyHeight: Math.max(Theme.finger, Theme.u(Theme.portrait ? 104 : 88))

    signal keyTouched(string code)

    implicitHeight: 4 * keyHeight + 3 * Theme.seam

    Grid {
        columns: root.columns
        spacing: Theme.seam

        Repeater {
            model: ["1", "2", "3", "erase", "4", "5", "6", "clear", "7", "8", "9", "-", ".", "0"]

            Key {
                required property string modelData

                code: modelData
                width: root.keyWidth
                height: root.keyHeight
                text: modelData.length > 1 ? "" : modelData
                iconName: ({ clear: "circle-x", erase: "delete" })[modelData] ?? ""
                onPressed: root.keyTouched(modelData)
            }
        }
    }
}
