pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import "../controls"
import ".."

// One step of the first start: what is asked, what can be chosen, what is typed.
ColumnLayout {
    id: root

    required property FirstStartView first

    signal restarted

    objectName: "page.first"
    spacing: Theme.u(20)

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.u(20)

        Words {
            objectName: "first.number"
            visible: !root.first.done
            text: root.first.number + " / " + root.first.count
            color: Theme.brand
            font.pixelSize: Theme.fine(30)
            font.weight: Font.ExtraBold
            wrapMode: Text.NoWrap
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Theme.u(12)
            radius: height / 2
            color: Theme.keyGround

            Rectangle {
                width: parent.width * (root.first.done ? 1 : root.first.number / root.first.count)
                height: parent.height
                radius: height / 2
                color: Theme.brand
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.u(32)
        rowSpacing: Theme.u(18)

        StepSheet {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 4
            first: root.first
        }
        TechnicianKeyboard {
            Layout.alignment: Qt.AlignBottom
            Layout.fillWidth: true
            Layout.preferredWidth: 5
            visible: root.first.types
            shift: root.first.shift
            telex: root.first.telex
            onKeyTouched: code => root.first.press(code)
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.seam

        TechButton {
            objectName: "first.back"
            visible: root.first.number > 1 && !root.first.done
            iconName: "arrow-left"
            text: qsTrId("tech_first.back")
            onClicked: root.first.back()
        }
        TechButton {
            objectName: "first.skip"
            visible: !root.first.done
            text: qsTrId("tech_first.skip")
            onClicked: root.first.skip()
        }
        TechButton {
            objectName: "first.test"
            visible: root.first.step === "test"
            iconName: "printer"
            text: qsTrId("tech_first.print")
            onClicked: root.first.test()
        }
        TechButton {
            objectName: "first.next"
            Layout.fillWidth: true
            visible: root.first.step !== ""
            filled: true
            ground: Theme.tealGround
            iconName: "arrow-right"
            text: root.first.nextText
            onClicked: root.first.next()
        }
        TechButton {
            objectName: "first.restart"
            Layout.fillWidth: true
            visible: root.first.done
            filled: true
            ground: Theme.amberGround
            iconName: "power"
            text: qsTrId("tech_set.restart")
            onClicked: root.restarted()
        }
    }
}
