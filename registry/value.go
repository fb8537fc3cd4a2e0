package registry

import (
	"strconv"
	"strings"
	"unicode"
)

// Value is what a flag serves, as its text: "true", "blue", "42". Whether the
// text is a boolean, a string or a number is decided by the place that asks,
// since one and the same flag is read through several types. The zero Value is
// unknown, and differs from the empty string that NewValue("") holds.
type Value struct {
	text  string
	known bool
}

// NewValue returns the value with that text.
func NewValue(text string) Value { return Value{text, true} }

// IsZero reports whether the value is unknown.
func (v Value) IsZero() bool { return !v.known }

// Text returns the text; "" for an unknown value.
func (v Value) Text() string { return v.text }

// String returns the text as people read it: quoted where it is empty or has
// blanks or control characters in it; "unknown" for an unknown value.
func (v Value) String() string { return display(v) }

// display words a value for people.
func display(v Value) string {
	switch {
	case !v.known:
		return "unknown"
	case v.text == "" || strings.ContainsFunc(v.text, isUnreadable):
		return strconv.Quote(v.text)
	}
	return v.text
}

// isUnreadable reports whether r is a blank, a quote or no printable character,
// so that a bare text with it in it could be misread.
func isUnreadable(r rune) bool {
	return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '"' || r == unicode.ReplacementChar
}
