package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file makes foreign text harmless. Flag names and messages come from flag
// servers and from code that nobody here wrote; a terminal obeys escape
// sequences in them, and bidi characters show them as something they are not.

// Safe returns a foreign text as a terminal can show it.
func Safe(s string) string { return safe(s) }

// safe returns s with every character that is not seen as itself in its escaped
// form: control characters, bidi and other invisible ones, blanks that are no
// plain space, bytes that are not UTF-8.
func safe(s string) string {
	if !strings.ContainsFunc(s, unseen) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case unseen(r):
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
		s = s[size:]
	}
	return b.String()
}

// unseen reports whether r is not seen as itself, or stands for a broken byte.
func unseen(r rune) bool { return r == utf8.RuneError || !strconv.IsPrint(r) }

// safeJSON escapes in a JSON text what the encoder leaves as it is but a
// terminal would obey. The text means the same as before, since such
// characters stand in JSON strings only.
func safeJSON(text []byte) []byte {
	var b []byte
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r < utf8.RuneSelf && r != 0x7f || strconv.IsPrint(r):
			b = append(b, text[:size]...)
		default:
			b = appendJSONEscape(b, r)
		}
		text = text[size:]
	}
	return b
}

// appendJSONEscape appends r as JSON escapes it: in UTF-16.
func appendJSONEscape(b []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(b, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}
