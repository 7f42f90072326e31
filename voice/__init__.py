"""Sound and text: what the kiosk says, what it hears.  A library that knows nothing of tickets.

    phrases/       pure   how a Vietnamese (and an English) speaker reads numbers, times, money
    sound          pure   one mono 16-bit sound: read, level, trim, resample, write
    wire           pure   the JSON lines between the owner and the voice process
    errors                the exceptions, drawn as a tree
    synthesiser           text -> sound, in a child program of its own (synthesiser_child)
    cache                 the sounds made so far, one WAV a phrase, bounded
    recorded              recordings of people that replace the synthesiser, phrase by phrase
    playback, output      an interruptible player, and the sound cards it plays to
    studio                a phrase becomes a list of WAVs: recording, cache or synthesiser
    process               the voice process: commands in, events out
    speaker               the owner's side of that process, for an asyncio loop
    kept_child            a child that talks in lines: started, watched, started again

    recognizers/          sound -> text: Whisper, Vosk
    ear                   a recording goes in, what was said comes out
    listening/            microphone -> utterance -> text, in a process of its own
    models/               the recognisers that can be installed

The processes keep apart what must not fall together: owner -> voice process -> synthesiser, and
owner -> listening process.
"""
