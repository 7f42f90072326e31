import QtQuick
import ".."

// A QR code on white, with what it is for.
Rectangle {
    id: root

    required property string content
    required property string caption
    property real extent: Theme.u(Theme.sideBySide ? 300 : 210)

    implicitWidth: extent + Theme.u(24)
    implicitHeight: image.height + words.height + Theme.u(28)
    radius: Theme.u(20)
    color: Theme.surface

    Image {
        id: image

        objectName: "qr"
        x: Theme.u(12)
        y: Theme.u(12)
        width: root.extent
        height: width
        source: root.content ? "image://qr/" + root.content : ""
        smooth: false
        fillMode: Image.PreserveAspectFit
    }
    Words {
        id: words

        x: Theme.u(8)
        y: image.y + image.height
        width: parent.width - 2 * x
        text: root.caption
        color: Theme.tealInk
        font.pixelSize: Theme.words(25)
        font.weight: Font.DemiBold
        lineHeight: 0.92
        horizontalAlignment: Text.AlignHCenter
    }
}
