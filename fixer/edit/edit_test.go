package edit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// tree makes random edits, and what they should come to.
type tree struct {
	*rand.Rand
	data  string
	edits []edit.Edit
}

// region makes edits inside [start, end) and returns what becomes of it. A
// dropped region holds edits, too: they vanish.
func (m *tree) region(start, end, depth int) string {
	var out strings.Builder
	pos := start
	for pos < end && depth > 0 {
		from := pos + m.IntN(end-pos)
		to := from + 1 + m.IntN(end-from)
		out.WriteString(m.data[pos:from])
		out.WriteString(m.replace(from, to, depth))
		pos = to
	}
	out.WriteString(m.data[pos:end])
	return out.String()
}

// replace makes an edit of [start, end) that keeps some of it.
func (m *tree) replace(start, end, depth int) string {
	e := edit.Edit{Start: start, End: end}
	var out strings.Builder
	pos := start
	for pos < end && m.IntN(4) > 0 {
		if m.IntN(2) == 0 {
			word := fmt.Sprintf("<%d>", m.IntN(10))
			e.Parts = append(e.Parts, edit.Text(word))
			out.WriteString(word)
		}
		from := pos + m.IntN(end-pos)
		to := from + 1 + m.IntN(end-from)
		switch {
		case from == start && to == end: // two edits of one span would contradict each other
		case m.IntN(3) == 0:
			m.region(from, to, depth-1) // dropped, with all that is made in it
		default:
			e.Parts = append(e.Parts, edit.Keep(from, to))
			out.WriteString(m.region(from, to, depth-1))
		}
		pos = to
	}
	m.edits = append(m.edits, e)
	return out.String()
}

// TestTree makes sure that edits nest: what is kept is kept to the byte, edits
// inside it apply, edits inside what is dropped vanish, and their order does not
// matter.
func TestTree(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3000) {
		m := &tree{Rand: rand.New(rand.NewPCG(seed, 1)), data: "%"} // no Go, so nothing is formatted
		for range 1 + m.IntN(60) {
			m.data += string(rune('a' + m.IntN(26)))
		}
		want := m.region(0, len(m.data), 4)
		for range 2 {
			f := edit.NewFile([]byte(m.data))
			for _, e := range m.edits {
				f.Replace(e.Start, e.End, e.Parts...)
			}
			got, err := f.Bytes()
			if err != nil || string(got) != want {
				t.Fatalf("seed %d: %q with %+v\ngot  %q, %v\nwant %q", seed, m.data, m.edits, got, err, want)
			}
			m.Shuffle(len(m.edits), func(i, j int) { m.edits[i], m.edits[j] = m.edits[j], m.edits[i] })
		}
	}
}

// change replaces a piece of a text by parts: "=x" keeps the x in it, all else is
// new text.
type change struct {
	old   string
	parts []string
}

// TestEdits shows what becomes of texts.
func TestEdits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		changes          []change
	}{
		{"nothing", "a\nb\n", "a\nb\n", nil},
		{"deleting", "a b c", "a  c", []change{{"b", nil}}},
		{"keeping a part", "if x y", "y", []change{{"if x y", []string{"=y"}}}},
		{"keeping several", "%(a + b)", "%a, b", []change{{"(a + b)", []string{"=a", ", ", "=b"}}}},
		{"an edit inside a kept part", "f(abc)", "ac", []change{{"b", nil}, {"f(abc)", []string{"=abc"}}}},
		{"an edit inside a dropped part", "f(a, b)", "a", []change{{"b", []string{"c"}}, {"f(a, b)", []string{"=a"}}}},
		{"the same edit twice", "a b c", "a x c", []change{{"b", []string{"x"}}, {"b", []string{"x"}}}},
		{"deletions that overlap", "a b c d", "a  d", []change{{"b c", nil}, {"c", nil}}},
		{"deletions that reach over each other", "abcdef", "af", []change{{"bcd", nil}, {"de", nil}}},
		{"an edit that reaches out of what is kept", "abcdef", "b", []change{{"abcdef", []string{"=bc"}}, {"cd", nil}}},
		{"a blank line on either side", "a\n\nb\n\nc\n", "a\n\nc\n", []change{{"b\n", nil}}},
		{"a blank line behind a brace", "f {\nb\n\nc\n}\n", "f {\nc\n}\n", []change{{"b\n", nil}}},
		{"a blank line before a brace", "f {\nc\n\nb\n}\n", "f {\nc\n}\n", []change{{"b\n", nil}}},
		{"a blank line behind a parenthesis", "f (\nb\n\nc\n)\n", "f (\nc\n)\n", []change{{"b\n", nil}}},
		{"a blank line before a clause", "case 1:\nc\n\nb\ndefault:\n", "case 1:\nc\ndefault:\n", []change{{"b\n", nil}}},
		{"a blank line behind a clause", "case 1:\nb\n\nc\n", "case 1:\nc\n", []change{{"b\n", nil}}},
		{"a blank line behind the default", "default:\nb\n\nc\n", "default:\nc\n", []change{{"b\n", nil}}},
		{"a blank line at the start", "b\n\nc\n", "c\n", []change{{"b\n", nil}}},
		{"blank lines elsewhere", "a\n\n\nb\nc\n", "a\n\n\nb\n", []change{{"c\n", nil}}},
		{"what was formatted is", "package p\n\nvar (\n\ta   = 1\n\tbcd = 2\n)\n", "package p\n\nvar (\n\ta = 1\n)\n", []change{{"\tbcd = 2\n", nil}}},
		{"what was not is not", "package p\n\nvar (\n\ta   = 1\n\tbcd  = 2\n)\n", "package p\n\nvar (\n\ta   = 1\n)\n", []change{{"\tbcd  = 2\n", nil}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := apply(c.text, c.changes)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func apply(text string, changes []change, raws ...[2]int) (string, error) {
	f := edit.NewFile([]byte(text), raws...)
	for _, c := range changes {
		start := strings.Index(text, c.old)
		var parts []edit.Part
		for _, p := range c.parts {
			if kept, ok := strings.CutPrefix(p, "="); ok {
				at := strings.Index(text, kept)
				parts = append(parts, edit.Keep(at, at+len(kept)))
			} else {
				parts = append(parts, edit.Text(p))
			}
		}
		f.Replace(start, start+len(c.old), parts...)
	}
	out, err := f.Bytes()
	return string(out), err
}

// TestConflicts makes sure that edits which contradict each other are no text.
func TestConflicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		changes    []change
		want       string
	}{
		{"new text in overlapping spans", "abcdef", []change{{"abcd", []string{"x"}}, {"cdef", []string{"y"}}}, "edits overlap: [0,4) and [2,6)"},
		{"new text for one span, twice", "abcdef", []change{{"abcd", []string{"=ab"}}, {"bcde", []string{"y"}}}, "edits overlap: [0,4) and [1,5)"},
		{"a region from elsewhere", "abcdef", []change{{"abc", []string{"=ef"}}}, "region [4,6) lies outside of its edit [0,3)"},
		{"a region kept twice, with an edit in it", "abcdef", []change{{"abcdef", []string{"=bcd", "=bcd"}}, {"c", []string{"x"}}}, "an edit at [2,3) lies in two kept regions"},
		{"in a kept region", "abcdefgh", []change{{"abcdefgh", []string{"=bcdefg"}}, {"cd", []string{"=gh"}}}, "region [6,8) lies outside of its edit [2,4)"},
		{"deletions that reach out of an edit", "%abcdefghij", []change{{"abcde", []string{"=abcde"}}, {"bcd", nil}, {"defgh", nil}}, "edits overlap at 6: [2,9)"},
		{"Go that is none any more", "package p\n\nfunc f() {}\n", []change{{"f()", nil}}, "formatting the result"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := apply(c.text, c.changes)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, error %v, want %q", got, err, c.want)
			}
		})
	}
}

// TestIndented makes sure that a kept region moves with its lines, and that raw
// strings do not.
func TestIndented(t *testing.T) {
	t.Parallel()
	text := "if x {\n\t\ta(`\n\t\traw`)\n\n\t\t\tb\n    c\n}\n"
	raw := strings.Index(text, "`")
	f := edit.NewFile([]byte(text), [2]int{raw, strings.LastIndex(text, "`") + 1})
	start, end := strings.Index(text, "\t\ta"), strings.LastIndex(text, "}")
	f.Replace(0, len(text), edit.Keep(start, end).Indented("\t\t", "\t"))
	got, err := f.Bytes()
	if want := "\ta(`\n\t\traw`)\n\n\t\tb\n    c\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	f.Replace(strings.Index(text, "\t\t\tb"), end, edit.Keep(strings.Index(text, "\t\t\tb"), end).Indented("\t\t\t", ""))
	got, err = f.Bytes()
	if want := "\ta(`\n\t\traw`)\n\nb\n    c\n"; err != nil || string(got) != want {
		t.Errorf("nested: got %q, %v, want %q", got, err, want)
	}
}

// lines makes Lines of a text, with its // and /* */ comments.
func lines(text string) *edit.Lines {
	var comments [][2]int
	for i := 0; i < len(text); i++ {
		end := -1
		switch {
		case strings.HasPrefix(text[i:], "//"):
			end = strings.Index(text[i:]+"\n", "\n")
		case strings.HasPrefix(text[i:], "/*"):
			end = strings.Index(text[i:], "*/") + 2
		}
		if end > 0 {
			comments = append(comments, [2]int{i, i + end})
			i += end - 1
		}
	}
	return edit.NewLines([]byte(text), comments)
}

// TestWhole makes sure that what has its lines for itself takes them along.
func TestWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, old, want string }{
		{"a\n\tb\nc\n", "b", "\tb\n"},
		{"a\n\tb // why\nc\n", "b", "\tb // why\n"},
		{"a\n\tb /* why */ // really\nc\n", "b", "\tb /* why */ // really\n"},
		{"a\n\tb, // why\nc\n", "b", "\tb, // why\n"},
		{"a\n\tb;\nc\n", "b", "\tb;\n"},
		{"a\nb", "b", "b"},
		{"a; b; c", "b", "b; "},
		{"a, b, c", "c", ", c"},
		{"a, b, c", "a", "a, "},
		{"f(a)", "a", "a"},
		{"a\nb /* of\ntwo lines */ c\n", "b", "b"},
		{"{ b }", "b", "b"},
	} {
		start := strings.Index(c.text, c.old)
		from, to := lines(c.text).Whole(start, start+len(c.old))
		if got := c.text[from:to]; got != c.want {
			t.Errorf("%q of %q: got %q, want %q", c.old, c.text, got, c.want)
		}
	}
}

// TestCommentAbove makes sure that comment lines directly above are found, and no
// others.
func TestCommentAbove(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"x\n\t// one\n\t// two\n\tHERE\n", "\t// one\n\t// two\n"},
		{"x // behind\nHERE\n", ""},
		{"// far\n\nHERE\n", ""},
		{"x\n/* one\n   two */\nHERE\n", "/* one\n   two */\n"},
		{"x /* one\n   two */\nHERE\n", ""},
		{"/* one\n two */ x\nHERE\n", ""},
		{"/* one */ x\nHERE\n", ""},
		{"// first\nHERE", "// first\n"},
		{"HERE", ""},
	} {
		pos := strings.Index(c.text, "HERE")
		start, got, ok := lines(c.text).CommentAbove(pos)
		if got != c.want || ok != (c.want != "") || ok && c.text[start:start+len(got)] != got {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, ok, c.want)
		}
	}
}

// TestCommentsBelow makes sure that comments which are indented like what they
// follow belong to it.
func TestCommentsBelow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"\tHERE\n\t// one\n\n\t/* two\n\t   lines */\n// other\nx\n", "\tHERE\n\t// one\n\n\t/* two\n\t   lines */\n"},
		{"\tHERE // why\n\n\tx\n\t// y\n", "\tHERE // why\n"},
		{"\tHERE\n// other\n\t// one\n", "\tHERE\n// other\n\t// one\n"},
		{"\tHERE\n\t/* one */ x\n", "\tHERE\n"},
		{"\tHERE", "\tHERE"},
	} {
		if got := c.text[:lines(c.text).CommentsBelow(strings.Index(c.text, "HERE"), "")]; got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestLines looks at single lines.
func TestLines(t *testing.T) {
	t.Parallel()
	text := "a {\n\t b // c\n\n}"
	l := lines(text)
	at := func(s string) int { return strings.Index(text, s) }
	start, end, ok := l.Inside(at("{"), at("}"))
	if got := text[start:end]; !ok || got != "\t b // c\n\n" {
		t.Errorf("Inside: %q, %v", got, ok)
	}
	one := lines("f { a }")
	if _, _, ok := one.Inside(2, 6); ok {
		t.Error("Inside: braces on one line")
	}
	for what, ok := range map[string]bool{
		"b is first":                 l.IsFirst(at("b")),
		"a is last, but for a brace": !l.IsLast(at("a") + 1),
		"b is last, but for c":       l.IsLast(at("b") + 1),
		"the brace closes":           l.Closes(at("}")),
		"a does not":                 !l.Closes(0),
		"the end is no brace":        !l.Closes(len(text)),
		"a line is blank":            l.IsBlank(at("}") - 1),
		"so is the end":              l.IsBlank(len(text)),
		"b is not":                   !l.IsBlank(at("b")),
		"b is indented":              l.Indent(at("c")) == "\t ",
		"the last line has no next":  l.Next(at("}")) == len(text),
		"b's line begins":            l.Start(at("b")) == at("\t"),
	} {
		if !ok {
			t.Errorf("no longer so: %s", what)
		}
	}
}
