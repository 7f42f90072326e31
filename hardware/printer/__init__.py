"""Receipt printers that speak ESC/POS: from the words of a slip to paper, and what became of it."""
