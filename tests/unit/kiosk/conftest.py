"""Pure rooms and words: `ward.py` beside this file is the small ward that their tests share."""
