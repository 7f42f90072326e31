import QtQuick
import ".."

// The core is away: one moment more, and then on at the same place.
Veil {
    id: root

    objectName: "reconnecting"

    Face {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Theme.u(300)
        height: Theme.u(250)
    }
    Words {
        width: parent.width
        text: qsTrId("away.title")
        font.pixelSize: Theme.heading(54)
        font.weight: Font.ExtraBold
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        width: parent.width
        text: qsTrId("away.about")
        color: Theme.quiet
        font.pixelSize: Theme.words(36)
        horizontalAlignment: Text.AlignHCenter
    }
}
