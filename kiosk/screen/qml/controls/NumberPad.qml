pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Figures, as on a telephone; lower and wider where there is no height. What a key writes is
// decided elsewhere.
Item {
    id: root

    property int columns: Theme.lowReach ? 6 : 3
    property var letters: [] // in a row of their own, above the figures
    property var notes: ({}) // under signs that are no letters
    property real tallest: Theme.u(150)

    readonly property var keys: columns === 3 ? [..."123456789", "clear", "0", "erase"]
                                              : [..."1234567890", "clear", "erase"]
    readonly property int rows: keys.length / columns + (letters.length ? 1 : 0)
    readonly property real keyHeight: Math.min(tallest, (height - (rows - 1) * Theme.gap) / rows)

    signal keyTouched(string code)

    implicitHeight: rows * (Theme.touch + Theme.gap) - Theme.gap

    component Line: Row {
        id: line

        required property var codes
        property int places: codes.length

        spacing: Theme.gap

        Repeater {
            model: line.codes

            Key {
                required property string modelData

                code: modelData
                width: Math.floor((root.width - (line.places - 1) * Theme.gap) / line.places)
                height: root.keyHeight
                text: modelData.length > 1 ? "" : modelData
                note: root.notes[modelData] ?? ""
                iconName: ({ clear: "circle-x", erase: "delete" })[modelData] ?? ""
                onPressed: root.keyTouched(modelData)
            }
        }
    }

    Column {
        spacing: Theme.gap

        Line {
            visible: root.letters.length > 0
            codes: root.letters
        }
        Repeater {
            model: root.keys.length / root.columns

            Line {
                required property int index

                codes: root.keys.slice(index * root.columns, (index + 1) * root.columns)
            }
        }
    }
}
