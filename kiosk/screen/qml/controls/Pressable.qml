import QtQuick
import QtQuick.Templates as T
import ".."

// Whatever answers to a finger, or to a key: a plain button without a style. What it is called, how
// it stands (on, off, chosen) and what else is to be known is spoken where nobody sees it.
T.AbstractButton {
    id: root

    property string spokenName: text
    property string spokenMore: ""
    property string spokenState: ""

    readonly property bool touchTarget: true

    implicitWidth: Math.max(Theme.touch, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    focusPolicy: Qt.NoFocus
    padding: Theme.u(24)

    Accessible.role: Accessible.Button
    Accessible.name: spokenName
    Accessible.description: spokenMore
    Accessible.checkable: spokenState !== ""
    Accessible.checked: spokenState === "on" || spokenState === "chosen"
    Accessible.focusable: true
    Accessible.onPressAction: click()
}
