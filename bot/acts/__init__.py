"""What each command does, a module a kind: questions, what the store holds, files of an answer, the bot itself."""
