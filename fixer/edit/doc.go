// Package edit changes the text of a file byte by byte, and nothing else.
//
// A File collects Edits. An Edit replaces a span of the original bytes by
// parts: new text, or regions of the original that are kept. Edits nest: those
// inside a kept region apply, those inside what the parent drops vanish. So
// edits may be made in any order and without knowing of each other.
//
// The package knows Go's lines, comments and raw strings, but no flags and no
// types.
package edit
