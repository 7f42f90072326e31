pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// The keys of one table; of a table that is there many times, those of one of them.
ColumnLayout {
    id: root

    required property SettingsView settings

    spacing: Theme.seam

    Flow {
        Layout.fillWidth: true
        spacing: Theme.seam

        Repeater {
            model: root.settings.items

            TechButton {
                required property string code
                required property string name
                required property string chosen

                objectName: "item." + name
                filled: chosen !== ""
                text: name.length > 28 ? name.slice(0, 27) + "…" : name
                onClicked: root.settings.openItem(code)
            }
        }
    }

    ListView {
        id: list

        objectName: "settings.keys"
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        spacing: Theme.seam
        boundsBehavior: Flickable.StopAtBounds
        model: root.settings.rows

        delegate: SettingRow {
            width: list.width
            onClicked: root.settings.openKey(code)
        }
    }
}
