package fixer

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// This file shows changes as people and git read them.

// Diff returns the change as a unified diff, by paths relative to the root of
// the repository, as git apply takes it. It is empty where nothing changes.
func (c Change) Diff() []byte {
	hunks := c.hunks()
	if len(hunks) == 0 && (c.After != nil || len(c.Before) > 0) {
		return nil
	}
	var out bytes.Buffer
	from, to := diffName("a/"+c.File), diffName("b/"+c.File)
	fmt.Fprintf(&out, "diff --git %s %s\n", from, to)
	if c.After == nil {
		out.WriteString("deleted file mode 100644\n")
		to = "/dev/null"
	}
	if len(hunks) > 0 {
		fmt.Fprintf(&out, "--- %s\n+++ %s\n", tabbed(from), tabbed(to))
	}
	lines := bytes.SplitAfter(c.Before, []byte("\n"))
	for _, h := range hunks {
		fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@%s\n", h.old, h.oldLines, h.new, h.newLines, heading(lines, h.old))
		out.Write(h.body)
	}
	return out.Bytes()
}

// hunk is a part of a diff.
type hunk struct {
	old, oldLines, new, newLines int
	body                         []byte
}

// hunks returns the parts of the diff. Those that touch are one.
func (c Change) hunks() []hunk {
	// The library's own header knows neither files that go nor odd names.
	_, text, _ := bytes.Cut(diff.Diff("old", c.Before, "new", c.After), []byte("+++ new\n"))
	var hunks []hunk
	for line := range bytes.Lines(text) {
		if line[0] != '@' {
			h := &hunks[len(hunks)-1]
			h.body = append(h.body, line...)
			continue
		}
		var h hunk
		if _, err := fmt.Sscanf(string(line), "@@ -%d,%d +%d,%d @@", &h.old, &h.oldLines, &h.new, &h.newLines); err != nil {
			return nil // the library writes no other form
		}
		if n := len(hunks) - 1; n >= 0 && hunks[n].old+hunks[n].oldLines == h.old {
			hunks[n].oldLines += h.oldLines
			hunks[n].newLines += h.newLines
			continue
		}
		hunks = append(hunks, h)
	}
	return hunks
}

// maxHeading bounds what is told of the function that a hunk lies in.
const maxHeading = 80

// heading returns the line above a hunk that says what it lies in, as git has
// it: the nearest that begins with a letter.
func heading(lines [][]byte, at int) string {
	for i := min(at-1, len(lines)) - 1; i >= 0; i-- {
		line := bytes.TrimRight(lines[i], " \t\r\n")
		if len(line) == 0 {
			continue
		}
		if c := line[0]; c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return " " + strings.ToValidUTF8(string(line[:min(len(line), maxHeading)]), "")
		}
	}
	return ""
}

// Lines returns how many lines the change adds and removes.
func (c Change) Lines() (added, removed int) {
	for _, h := range c.hunks() {
		for line := range bytes.Lines(h.body) {
			switch line[0] {
			case '+':
				added++
			case '-':
				removed++
			}
		}
	}
	return added, removed
}

// Line returns where a line of the old text, counted from 1, stands in the new
// one; of a line that goes, where it would stand.
func (c Change) Line(old int) int {
	shift := 0
	for _, h := range c.hunks() {
		at := h.old
		for line := range bytes.Lines(h.body) {
			if at > old {
				break
			}
			switch line[0] {
			case '+':
				shift++
			case '-':
				if at < old {
					shift--
				}
				at++
			case ' ':
				at++
			}
		}
	}
	return max(old+shift, 1)
}

// diffName returns a name as git writes it: quoted where it holds what could be
// taken for something else.
func diffName(name string) string {
	isPlain := !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r >= 0x7f })
	if isPlain {
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(name) {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= 0x7f:
			b.WriteString(`\` + octal(c))
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func octal(c byte) string {
	s := strconv.FormatUint(uint64(c), 8)
	return strings.Repeat("0", 3-len(s)) + s
}

// tabbed ends a name with blanks in it by a tab, so that it is read as a whole.
func tabbed(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}
