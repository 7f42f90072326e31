pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// One procedure: what to bring, what it costs, how it goes; and on with it.
PageFrame {
    id: root

    required property ProcedureView procedure
    required property TicketView ticket

    readonly property bool roomy: !Theme.largeText && (turn.above || !turn.visible)
    readonly property bool showsCompanions: procedure.section === "companions"
    readonly property bool shallow: Theme.lowReach && !Theme.portrait && showsCompanions // no room for more

    objectName: "page.procedure"
    title: procedure.title
    subtitle: Theme.largeText && Theme.sideBySide ? "" : procedure.about
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    usesAloft: true

    corner: QrTag {
        visible: root.procedure.here
        content: root.procedure.portal
        caption: root.procedure.online
    }

    component Chapter: Tab {
        required property string section

        objectName: "section." + section
        Layout.fillWidth: true
        Layout.fillHeight: true
        pictured: !Theme.portrait && !Theme.largeText
        chosen: root.procedure.section === section
        onClicked: root.procedure.turnTo(section)
    }

    GridLayout {
        id: chapters

        width: parent.width
        columns: 4
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Chapter {
            section: "documents"
            iconName: "files"
            text: qsTrId("section.documents")
        }
        Chapter {
            section: "facts"
            iconName: "banknote"
            text: qsTrId("section.facts")
        }
        Chapter {
            section: "steps"
            iconName: "footprints"
            text: qsTrId("section.steps")
        }
        Chapter {
            section: "companions"
            visible: root.procedure.hasCompanions
            iconName: "link-2"
            text: qsTrId("section.companions")
        }
    }

    Item {
        id: middle

        y: chapters.height + Theme.gap
        width: parent.width
        height: parent.height - y - (root.shallow ? 0 : Theme.actionRow) - Theme.gap

        LineList {
            anchors.fill: parent
            visible: root.showsCompanions
            columns: Theme.portrait && !Theme.lowReach ? 1 : root.shallow ? 3 : 2
            paged: root.shallow
            model: root.procedure.companions
            onChosen: code => root.procedure.open(code)
        }
    }

    Leaflet {
        id: leaflet

        parent: Theme.lowReach ? root.aloft : middle
        width: parent.width
        height: Math.min(full, tallest - (overflows ? turn.taken : 0))
        tallest: parent.height
        visible: root.procedure.here && !root.showsCompanions
        procedure: root.procedure
    }

    TurnButton {
        id: turn

        readonly property bool above: Theme.portrait // else it stands beside the actions
        readonly property real taken: above && !Theme.lowReach ? height + Theme.gap : 0

        y: above ? middle.y + middle.height - height : actions.y
        width: above ? parent.width : Math.floor((parent.width - 2 * Theme.gap) / 3)
        height: Theme.actionRow
        visible: sheet.overflows && !root.showsCompanions
        sheet: leaflet
    }

    RowLayout {
        id: actions

        x: turn.visible && !turn.above ? turn.width + Theme.gap : 0
        y: parent.height - height
        width: parent.width - x
        height: Theme.actionRow
        visible: !root.shallow
        spacing: Theme.gap
        uniformCellSizes: true

        BigButton {
            objectName: "procedure.print"
            Layout.fillWidth: true
            Layout.fillHeight: true
            enabled: root.procedure.here && !root.procedure.printing
            outlined: true
            ground: Theme.tealGround
            pale: Theme.tealPale
            iconName: root.roomy ? "printer" : ""
            text: root.procedure.printing ? qsTrId("procedure.printing") : qsTrId("procedure.print")
            onClicked: root.procedure.printChecklist()
        }
        BigButton {
            objectName: "procedure.ticket"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.procedure.service !== ""
            iconName: root.roomy ? "ticket" : ""
            text: qsTrId("procedure.ticket")
            onClicked: root.ticket.choose(root.procedure.service)
        }
    }
}
