"""The house itself: its floors, its documents, its build and the words that it may not use."""
