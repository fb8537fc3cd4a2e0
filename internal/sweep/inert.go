// This file makes text from outside inert: flag keys may hold anything.

package sweep

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns a text in one line, with escapes for all that is not seen or
// would turn the line around, cut after some characters.
func visible(s string, limit int) string {
	var b strings.Builder
	for n := 0; s != ""; {
		r, size := utf8.DecodeRuneInString(s)
		piece := s[:size]
		switch {
		case r == utf8.RuneError && size == 1:
			piece = fmt.Sprintf(`\x%02x`, s[0])
		case r == '\n':
			piece = `\n`
		case !unicode.IsPrint(r):
			piece = fmt.Sprintf(`\u%04x`, r)
		}
		if n += utf8.RuneCountInString(piece); n > limit {
			b.WriteString("…")
			break
		}
		b.WriteString(piece)
		s = s[size:]
	}
	return b.String()
}

// maxItem bounds one item of a body.
const maxItem = 300

// code returns a text as a code span of Markdown, where nothing in it is a
// mention, a reference, a link, HTML or mark-up.
func code(s string) string {
	s = visible(s, maxItem)
	longest, current := 0, 0
	for _, r := range s {
		if current++; r != '`' {
			current = 0
		}
		longest = max(longest, current)
	}
	fence := strings.Repeat("`", longest+1)
	switch {
	case strings.TrimSpace(s) == "":
		return fmt.Sprintf("`%q`", s)
	case strings.HasPrefix(s, "`"), strings.HasSuffix(s, "`"), strings.HasPrefix(s, " "), strings.HasSuffix(s, " "):
		s = " " + s + " "
	}
	return fence + s + fence
}

// maxName bounds a key or winner in titles, of which GitHub takes 256
// characters.
const maxName = 80

// live matches what a forge acts on in titles and commit messages: mentions,
// references ("fixes #1" closes an issue), addresses, orders to a CI.
var live = regexp.MustCompile(`(?i)[@#\[<]|\*\*\*|://|\bgh-[0-9]|\bwww\.`)

// plain returns a text for titles and commit messages. What a forge would act
// on is broken up with a character of no width.
func plain(s string) string {
	text := []rune(live.ReplaceAllStringFunc(visible(s, maxName), func(m string) string {
		return m[:1] + "\u200b" + m[1:]
	}))
	if len(text) > maxName+maxName/4 {
		return string(text[:maxName+maxName/4]) + "…"
	}
	return string(text)
}

// sentence returns a text of our own for a body, in which names from outside may
// stand.
func sentence(s string) string {
	return strings.ReplaceAll(live.ReplaceAllStringFunc(visible(s, 4*maxItem), func(m string) string {
		return m[:1] + "\u200b" + m[1:]
	}), "`", "'")
}

// trailer returns a text as the value of a trailer, for machines: exact, with
// escapes as in addresses for all that could be taken for something else.
func trailer(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		isSafe := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_./-", c) >= 0
		if isSafe {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	text := issueName.ReplaceAllString(b.String(), "$1%2D$2")
	return webName.ReplaceAllString(text, "$1%2E")
}

// issueName matches GitHub's old references to issues: GH-12; webName how an
// address without a scheme begins.
var (
	issueName = regexp.MustCompile(`(?i)(gh)-([0-9])`)
	webName   = regexp.MustCompile(`(?i)(www)\.`)
)
