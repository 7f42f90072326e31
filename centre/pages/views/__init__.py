"""A module for each page: what a browser asks for, and how it is answered."""
