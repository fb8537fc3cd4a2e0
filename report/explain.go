package report

// This file lays out what "flagdebt explain" says: of a rule, a flag, a line.

import (
	"fmt"
	"go/doc/comment"
	"io"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// Rule writes what the documentation says of a rule, whose severity is that by
// default; text is that of a Go doc comment.
func Rule(w io.Writer, word, text string, severity analyzer.Severity, opt TextOptions) error {
	p := page{opt: opt}
	p.heading("rule "+word, []string{string(severity) + ", unless .flagdebt.yml says otherwise"})
	p.line()
	var parser comment.Parser
	blanks := strings.Repeat(" ", indent)
	printer := comment.Printer{TextPrefix: blanks, TextCodePrefix: blanks + blanks + blanks}
	for line := range strings.Lines(string(printer.Text(parser.Parse(text)))) {
		p.write(safe(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    ")), plain)
		p.line()
	}
	p.line()
	p.sentence("To switch it off, or give it another severity (error, warning, note), in .flagdebt.yml:")
	p.line()
	p.write(fmt.Sprintf("%srules: {%s: {severity: off}}", strings.Repeat(blanks, 3), word), plain)
	p.line()
	if analyzer.JudgesCode(word) {
		p.line()
		p.sentence("To silence it in one place of the code, on the line or above it, with a reason:")
		p.line()
		p.write(fmt.Sprintf("%s//flagdebt:ignore %s the reason", strings.Repeat(blanks, 3), word), plain)
		p.line()
	}
	return p.flush(w)
}

// Flag writes all that is known of the flag that id names: by the registry, by
// the Sites of in, and by its findings. Where id leaves open which flag of its key
// is meant, all of them are told.
func Flag(w io.Writer, in Input, id registry.ID, opt TextOptions) error {
	p := page{opt: opt}
	sites := slices.DeleteFunc(in.sites(), func(s analyzer.Site) bool { return !isMeant(id, s.Flag) })
	for _, f := range in.named(id) {
		p.heading(f.ID.String(), nil)
		p.table(indent, nil, flagRows(f, in.Today, opt.Base))
		p.line()
	}
	if len(in.named(id)) == 0 {
		p.heading(shortID(id), []string{"not in the registry"})
		p.line()
	}
	if len(sites) > 0 {
		p.heading(count(len(sites), "site"), nil)
		p.sites(sites)
		p.line()
	}
	p.nesting(in, sites, id.Key)
	p.verdicts(in, id.Key)
	if len(sites) == 0 {
		p.sentence("No code asks for it.")
	}
	p.next(in.Next)
	_, err := io.WriteString(w, strings.TrimRight(p.out.String(), "\n")+"\n")
	return err
}

// named returns the flags of the registry that id may mean.
func (in Input) named(id registry.ID) []registry.Flag {
	var out []registry.Flag
	if in.Registry == nil {
		return nil
	}
	for _, f := range in.Registry.Flags() {
		if isMeant(id, f.ID) {
			out = append(out, f)
		}
	}
	return out
}

// isMeant reports whether id, as a person wrote it, may mean the flag other.
func isMeant(id, other registry.ID) bool {
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	return id.Key == other.Key && agree(id.Source, other.Source) && agree(id.Project, other.Project) && agree(id.Param, other.Param)
}

// flagRows returns what the registry knows of a flag, a row for each part.
func flagRows(f registry.Flag, today registry.Date, base string) [][]cell {
	var rows [][]cell
	row := func(name, value string) {
		if value != "" {
			rows = append(rows, []cell{{name, dim}, {text: value}})
		}
	}
	created := f.Created.String()
	if days, ok := f.Age(today); ok {
		created += " (" + count(days, "day") + " ago)"
	}
	row("what", f.Description)
	row("registered", place(f.Origin, base))
	row("owner", f.Owner)
	row("kind", f.Kind)
	row("created", created)
	row("expiry", expiry(f, today))
	row("winner", strings.TrimPrefix(winner(f), "winner "))
	row("too early", f.TooEarly)
	return rows
}

// sites writes the Sites of one flag.
func (p *page) sites(sites []analyzer.Site) {
	titles, rows := withoutEmpty(columnTitles, siteRows(sites, p.opt.Base))
	for i, r := range rows {
		rows[i] = r[1:] // the flag
	}
	p.table(indent, titles[1:], rows)
}

// nesting writes which flags a flag depends on, and which depend on it.
func (p *page) nesting(in Input, sites []analyzer.Site, key string) {
	var rows [][]cell
	for _, s := range sites {
		for _, outer := range slices.Concat(s.Nested, s.Around) {
			if outer.Key == key {
				continue
			}
			rows = append(rows, []cell{{text: place(s.Pos, p.opt.Base)}, {text: fmt.Sprintf("asked only where %q decides so", outer.Key)}})
		}
	}
	for _, s := range in.sites() {
		if s.Flag.Key != "" && s.Flag.Key != key && slices.ContainsFunc(slices.Concat(s.Nested, s.Around), func(n registry.ID) bool { return n.Key == key }) {
			rows = append(rows, []cell{{text: place(s.Pos, p.opt.Base)}, {text: fmt.Sprintf("here it decides whether %q is asked", s.Flag.Key)}})
		}
	}
	if len(rows) > 0 {
		p.heading("nested", nil)
		p.table(indent, nil, rows)
		p.line()
	}
}

// verdicts writes what is wrong with a flag: each rule and message once, with the
// number of its places.
func (p *page) verdicts(in Input, key string) {
	type verdict struct{ rule, message string }
	places := map[verdict]int{}
	var order []analyzer.Finding
	for _, f := range in.findings() {
		v := verdict{f.Rule, f.Message}
		if f.Flag.Key != key {
			continue
		}
		if places[v]++; places[v] == 1 {
			order = append(order, f)
		}
	}
	if len(order) == 0 {
		return
	}
	p.heading("findings", nil)
	var rows [][]cell
	for _, f := range order {
		message := f.Message
		if n := places[verdict{f.Rule, f.Message}]; n > 1 {
			message += fmt.Sprintf(", in %d places", n)
		}
		rows = append(rows, []cell{{string(f.Severity), styleOf(f.Severity)}, {f.Rule, styleOf(f.Severity)}, {text: message}})
	}
	p.table(indent, nil, rows)
	p.advice(order)
	p.line()
}

// Line writes how a line of code is read.
func Line(w io.Writer, l *analyzer.Line, opt TextOptions) error {
	p := page{opt: opt}
	p.heading(place(l.Pos, opt.Base), []string{l.Text})
	p.line()
	for _, r := range l.Readings {
		p.reading(r)
		p.line()
	}
	if len(l.Problems) > 0 {
		p.heading("the package does not compile", nil)
		p.table(indent, nil, problemRows(l.Problems, opt.Base))
		p.line()
	}
	n, declared := 0, false
	for _, r := range l.Readings {
		if r.Site != nil {
			n++
		}
		declared = declared || r.Asks != ""
	}
	switch {
	case l.Note != "":
		p.sentence(l.Note)
	case len(l.Readings) == 0:
		p.sentence("Nothing on this line calls a function or names what a provider speaks of.")
	case n == 0 && declared:
		p.sentence("No site on this line, but what it declares is asked elsewhere: flagdebt list shows where.")
	case n == 0:
		p.sentence("No site on this line. To add a way of asking, write a provider in .flagdebt.yml.")
	default:
		p.sentence(count(n, "site") + " on this line.")
	}
	return p.flush(w)
}

// reading writes how an expression is read.
func (p *page) reading(r analyzer.Reading) {
	var facts []string
	if r.Callee != "" && r.Callee != r.Text {
		facts = []string{r.Callee}
	}
	p.blanks = indent
	p.heading(r.Text, facts)
	var rows [][]cell
	row := func(name, value, style string) {
		rows = append(rows, []cell{{name, dim}, {value, style}})
	}
	if s := r.Site; s != nil {
		row("site", siteSentence(*s), cyan)
		if len(s.Via) > 0 {
			row("via", strings.Join(s.Via, " > "), plain)
		}
	} else if r.Asks != "" {
		row("declared", r.Asks, cyan)
	} else {
		row("no site", r.Reason, plain)
	}
	if r.Row.File != "" {
		row("row", r.Row.String()+" of provider "+r.Provider, plain)
	}
	p.table(indent+indent, nil, rows)
}

// siteSentence words what a Site does.
func siteSentence(s analyzer.Site) string {
	what := map[analyzer.Role]string{
		analyzer.RoleRead: "asks for", analyzer.RoleOverride: "sets", analyzer.RoleDeclare: "declares", analyzer.RoleBulk: "reads",
	}[s.Role]
	switch {
	case s.Flag.Key != "":
		what += fmt.Sprintf(" flag %q", shortID(s.Flag))
	case s.Role == analyzer.RoleBulk:
		what += " many flags at once"
	case s.KeyKind == analyzer.KeyForwarded:
		what += " the flag whose key the caller passes"
	default:
		what += " a flag whose key the code computes"
	}
	if !s.Default.IsZero() && s.Role == analyzer.RoleRead {
		what += ", default " + s.Default.String()
	}
	if !s.Default.IsZero() && s.Role == analyzer.RoleOverride {
		what += " to " + s.Default.String()
	}
	return what
}
