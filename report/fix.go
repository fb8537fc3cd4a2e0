package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/registry"
)

// This file tells people what fix has done.

// Fixed is what removing flags comes to.
type Fixed struct {
	Removed  []Removed
	Changes  []fixer.Change  // in code, registry files and others, by file
	Refusals []fixer.Refusal // of what was asked
	Skipped  []fixer.Refusal // stale flags that nobody asked to remove: not settled, protected
	Mentions []fixer.Mention // places that still name the flags
	Steps    []string        // what people have to do besides, outside of the repository
	Proof    fixer.Proof     // what was run
	Problems []analyzer.Problem
	IsDiff   bool   // nothing is written
	Next     string // the command to type next
}

// Removed is a flag that is gone.
type Removed struct {
	Flag  registry.Flag // ID alone where the registry has no such flag
	Value registry.Value
	Sites int
}

// Fix writes for people what was done, or would be.
func Fix(w io.Writer, f Fixed, opt TextOptions) error {
	p := page{opt: opt}
	if !f.IsDiff {
		p.removed(f.Removed)
		p.changed(f.Changes)
	}
	p.refused("Left for a person", f.Refusals)
	p.refused("Stale, but not to be removed yet", f.Skipped)
	p.proof(f.Proof)
	p.left(f.Mentions, f.Steps)
	p.unjudged(f.Problems)
	p.sentence(f.summary())
	p.next(f.Next)
	return p.flush(w)
}

// Patch writes changes as a patch.
func Patch(w io.Writer, changes []fixer.Change, color bool) error {
	for _, c := range changes {
		if _, err := w.Write(paint(c.Diff(), color)); err != nil {
			return err
		}
	}
	return nil
}

// paint colours a patch.
func paint(patch []byte, color bool) []byte {
	if !color {
		return patch
	}
	var out []byte
	for line := range strings.Lines(string(patch)) {
		style := plain
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
		end := line[len(text):]
		if style != plain {
			text = "\x1b[" + style + "m" + text + "\x1b[0m"
		}
		out = append(out, text+end...)
	}
	return out
}

// title writes the title of a section.
func (p *page) title(text string) {
	p.write(safe(text), bold)
	p.line()
}

// put writes a line.
func (p *page) put(blanks int, text, style string) {
	p.blanks = blanks
	p.write(safe(text), style)
	p.line()
}

// removed tells which flags are gone.
func (p *page) removed(list []Removed) {
	if len(list) == 0 {
		return
	}
	p.title("Removed")
	var rows [][]cell
	for _, r := range list {
		facts := []string{count(r.Sites, "site")}
		if r.Flag.Owner != "" {
			facts = append(facts, "owner "+r.Flag.Owner)
		}
		if r.Flag.Settled != "" {
			facts = append(facts, r.Flag.Settled)
		}
		rows = append(rows, []cell{{text: shortID(r.Flag.ID)}, {text: r.becomes()}, {text: strings.Join(facts, ", ")}})
	}
	p.table(indent, nil, rows)
	p.line()
}

// becomes says what a flag is from now on.
func (r Removed) becomes() string {
	if r.Value.IsZero() {
		return "its definition"
	}
	return "now always " + r.Value.String()
}

// changed tells which files are changed, and by how much.
func (p *page) changed(list []fixer.Change) {
	if len(list) == 0 {
		return
	}
	p.title("Changed")
	width := 0
	for _, c := range list {
		width = max(width, utf8.RuneCountInString(safe(relative(c.File, p.opt.Base))))
	}
	for _, c := range list {
		name := safe(relative(c.File, p.opt.Base))
		added, gone := c.Lines()
		p.blanks = indent
		p.write(name, plain)
		p.blanks = width - utf8.RuneCountInString(name)
		p.number("+", added, green)
		p.number("-", gone, red)
		if c.After == nil {
			p.blanks = gap
			p.write("deleted", plain)
		}
		p.line()
	}
	p.line()
}

// number writes a number with its sign, in a column; nothing for zero.
func (p *page) number(sign string, n int, style string) {
	text := ""
	if n > 0 {
		text = sign + strconv.Itoa(n)
	}
	p.blanks += max(5-len(text), 0)
	p.write(text, style)
}

// refused tells what is not removed: by flag and reason, each place once.
func (p *page) refused(title string, list []fixer.Refusal) {
	if len(list) == 0 {
		return
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b fixer.Refusal) int {
		return cmp.Or(a.Flag.Compare(b.Flag), cmp.Compare(a.Reason, b.Reason))
	})
	p.title(title)
	for len(list) > 0 {
		first := list[0]
		n := slices.IndexFunc(list, func(r fixer.Refusal) bool { return r.Flag != first.Flag || r.Reason != first.Reason })
		if n < 0 {
			n = len(list)
		}
		p.blanks = indent
		p.write(safe(shortID(first.Flag)), bold)
		p.blanks = gap
		p.write(safe(string(first.Reason)), plain)
		p.line()
		p.places(list[:n])
		if first.Next != "" {
			p.put(deeper, first.Next, dim)
		}
		p.line()
		list = list[n:]
	}
}

// maxPlaces bounds the lines that are told of one thing.
const maxPlaces = 20

// places tells where one flag is refused for one reason.
func (p *page) places(list []fixer.Refusal) {
	var rows []string
	for _, r := range list {
		at := ""
		if r.Pos.File != "" {
			at = place(r.Pos, p.opt.Base) + "  "
		}
		if row := at + detail(r); !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	p.rows(deeper, rows)
}

// rows writes lines, and how many more there are.
func (p *page) rows(blanks int, rows []string) {
	for _, row := range rows[:min(len(rows), maxPlaces)] {
		p.put(blanks, row, plain)
	}
	if more := len(rows) - maxPlaces; more > 0 {
		p.put(blanks, fmt.Sprintf("and %d more", more), dim)
	}
}

// detail returns what a refusal's message says beyond flag and reason, in a line.
func detail(r fixer.Refusal) string {
	text := strings.TrimPrefix(r.Message, fmt.Sprintf("cannot remove flag %q: ", r.Flag.Key))
	text = strings.TrimPrefix(text, string(r.Reason)+": ")
	return strings.Join(strings.Fields(text), " ")
}

// proof tells what was run, and what failed before already.
func (p *page) proof(proof fixer.Proof) {
	if len(proof.Ran) == 0 {
		return
	}
	p.title("Checked")
	p.rows(indent, proof.Ran)
	if len(proof.Old) > 0 {
		p.put(indent, "Failed before, and still does:", plain)
		var rows []string
		for _, f := range proof.Old {
			rows = append(rows, f.String())
		}
		p.rows(deeper, rows)
	}
	p.line()
}

// left tells what people have to do besides: by flag, the places that still name
// it; then the rest.
func (p *page) left(mentions []fixer.Mention, steps []string) {
	if len(mentions) == 0 && len(steps) == 0 {
		return
	}
	p.title("Still to do")
	for len(mentions) > 0 {
		first := mentions[0]
		n := slices.IndexFunc(mentions, func(m fixer.Mention) bool { return m.Flag != first.Flag })
		if n < 0 {
			n = len(mentions)
		}
		p.put(indent, shortID(first.Flag)+" is still named", plain)
		var rows []string
		for _, m := range mentions[:n] {
			text := m.Text
			if m.Generated {
				text = "(generated: generate it anew)  " + text
			}
			rows = append(rows, place(m.Pos, p.opt.Base)+"  "+text)
		}
		p.rows(deeper, rows)
		mentions = mentions[n:]
	}
	for _, step := range steps {
		p.paragraph(indent, step)
	}
	p.line()
}

// unjudged tells what could not be judged.
func (p *page) unjudged(problems []analyzer.Problem) {
	if len(problems) == 0 {
		return
	}
	p.title("Not judged")
	p.problems(Input{Problems: problems}.problems())
	p.line()
}

// summary tells in a line what was done.
func (f Fixed) summary() string {
	sites := 0
	for _, r := range f.Removed {
		sites += r.Sites
	}
	left := map[registry.ID]bool{}
	for _, r := range f.Refusals {
		if r.Core {
			left[r.Flag] = true
		}
	}
	var text string
	switch {
	case len(f.Removed) > 0 && f.IsDiff:
		text = fmt.Sprintf("This would remove %s (%s) and change %s; nothing is written.", count(len(f.Removed), "flag"), count(sites, "site"), count(len(f.Changes), "file"))
	case len(f.Removed) > 0:
		text = fmt.Sprintf("Removed %s (%s), changed %s.", count(len(f.Removed), "flag"), count(sites, "site"), count(len(f.Changes), "file"))
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
