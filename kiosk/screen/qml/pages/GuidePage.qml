pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk
import ".."
import "../controls"

// What has to be done? Typed, or chosen by a picture.
PageFrame {
    id: root

    required property KioskView kiosk
    required property GuideView guide
    required property BrowseView browse
    required property SearchView search

    readonly property bool byLife: guide.shelf === "life"

    // Low and wide, the ways stand beside the cards.
    readonly property bool beside: Theme.lowReach && !Theme.portrait
    readonly property bool across: !beside && (Theme.lowReach || !Theme.portrait)

    objectName: "page.guide"
    title: qsTrId("guide.title")
    subtitle: guide.about
    iconName: "search"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    usesAloft: guide.absent

    Advice {
        anchors.fill: parent
        visible: root.guide.absent
        aloft: root.aloft
        ground: Theme.tealGround
        pale: Theme.tealPale
        iconName: "search"
        headline: qsTrId("guide.absent")
        text: qsTrId("guide.absent_about")
        onClerkWanted: root.kiosk.callClerk()
        onHomeWanted: root.kiosk.home()
    }

    GridLayout {
        id: ways

        width: root.beside ? Math.round(parent.width * 0.36) : parent.width
        visible: !root.guide.absent
        columns: root.across ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Pressable {
            objectName: "guide.search"
            spokenName: qsTrId("guide.search")
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: 0
            onClicked: root.search.open()

            contentItem: SearchBox {
                placeholder: qsTrId("guide.search")
                typed: root.search.text
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap
            uniformCellSizes: true

            Tab {
                objectName: "guide.life"
                Layout.fillWidth: true
                Layout.fillHeight: true
                pictured: Theme.portrait && !Theme.lowReach
                iconName: "users"
                text: qsTrId("guide.life")
                chosen: root.byLife
                onClicked: root.guide.turnTo("life")
            }
            Tab {
                objectName: "guide.fields"
                Layout.fillWidth: true
                Layout.fillHeight: true
                pictured: Theme.portrait && !Theme.lowReach
                iconName: "layers"
                text: qsTrId("guide.fields")
                chosen: !root.byLife
                onClicked: root.guide.turnTo("fields")
            }
        }
    }

    Item {
        id: under

        y: ways.height + Theme.gap
        width: ways.width
        height: parent.height - y
    }

    component Shelf: CardGrid {
        id: shelf

        required property string kind

        x: root.beside ? ways.width + Theme.gap : 0
        y: root.beside ? 0 : ways.height + Theme.gap
        width: parent.width - x
        height: parent.height - y
        morePlace: root.beside ? under : null
        ground: Theme.tealGround
        pale: Theme.tealPale
        tallest: Theme.u(220)

        delegate: PictureCard {
            required property int index
            required property string code
            required property string name

            objectName: shelf.kind + "." + code
            width: shelf.widthOf(index)
            height: shelf.cellHeight
            across: shelf.kind === "field" || Theme.lowReach
            text: name
            onClicked: shelf.kind === "field" ? root.browse.openField(code) : root.browse.openLifeEvent(code)
        }
    }

    Shelf {
        kind: "life"
        visible: root.byLife && !root.guide.absent
        columns: Theme.portrait ? 3 : root.beside ? (Theme.largeText ? 3 : 4) : Theme.largeText ? 5 : 6
        model: root.guide.lifeEvents
    }
    Shelf {
        kind: "field"
        visible: !root.byLife && !root.guide.absent
        columns: Theme.portrait ? 2 : root.beside ? (Theme.largeText ? 2 : 3) : Theme.largeText ? 3 : 4
        model: root.guide.fields
    }
}
