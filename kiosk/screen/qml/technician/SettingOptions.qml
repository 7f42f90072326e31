pragma ComponentBehavior: Bound

import QtQuick
import ".."

// A few values, one of which is chosen.
Flow {
    id: root

    property alias model: repeater.model

    signal chosen(string code)

    spacing: Theme.seam

    Repeater {
        id: repeater

        TechButton {
            required property string code
            required property string name
            required property string chosen

            objectName: "option." + code
            filled: chosen !== ""
            iconName: chosen ? "circle-check" : "circle"
            text: name
            onClicked: root.chosen(code)
        }
    }
}
