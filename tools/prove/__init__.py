"""The long trials: kills, power cuts, bad disks, clocks and lines, years (`make prove`).

    python -m tools.prove                     all that is not done yet, then var/prove/index.html
    python -m tools.prove kills power         these
    python -m tools.prove --share 0.02        a taste: so much of each trial's rounds
    python -m tools.prove --anew              forget what was done

Every round is written down as it ends, one line of JSON in var/prove/NAME.jsonl: a run that is
cut off goes on where it stood. What a trial finds becomes a test in the suite.
"""
