"""FOR PARTNERS' PROGRAMS. The same questions as the pages, as JSON: what is read with a token, and what the addresses promise."""
