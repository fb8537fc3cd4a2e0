// Package report lays out what was found, as words and pictures, on an
// io.Writer: Text and List for people, JSON and ListJSON for programs.
//
// It words nothing that a rule has worded and judges nothing: messages come
// from the analyzer, the day and the next command from the caller. Names and
// messages are foreign (a flag server may hold any text), so whatever a
// terminal could take for an order is shown escaped. The wire forms of the JSON
// live in this package alone, each with "version": 1 and with paths that are
// relative to the repository's root; their order never depends on the input's.
package report
