package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/registry"
)

// This file tells people what fix has done.

// showFixed prints what was done, or would be: a patch goes to the standard
// output alone, and what there is to say about it beside it.
func (c *command) showFixed(d *analyzer.Driver, f *fixed) error {
	if c.format == "json" {
		return fixedJSON(c.stdout, f)
	}
	opt := c.textOptions(d)
	p := &prose{color: opt.Color, base: opt.Base}
	out := c.stdout
	if f.isDiff {
		for _, change := range f.changes {
			if _, err := c.stdout.Write(paint(change.Diff(), opt.Color)); err != nil {
				return err
			}
		}
		out, p.color = c.stderr, c.errTerminal && opt.Color
		if len(f.changes) > 0 && c.terminal && c.errTerminal {
			p.line("", "")
		}
	} else {
		p.removed(f.removed)
		p.changed(f.changes)
	}
	p.refused("Left for a person", f.refusals)
	p.refused("Stale, but not to be removed yet", f.skipped)
	p.problems(f.problems)
	p.line("", f.summary())
	if f.next != "" {
		p.line("", p.style(dim, "Next: ")+p.style(bold, harmless(f.next)))
	}
	_, err := fmt.Fprint(out, p.String())
	return err
}

// The styles of a terminal, as the parameters of its escape sequences.
const (
	bold  = "1"
	dim   = "2"
	red   = "31"
	green = "32"
	cyan  = "36"
)

// paint colours a patch.
func paint(patch []byte, color bool) []byte {
	if !color {
		return patch
	}
	var out []byte
	for line := range strings.Lines(string(patch)) {
		style := ""
		switch {
		case strings.HasPrefix(line, "diff "), strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "deleted "):
			style = bold
		case line[0] == '-':
			style = red
		case line[0] == '+':
			style = green
		case line[0] == '@':
			style = cyan
		}
		text := strings.TrimSuffix(line, "\n")
		if style != "" {
			text = "\x1b[" + style + "m" + text + "\x1b[0m"
		}
		out = append(out, text+line[len(strings.TrimSuffix(line, "\n")):]...)
	}
	return out
}

// prose collects lines for people.
type prose struct {
	strings.Builder
	color bool
	base  string // folder that places are told from, relative to the root
}

func (p *prose) style(style, text string) string {
	if !p.color || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

func (p *prose) line(indent, text string) { fmt.Fprintf(p, "%s%s\n", indent, text) }

// removed tells which flags are gone.
func (p *prose) removed(list []removed) {
	if len(list) == 0 {
		return
	}
	p.line("", p.style(bold, "Removed"))
	var rows [][]string
	for _, r := range list {
		facts := []string{count(r.sites, "site")}
		if r.flag.Owner != "" {
			facts = append(facts, "owner "+r.flag.Owner)
		}
		if r.flag.Settled != "" {
			facts = append(facts, r.flag.Settled)
		}
		rows = append(rows, []string{short(r.flag.ID), r.becomes(), strings.Join(facts, ", ")})
	}
	p.table(rows)
	p.line("", "")
}

// changed tells which files are changed, and by how much.
func (p *prose) changed(list []fixer.Change) {
	if len(list) == 0 {
		return
	}
	p.line("", p.style(bold, "Changed"))
	width := 0
	for _, c := range list {
		width = max(width, utf8.RuneCountInString(p.place(c.File)))
	}
	for _, c := range list {
		name := p.place(c.File)
		added, gone := c.Lines()
		plus, minus := fmt.Sprintf("%5s", signed("+", added)), fmt.Sprintf("%5s", signed("-", gone))
		what := p.style(green, plus) + p.style(red, minus)
		if c.After == nil {
			what += "  deleted"
		}
		p.line("  ", name+strings.Repeat(" ", width-utf8.RuneCountInString(name))+what)
	}
	p.line("", "")
}

// signed returns a number with its sign; nothing for zero.
func signed(sign string, n int) string {
	if n == 0 {
		return ""
	}
	return sign + strconv.Itoa(n)
}

// refused tells what is not removed: by flag and reason, each place once.
func (p *prose) refused(title string, list []fixer.Refusal) {
	if len(list) == 0 {
		return
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b fixer.Refusal) int {
		return cmp.Or(a.Flag.Compare(b.Flag), cmp.Compare(a.Reason, b.Reason))
	})
	p.line("", p.style(bold, title))
	for len(list) > 0 {
		first := list[0]
		n := slices.IndexFunc(list, func(r fixer.Refusal) bool { return r.Flag != first.Flag || r.Reason != first.Reason })
		if n < 0 {
			n = len(list)
		}
		p.line("  ", p.style(bold, harmless(short(first.Flag)))+"  "+harmless(string(first.Reason)))
		p.places(list[:n])
		if first.Next != "" {
			p.line("    ", p.style(dim, harmless(first.Next)))
		}
		list = list[n:]
		p.line("", "")
	}
}

// maxPlaces bounds the places that are told for one flag and reason.
const maxPlaces = 20

// places tells where one flag is refused for one reason.
func (p *prose) places(list []fixer.Refusal) {
	var rows [][]string
	more := 0
	for _, r := range list {
		row := []string{p.place(r.Pos.String()), detail(r)}
		switch {
		case slices.ContainsFunc(rows, func(other []string) bool { return slices.Equal(row, other) }):
		case len(rows) == maxPlaces:
			more++
		default:
			rows = append(rows, row)
		}
	}
	if len(rows) == 1 && rows[0][0] == "" {
		p.line("    ", harmless(rows[0][1]))
	} else {
		for _, row := range rows {
			p.line("    ", strings.TrimSpace(harmless(row[0])+"  "+harmless(row[1])))
		}
	}
	if more > 0 {
		p.line("    ", fmt.Sprintf("and %d more", more))
	}
}

// detail returns what a refusal's message says beyond flag and reason, in a line.
func detail(r fixer.Refusal) string {
	text := strings.TrimPrefix(r.Message, fmt.Sprintf("cannot remove flag %q: ", r.Flag.Key))
	text = strings.TrimPrefix(text, string(r.Reason)+": ")
	return strings.Join(strings.Fields(text), " ")
}

// problems tells what could not be judged.
func (p *prose) problems(list []analyzer.Problem) {
	if len(list) == 0 {
		return
	}
	p.line("", p.style(bold, "Not judged"))
	told := map[string]bool{}
	for _, q := range list {
		where := q.Package
		if q.Pos.File != "" {
			where = p.place(q.Pos.String())
		}
		text := harmless(where + "  " + strings.Join(strings.Fields(q.Message), " "))
		if !told[text] {
			told[text] = true
			p.line("  ", text)
		}
	}
	p.line("", "")
}

// place returns a place as seen from the base.
func (p *prose) place(file string) string {
	if rest, ok := strings.CutPrefix(file, p.base+"/"); ok && p.base != "" {
		return rest
	}
	return file
}

// table writes rows in columns.
func (p *prose) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, text := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			row[i] = harmless(text)
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, text := range row {
			b.WriteString(text + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)+2))
		}
		p.line("  ", strings.TrimRight(b.String(), " "))
	}
}

// summary tells in a line what was done.
func (f *fixed) summary() string {
	sites := 0
	for _, r := range f.removed {
		sites += r.sites
	}
	left := map[registry.ID]bool{}
	for _, r := range f.refusals {
		if r.Core {
			left[r.Flag] = true
		}
	}
	var text string
	switch {
	case len(f.removed) > 0 && f.isDiff:
		text = fmt.Sprintf("This would remove %s (%s) and change %s; nothing is written.", count(len(f.removed), "flag"), count(sites, "site"), count(len(f.changes), "file"))
	case len(f.removed) > 0:
		text = fmt.Sprintf("Removed %s (%s), changed %s.", count(len(f.removed), "flag"), count(sites, "site"), count(len(f.changes), "file"))
	case len(left) == 0:
		return "Nothing to remove: the code asks for no stale flag whose winner is settled."
	default:
		text = "Nothing is removed."
	}
	if len(left) > 0 {
		text += fmt.Sprintf(" %s left for a person.", count(len(left), "flag"))
	}
	return text
}

// count words a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// harmless returns a text with escapes for whatever a terminal would obey, or
// would not show: keys and messages come from outside.
func harmless(s string) string {
	if !strings.ContainsFunc(s, isUnseen) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case isUnseen(r):
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
		s = s[size:]
	}
	return b.String()
}

// isUnseen reports whether r is not seen as itself.
func isUnseen(r rune) bool { return !strconv.IsPrint(r) }

// becomes says what a flag is from now on.
func (r removed) becomes() string {
	if r.value.IsZero() {
		return "its definition"
	}
	return "now always " + r.value.String()
}

// short names a flag by its key alone.
func short(id registry.ID) string { return registry.ID{Key: id.Key, Param: id.Param}.String() }
