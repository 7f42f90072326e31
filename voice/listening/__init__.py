"""From a microphone to an utterance and its text, in a process of its own.

    microphone     a sound card, or a WAV file in its place
    detector       speech or not, for 32 ms of sound: Silero, or WebRTC as the light one
    segmenter pure where an utterance begins and ends
    utterance      the open microphone, the 2 s before a press, the frames since
    spoken         the part of a recording in which somebody speaks
    wire           the JSON lines between the owner and the listening process
    process        the listening process: commands in, events out
    commands       that process, and one utterance by hand
    listener       the owner's side of it, for an asyncio loop

Sound is never written anywhere.
"""
