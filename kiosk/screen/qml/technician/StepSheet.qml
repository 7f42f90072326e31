import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// What a step asks, what was typed, and what can be chosen.
ColumnLayout {
    id: root

    required property FirstStartView first

    spacing: Theme.u(18)

    Words {
        objectName: "first.title"
        Layout.fillWidth: true
        text: root.first.title
        font.pixelSize: Theme.fine(42)
        font.weight: Font.ExtraBold
    }
    Words {
        Layout.fillWidth: true
        text: root.first.about
        font.pixelSize: Theme.fine(28)
    }
    Told {
        objectName: "first.told"
        Layout.fillWidth: true
        verdict: "fault"
        text: root.first.told
    }
    Told {
        objectName: "first.waiting"
        Layout.fillWidth: true
        verdict: "skipped"
        text: root.first.waiting
    }
    StepPeople {
        Layout.fillWidth: true
        visible: root.first.people
        first: root.first
    }
    TypedBox {
        objectName: "first.typed"
        Layout.fillWidth: true
        visible: root.first.types && !root.first.people
        text: root.first.typed
        placeholder: qsTrId("tech_first.type")
    }
    StepChoices {
        Layout.fillWidth: true
        Layout.fillHeight: true
        first: root.first
    }
}
