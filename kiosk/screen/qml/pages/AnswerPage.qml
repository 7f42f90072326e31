pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// The answer to a question: said in a sentence, shown in cards, never without a way on.
PageFrame {
    id: root

    required property AnswerView answer
    required property ProcedureView procedure
    required property KioskView kiosk

    readonly property bool flat: Theme.lowReach && !Theme.portrait // room for one row of choices
    readonly property bool shallow: flat && cards.count > 0 // cards alone
    readonly property bool chooses: answer.kind === "choices" || (answer.kind === "no_match" && choices.count > 0)

    objectName: "page.answer"
    title: chooses ? qsTrId("answer.which") : answer.title
    subtitle: qsTrId("answer.asked").replace("%1", answer.question)
    iconName: "search"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    usesAloft: true

    Bubble {
        id: bubble

        parent: Theme.lowReach ? root.aloft : middle.parent
        y: Theme.lowReach || cards.count || choices.count ? 0 : (actions.y - height) / 2
        width: parent.width
        visible: !root.shallow
        text: root.answer.spoken
    }

    Item {
        id: middle

        y: Theme.lowReach ? 0 : bubble.height + Theme.gap
        width: parent.width
        height: actions.y - y - Theme.gap

        LineList {
            id: choices

            anchors.fill: parent
            columns: root.flat && !Theme.largeText ? 4 : Theme.portrait && !Theme.lowReach ? 1 : 2
            paged: root.flat
            model: root.answer.choices
            onChosen: code => root.procedure.open(code)
        }
    }

    ReadingSheet {
        id: sheet

        parent: Theme.lowReach ? root.aloft : middle
        y: Theme.lowReach && !root.shallow ? bubble.height + Theme.gap : 0
        width: parent.width
        height: Math.max(0, Math.min(full, tallest - (overflows ? turn.taken : 0)))
        tallest: parent.height - y
        visible: cards.count > 0

        Column {
            id: cards

            readonly property int count: repeater.count

            width: parent.width
            spacing: Theme.u(28)

            Repeater {
                id: repeater

                model: root.answer.cards

                FactRow {
                    width: cards.width
                }
            }
        }
    }

    TurnButton {
        id: turn

        readonly property bool above: Theme.portrait // else it stands beside the actions
        readonly property real taken: above && !Theme.lowReach ? height + Theme.gap : 0

        y: above ? middle.y + middle.height - height : actions.y
        width: above ? parent.width : Math.floor((parent.width - 2 * Theme.gap) / 3)
        height: Theme.actionRow
        visible: sheet.visible && sheet.overflows
        sheet: sheet
    }

    RowLayout {
        id: actions

        x: turn.visible && !turn.above ? turn.width + Theme.gap : 0
        y: parent.height - height
        width: parent.width - x
        height: Theme.actionRow
        spacing: Theme.gap
        uniformCellSizes: true

        Repeater {
            model: root.answer.actions

            BigButton {
                required property string code
                required property string name
                required property int index

                objectName: "answer." + code
                Layout.fillWidth: true
                Layout.fillHeight: true
                outlined: index > 0
                ground: Theme.tealGround
                pale: Theme.tealPale
                text: name
                onClicked: root.answer.act(code)
            }
        }
    }
}
