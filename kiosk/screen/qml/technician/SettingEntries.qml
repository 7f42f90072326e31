pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."

// What is in a list; a touch takes one out.
Flow {
    id: root

    required property SettingView setting

    spacing: Theme.seam

    Repeater {
        model: root.setting.entries

        TechButton {
            required property string code
            required property string name

            objectName: "entry." + code
            iconName: "circle-x"
            text: name
            onClicked: root.setting.remove(code)
        }
    }
}
