import QtQuick
import Kiosk
import ".."
import "../controls"

// The code on the receipt of a dossier: letters, figures, dots and dashes.
PageFrame {
    id: root

    required property DossierView dossier

    readonly property bool beside: !Theme.portrait && Theme.lowReach

    objectName: "page.dossier"
    door: Theme.tealGround
    doorDeep: Theme.tealDeep
    title: qsTrId("dossier.title")
    subtitle: Theme.lowReach ? "" : dossier.scans ? qsTrId("dossier.about_scan") : qsTrId("dossier.about")
    iconName: "file-text"
    usesAloft: true

    Item {
        id: shown

        width: parent.width
        height: Theme.lowReach ? 0 : figures.implicitHeight
    }

    Figures {
        id: figures

        parent: Theme.lowReach ? root.aloft : shown
        anchors.verticalCenter: parent.verticalCenter
        visible: root.visible
        width: parent.width
        height: implicitHeight
        tint: Theme.teal
        longest: true
        typed: root.dossier.typed
        placeholder: qsTrId("dossier.hint")
        fits: root.dossier.complete
    }

    NumberPad {
        y: Theme.lowReach ? 0 : shown.height + Theme.gap
        width: parent.width - (root.beside ? find.width + Theme.gap : 0)
        height: parent.height - y - (root.beside ? 0 : find.height + Theme.gap)
        letters: root.dossier.letters
        notes: ({ ".": qsTrId("dossier.dot"), "-": qsTrId("dossier.dash") })
        tallest: Theme.u(190)
        onKeyTouched: code => root.dossier.type(code)
    }

    BigButton {
        id: find

        objectName: "dossier.find"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.beside ? Math.round(parent.width * 0.2) : parent.width
        height: root.beside ? parent.height : implicitHeight
        ground: Theme.tealGround
        pale: Theme.tealPale
        iconName: root.beside ? "" : "search"
        text: qsTrId("dossier.find")
        onClicked: root.dossier.find()
    }
}
