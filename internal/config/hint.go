package config

import "github.com/flagdebt/flagdebt/internal/config/document"

// Hint says which of the known words may have been meant by an unknown one, or
// lists them all; it is the end of a message that has named the unknown word.
func Hint(word string, known []string) string { return document.Hint(word, known) }
