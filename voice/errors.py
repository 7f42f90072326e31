"""What can go wrong with speech.

    SpeechError
    ├── Garbled               wire.garbled              a line on a pipe that is no message
    ├── SynthesiserError
    │   ├── NoSynthesiser     speech.no_synthesiser     pyttsx3 or libespeak-ng is not installed
    │   └── SynthesiserFailed speech.synthesiser_failed it died, hung or made no sound
    ├── BadSound              speech.bad_sound          a WAV that is damaged or of another kind
    ├── OutputError
    │   ├── NoSoundCard       speech.no_sound_card      there is nothing to play to
    │   └── OutputFailed      speech.output_failed      the sound card went away while playing
    ├── MicrophoneError
    │   ├── NoMicrophone      voice.no_microphone       there is nothing to hear with
    │   └── MicrophoneFailed  voice.microphone_failed   it went away while listening
    ├── RecognizerError
    │   ├── ModelUnusable     voice.model_unusable      missing, damaged or of another kind
    │   ├── NoScoring         voice.no_scoring          this engine cannot score candidates
    │   └── RecognizerFailed  voice.recognizer_failed   the engine failed over a sound
    └── InstallFailed         voice.install_failed      a model could not be fetched or is not it

`code` is stable: logs, tests and states rely on it.
"""


class SpeechError(Exception):
    """Root of the tree."""

    code = "speech"


class Garbled(SpeechError):
    """A line on a pipe is no message of ours."""

    code = "wire.garbled"


class SynthesiserError(SpeechError):
    """No sound could be made of a text."""

    code = "speech.synthesiser"


class NoSynthesiser(SynthesiserError):
    """The synthesiser is not installed; trying again soon is of no use."""

    code = "speech.no_synthesiser"


class SynthesiserFailed(SynthesiserError):
    """The synthesiser died, hung or made nothing of this text."""

    code = "speech.synthesiser_failed"


class BadSound(SpeechError):
    """A file is no WAV that can be played."""

    code = "speech.bad_sound"


class OutputError(SpeechError):
    """The sound cannot be heard."""

    code = "speech.output"


class NoSoundCard(OutputError):
    """There is no sound card, or not the one that was asked for."""

    code = "speech.no_sound_card"


class OutputFailed(OutputError):
    """The sound card failed while it played."""

    code = "speech.output_failed"


class MicrophoneError(SpeechError):
    """Nothing can be heard."""

    code = "voice.microphone"


class NoMicrophone(MicrophoneError):
    """There is no microphone, or not the one that was asked for."""

    code = "voice.no_microphone"


class MicrophoneFailed(MicrophoneError):
    """The microphone failed while it was open."""

    code = "voice.microphone_failed"


class RecognizerError(SpeechError):
    """A sound could not be made into text."""

    code = "voice.recognizer"


class ModelUnusable(RecognizerError):
    """The folder holds no model that can be used."""

    code = "voice.model_unusable"


class NoScoring(RecognizerError):
    """Candidates cannot be scored: not by this engine, or before anything was heard."""

    code = "voice.no_scoring"


class RecognizerFailed(RecognizerError):
    """The engine failed over a sound."""

    code = "voice.recognizer_failed"


class InstallFailed(SpeechError):
    """A model could not be fetched, or is not the one that was meant."""

    code = "voice.install_failed"
