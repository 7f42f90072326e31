pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// The tables of config.toml, the keys of one, and one key to be changed.
Item {
    id: root

    required property SettingsView settings

    readonly property SettingView setting: settings.setting as SettingView

    signal restarted

    objectName: "page.settings"

    ColumnLayout {
        anchors.fill: parent
        visible: !root.setting.open
        spacing: Theme.u(18)

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.seam

            TechButton {
                objectName: "settings.back"
                visible: root.settings.table !== ""
                iconName: "arrow-left"
                text: qsTrId("tech_set.tables")
                onClicked: root.settings.openTable("")
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                Words {
                    Layout.fillWidth: true
                    text: root.settings.table ? "[" + root.settings.table + "]" : "config.toml"
                    font.pixelSize: Theme.fine(32)
                    font.weight: Font.ExtraBold
                }
                Words {
                    Layout.fillWidth: true
                    text: root.settings.table ? root.settings.about : qsTrId("tech_set.about")
                    color: Theme.quiet
                    font.pixelSize: Theme.fine(24)
                }
            }
            TechButton {
                objectName: "settings.restore"
                visible: root.settings.former !== ""
                iconName: "rotate-ccw"
                text: qsTrId("tech_set.as_it_was")
                onClicked: root.settings.restore()
            }
        }
        Told {
            objectName: "settings.fault"
            Layout.fillWidth: true
            verdict: "fault"
            text: root.settings.fault ? qsTrId("tech_set.fault").replace("%1", root.settings.fault) : ""
        }
        Told {
            objectName: "settings.told"
            Layout.fillWidth: true
            verdict: "ok"
            text: root.settings.told
        }
        Told {
            objectName: "settings.waiting"
            Layout.fillWidth: true
            verdict: "warning"
            text: root.settings.restart
            button: qsTrId("tech_set.restart")
            onPressed: root.restarted()
        }
        SettingTables {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.settings.table === ""
            settings: root.settings
        }
        SettingKeys {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.settings.table !== ""
            settings: root.settings
        }
    }

    Loader {
        anchors.fill: parent
        active: root.setting.open
        sourceComponent: SettingEditor { setting: root.setting }
    }
}
