import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// What a key means, what is set, what is typed, and what the check of it has come to.
ColumnLayout {
    id: root

    required property SettingView setting

    readonly property bool picks: setting.kind === "switch" || setting.kind === "choice"

    spacing: Theme.u(18)

    Words {
        objectName: "setting.name"
        Layout.fillWidth: true
        text: root.setting.name
        font.pixelSize: Theme.fine(36)
        font.weight: Font.ExtraBold
        wrapMode: Text.WrapAnywhere
    }
    Words {
        Layout.fillWidth: true
        text: root.setting.means
        font.pixelSize: Theme.fine(28)
        wrapMode: Text.Wrap
    }
    Words {
        Layout.fillWidth: true
        text: qsTrId("tech_set.now").replace("%1", root.setting.was + (root.setting.unit ? " " + root.setting.unit : ""))
        color: Theme.quiet
        font.pixelSize: Theme.fine(25)
        wrapMode: Text.WrapAnywhere
    }
    SettingOptions {
        Layout.fillWidth: true
        visible: root.picks
        model: root.setting.options
        onChosen: code => root.setting.choose(code)
    }
    SettingEntries {
        Layout.fillWidth: true
        visible: root.setting.kind === "list"
        setting: root.setting
    }
    RowLayout {
        Layout.fillWidth: true
        visible: !root.picks
        spacing: Theme.seam

        TypedBox {
            objectName: "setting.typed"
            Layout.fillWidth: true
            text: root.setting.typed
            unit: root.setting.unit
        }
        TechButton {
            objectName: "setting.add"
            visible: root.setting.kind === "list"
            iconName: "check"
            text: qsTrId("tech_set.add")
            enabled: root.setting.typed !== ""
            onClicked: root.setting.add()
        }
    }
    Told {
        objectName: "setting.told"
        Layout.fillWidth: true
        verdict: ({ good: "ok", wrong: "fault", refused: "fault" })[root.setting.state] ?? "skipped"
        text: root.setting.state === "checking" ? qsTrId("tech_set.checking") : root.setting.told
    }
    Item {
        Layout.fillHeight: true
    }
}
