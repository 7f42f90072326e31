"""What is given out: versions of documents, their signatures, whom they are for."""
