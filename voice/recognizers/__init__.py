"""Sound to text: small adapters around the engines, one interface.

    recognizer     the interface, and what a recogniser heard
    hearable       any WAV -> 16 kHz mono samples
    log_mel        samples -> the picture of the sound that Whisper reads
    whisper        Whisper by CTranslate2
    vosk           Vosk, with a grammar made at run time
    opening        the recogniser of a model folder, whatever its engine

Whoever imports the engines' modules carries their weight: it is the listening process alone, and
the command line for files.
"""
