package report

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// TextOptions say for which eyes a text is laid out.
type TextOptions struct {
	Color bool   // the caller decides, by terminal and NO_COLOR
	Width int    // columns of the terminal; 0 wraps nothing
	Base  string // folder, relative to the repository's root, that places are told from; "" is the root
}

// Text writes the findings for people: flag by flag, the worst first, each place
// in a form that terminals and editors open on a click.
func Text(w io.Writer, in Input, opt TextOptions) error {
	p := page{opt: opt}
	groups := in.groups()
	for _, g := range groups {
		p.heading(g.title, in.facts(g))
		p.table(indent, nil, findingRows(g.findings, opt.Base))
		p.advice(g.findings)
		p.line()
	}
	if problems := in.problems(); len(problems) > 0 {
		p.heading("not judged", nil)
		p.problems(problems)
		p.line()
	}
	p.sentence(summary(in.totals(groups)))
	if text := in.aside(); text != "" {
		p.sentence(text)
	}
	p.next(in.Next)
	return p.flush(w)
}

// findingRows returns a row for each finding: place, severity, rule, message. A
// message that stands in the row above already is not told again.
func findingRows(findings []analyzer.Finding, base string) [][]cell {
	var rows [][]cell
	above := ""
	for _, f := range findings {
		var words []string
		if f.Message != above {
			words = append(words, f.Message)
		}
		above = f.Message
		if f.Site != nil && len(f.Site.Via) > 0 {
			words = append(words, "via "+chain(f.Site.Via))
		}
		rows = append(rows, []cell{
			{text: place(f.Pos, base)},
			{text: string(f.Severity), style: styleOf(f.Severity)},
			{text: f.Rule, style: styleOf(f.Severity)},
			{text: strings.Join(words, ", ")},
		})
	}
	return rows
}

// maxProblems bounds the problems that are told.
const maxProblems = 10

// problems writes a line for each problem, the first of each package before the
// rest, and how many more there are.
func (p *page) problems(problems []analyzer.Problem) {
	told := problems
	if len(problems) > maxProblems {
		told = firstOfEach(problems)[:maxProblems]
	}
	p.table(indent, nil, problemRows(told, p.opt.Base))
	if more := len(problems) - len(told); more > 0 {
		p.put(indent, "and "+count(more, "more problem")+": go build ./... tells them all", dim)
	}
}

// firstOfEach returns the problems with the first of each package in front.
func firstOfEach(problems []analyzer.Problem) []analyzer.Problem {
	seen := map[string]bool{}
	var first, rest []analyzer.Problem
	for _, q := range problems {
		if seen[q.Package] {
			rest = append(rest, q)
			continue
		}
		seen[q.Package] = true
		first = append(first, q)
	}
	return append(first, rest...)
}

// problemRows returns a row for each problem: where, and what the compiler said.
func problemRows(problems []analyzer.Problem, base string) [][]cell {
	var rows [][]cell
	for _, p := range problems {
		where := p.Package
		if p.Pos.File != "" {
			where = place(p.Pos, base)
		}
		// Compilers indent their second line; here it follows on the first.
		message := strings.Join(strings.Fields(p.Message), " ")
		rows = append(rows, []cell{{text: where}, {text: message}})
	}
	return rows
}

// advice writes what to do about the findings of a group, each sentence once.
func (p *page) advice(findings []analyzer.Finding) {
	var told []string
	for _, f := range findings {
		if f.Next != "" && !slices.Contains(told, f.Next) {
			told = append(told, f.Next)
			p.paragraph(indent, f.Next)
		}
	}
}

// facts returns what the registry knows of a group's flag, as parts of a heading.
func (in Input) facts(g *group) []string {
	switch {
	case g.id.Key == "":
		return nil
	case !g.isKnown && in.isAmbiguous(g.id):
		return []string{"more than one flag has this key"}
	case !g.isKnown:
		return []string{"not in the registry"}
	}
	f := g.flag
	var parts []string
	if f.Owner != "" {
		parts = append(parts, "owner "+f.Owner)
	}
	parts = append(parts, expiry(f, in.Today), winner(f))
	if f.TooEarly != "" {
		parts = append(parts, "too early to remove: "+f.TooEarly)
	}
	return parts
}

// expiry words when f is to be gone, and how long that is from today.
func expiry(f registry.Flag, today registry.Date) string {
	date, version := f.Expires.Date, f.Expires.Version
	switch {
	case f.Permanent:
		return "permanent"
	case f.Expires.IsZero():
		return "no expiry"
	case date.IsZero():
		return "expires with version " + version.String()
	case today.IsZero():
		return "expires " + f.Expires.String()
	}
	or := ""
	if !version.IsZero() {
		or = " or with version " + version.String()
	}
	switch days := date.Sub(today); {
	case days < 0:
		return fmt.Sprintf("expired %s (%s ago)", date, count(-days, "day"))
	case days == 0:
		return fmt.Sprintf("expires %s (today)%s", date, or)
	default:
		return fmt.Sprintf("expires %s (in %s)%s", date, count(days, "day"), or)
	}
}

// winner words what f will be for ever, and why that is settled.
func winner(f registry.Flag) string {
	switch {
	case f.Winner.IsZero():
		return "not settled"
	case f.Settled == "":
		return "winner " + f.Winner.String()
	default:
		return "winner " + f.Winner.String() + ": " + f.Settled
	}
}

// summary words the totals in one line.
func summary(t totals) string {
	words := "No findings"
	if t.Findings > 0 {
		words = count(t.Findings, "finding") + " (" + severities(t) + ")"
	}
	if t.Flags > 0 {
		words += " on " + count(t.Flags, "flag")
	}
	if t.Problems > 0 {
		words += " and " + count(t.Problems, "problem")
	}
	return words + " in " + count(t.Packages, "package") + "."
}

// aside words how many findings are not told, and why; "" where all are.
func (in Input) aside() string {
	var words []string
	if in.Known > 0 {
		words = append(words, count(in.Known, "finding")+" of the baseline")
	}
	if in.Older > 0 {
		words = append(words, count(in.Older, "finding")+" older than "+in.Since)
	}
	if len(words) == 0 {
		return ""
	}
	return "Not told: " + strings.Join(words, ", ") + "."
}

// severities words how many findings have which severity.
func severities(t totals) string {
	var parts []string
	for _, part := range []struct {
		n    int
		noun string
	}{{t.Errors, "error"}, {t.Warnings, "warning"}, {t.Notes, "note"}} {
		if part.n > 0 {
			parts = append(parts, count(part.n, part.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// count words n things.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// place returns file:line:column as seen from base, without what is unknown.
func place(pos registry.Position, base string) string {
	if pos.File == "" {
		return "-"
	}
	pos.File = relative(pos.File, base)
	return pos.String()
}

// relative returns the path of file as seen from base, both relative to the
// repository's root, with slashes; file itself where there is no such path.
func relative(file, base string) string {
	if base == "" {
		return file
	}
	rel, err := filepath.Rel(filepath.FromSlash(base), filepath.FromSlash(file))
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}

// folders matches the folders before a package's name: the "example.com/app/" of
// "example.com/app/flags.New" and of "(*example.com/app/flags.Set).New".
var folders = regexp.MustCompile(`[^\s(*\[,]*/`)

// chain words wrappers, from the outermost inwards, each without its folders.
func chain(via []string) string {
	short := make([]string, len(via))
	for i, v := range via {
		short[i] = folders.ReplaceAllString(v, "")
	}
	return strings.Join(short, " > ")
}
