"""The help: every command with its key, the glossary, where the manual lies, what the program is made of."""
