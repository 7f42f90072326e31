pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import ".."

// The technician's pages, above everything that a citizen sees.
Rectangle {
    id: root

    required property TechnicianView technician
    required property HallView hall

    readonly property bool modal: true // for whoever goes by keys
    readonly property SelfTestView tests: technician.tests as SelfTestView
    readonly property bool inside: technician.page !== "pin"

    objectName: "technician.stage"
    color: Theme.background

    MultiPointTouchArea { // nothing below is touched
        anchors.fill: parent
    }

    component Page: Loader {
        required property string name

        anchors.fill: parent
        active: root.technician.page === name
    }

    PinPage {
        anchors.fill: parent
        visible: !root.inside
        technician: root.technician
    }

    Rectangle {
        id: rail

        width: Theme.portrait ? root.width : Theme.u(360)
        height: Theme.portrait ? bar.implicitHeight + Theme.u(36) : root.height
        visible: root.inside
        color: Theme.surface

        TechnicianBar {
            id: bar

            anchors.fill: parent
            anchors.margins: Theme.u(18)
            technician: root.technician
            hall: root.hall
        }
        Rectangle {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : Theme.stroke
            height: Theme.portrait ? Theme.stroke : parent.height
            color: Theme.line
        }
    }

    Item {
        id: body

        x: (Theme.portrait ? 0 : rail.width) + Theme.u(32)
        y: (Theme.portrait ? rail.height : 0) + Theme.u(28)
        width: root.width - x - Theme.u(32)
        height: root.height - y - Theme.u(28)
        visible: root.inside

        Page {
            name: "parts"
            sourceComponent: PartsPage { parts: root.technician.parts as PartsView }
        }
        Page {
            name: "tests"
            sourceComponent: TestsPage { tests: root.tests }
        }
        Page {
            name: "settings"
            sourceComponent: SettingsPage {
                settings: root.technician.settings as SettingsView
                onRestarted: root.technician.restart()
            }
        }
        Page {
            name: "log"
            sourceComponent: LogPage { logs: root.technician.logs as LogView }
        }
        Page {
            name: "first"
            sourceComponent: FirstStartPage {
                first: root.technician.firstStart as FirstStartView
                onRestarted: root.technician.restart()
            }
        }
    }

    TestPanel {
        visible: root.tests.test !== "" && !root.tests.grid && !root.tests.picture
        tests: root.tests
    }

    Loader {
        anchors.fill: parent
        active: root.tests.grid
        sourceComponent: TouchGrid { tests: root.tests }
    }

    Loader {
        anchors.fill: parent
        active: root.tests.picture
        sourceComponent: TestPicture {
            name: root.hall.site
            asks: true
            onAnswered: good => root.tests.answer(good)
        }
    }
}
