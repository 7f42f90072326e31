import QtQuick
import ".."

// A text that wraps and is never cut off.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.words(34)
    font.weight: Font.Medium
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
}
