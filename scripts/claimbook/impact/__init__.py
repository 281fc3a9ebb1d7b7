"""What a change of the tables makes doubtful: sentences, titles and judgements to read again."""
