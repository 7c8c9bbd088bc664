"""FOR STAFF. One queue of what awaits me, every file, the journal, the letters, the contributions; within my programs and my territory."""
