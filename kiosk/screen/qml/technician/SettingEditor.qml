pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// One key: what it means, what is set, and the way to change it.
ColumnLayout {
    id: root

    required property SettingView setting

    objectName: "setting.editor"
    spacing: Theme.u(18)

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.u(32)
        rowSpacing: Theme.u(18)

        SettingSheet {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 4
            setting: root.setting
        }
        ValuePad {
            Layout.alignment: Qt.AlignHCenter | Qt.AlignBottom
            Layout.preferredWidth: Theme.u(Theme.portrait ? 720 : 620)
            visible: root.setting.kind === "number"
            onKeyTouched: code => root.setting.press(code)
        }
        TechnicianKeyboard {
            Layout.alignment: Qt.AlignBottom
            Layout.fillWidth: true
            Layout.preferredWidth: 5
            visible: root.setting.kind === "text" || root.setting.kind === "list"
            shift: root.setting.shift
            telex: root.setting.telex
            onKeyTouched: code => root.setting.press(code)
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.seam

        TechButton {
            objectName: "setting.close"
            iconName: "arrow-left"
            text: qsTrId("tech_set.close")
            onClicked: root.setting.close()
        }
        TechButton {
            objectName: "setting.reset"
            visible: root.setting.standard !== ""
            Layout.maximumWidth: Theme.u(560)
            iconName: "rotate-ccw"
            text: root.setting.standard
            onClicked: root.setting.reset()
        }
        TechButton {
            objectName: "setting.save"
            Layout.fillWidth: true
            filled: true
            ground: Theme.tealGround
            iconName: "check"
            text: qsTrId("tech_set.save")
            enabled: root.setting.state === "good"
            onClicked: root.setting.save()
        }
    }
}
