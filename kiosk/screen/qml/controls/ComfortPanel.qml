pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."

// The four modes, above the button that opens them.
Item {
    id: root

    required property ComfortView comfort

    readonly property bool modal: true // for whoever goes by keys

    signal closed

    function dismiss(): void {
        closed()
    }

    MultiPointTouchArea {
        anchors.fill: parent
        onPressed: root.closed()
    }

    Sheet {
        x: Theme.u(24)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.u(24)
        width: Math.min(parent.width - 2 * x, Theme.u(Theme.portrait ? 720 : 1500))
        height: column.implicitHeight + Theme.u(72)
        border.color: Theme.brand
        border.width: Math.max(2, Theme.u(4))

        MultiPointTouchArea {
            anchors.fill: parent
        }

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: parent.width - Theme.u(72)
            spacing: Theme.gap

            Words {
                Layout.fillWidth: true
                text: qsTrId("comfort.title")
                font.pixelSize: Theme.words(40)
                font.weight: Font.Bold
            }
            GridLayout {
                Layout.fillWidth: true
                columns: Theme.portrait ? 1 : 2
                rowSpacing: Theme.gap
                columnSpacing: Theme.gap
                uniformCellWidths: true

                component Mode: ModeSwitch {
                    required property string mode

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    objectName: "comfort." + mode
                    onClicked: root.comfort.toggle(mode)
                }

                Mode {
                    mode: "largeText"
                    iconName: "a-large-small"
                    text: qsTrId("comfort.large_text")
                    on: root.comfort.largeText
                }
                Mode {
                    mode: "highContrast"
                    iconName: "contrast"
                    text: qsTrId("comfort.high_contrast")
                    on: root.comfort.highContrast
                }
                Mode {
                    mode: "lowReach"
                    iconName: "move-down"
                    text: qsTrId("comfort.low_reach")
                    on: root.comfort.lowReach
                }
                Mode {
                    mode: "slowSpeech"
                    iconName: "audio-lines"
                    text: qsTrId("comfort.slow_speech")
                    on: root.comfort.slowSpeech
                }
            }
        }
    }
}
