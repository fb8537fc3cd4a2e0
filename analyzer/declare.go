package analyzer

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file reads what code itself says of its flags: in literals that register
// them, and in directives.

// Declaration is a flag that the code itself registers.
type Declaration struct {
	Flag registry.Flag
	Pos  registry.Position
	// Early is the version up to which the flag's other side can still be asked for,
	// although it is settled.
	Early registry.Version

	silenced []string // rules that a directive silences here
}

// settledAt returns the declared flag as it stands in a version of the repository;
// zero is not known.
func (d Declaration) settledAt(version registry.Version) registry.Flag {
	f := d.Flag
	switch {
	case d.Early.IsZero() || f.Winner.IsZero():
	case version.IsZero():
		f.TooEarly = fmt.Sprintf("until version %s its other side can be asked for, and the version of the repository is not known: name version-from in %s", d.Early, config.FileName)
	case version.Compare(d.Early) < 0:
		f.TooEarly = fmt.Sprintf("until version %s its other side can be asked for", d.Early)
	}
	return f
}

// declarations records what the literals and the directives of a file register.
func (f *Found) declarations(pkg *program.Package, file *program.File) {
	f.directives(file)
	if file.Test {
		return
	}
	ast.Inspect(file.Syntax, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		t := pkg.Info.TypeOf(lit)
		if t == nil {
			return true
		}
		if m, ok := t.Underlying().(*types.Map); ok {
			for _, el := range lit.Elts {
				if kv, ok := el.(*ast.KeyValueExpr); ok {
					f.entry(pkg, file, kv, m.Elem())
				}
			}
		}
		if r := f.Oracle.literalRow(t); r != nil && r.Key != "" {
			f.literal(pkg, file, r, lit, "", []*ast.CompositeLit{lit})
		}
		return true
	})
}

// entry records a flag that an entry of a map registers, by one literal or by one
// for each version.
func (f *Found) entry(pkg *program.Package, file *program.File, kv *ast.KeyValueExpr, elem types.Type) {
	lit, ok := literal(kv.Value)
	if !ok {
		return
	}
	lits := []*ast.CompositeLit{lit}
	if list, ok := elem.Underlying().(*types.Slice); ok {
		elem, lits = list.Elem(), nil
		for _, el := range lit.Elts {
			if one, ok := literal(el); ok {
				lits = append(lits, one)
			}
		}
	}
	r := f.Oracle.literalRow(elem)
	if key, ok := flow.Text(f.Engine.Value(pkg, kv.Key)); ok && r != nil && r.Key == "" {
		f.literal(pkg, file, r, kv, key, lits)
	}
}

// literalRow returns the row that matches literals of type t, or nil.
func (o *Oracle) literalRow(t types.Type) *literalRow {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	for _, r := range o.literals[named.Obj().Name()] {
		if slices.ContainsFunc(r.packages, func(p string) bool { return config.MatchPackage(p, named.Obj().Pkg().Path()) }) {
			return r
		}
	}
	return nil
}

// literalRow is a row of literals, with its provider.
type literalRow struct {
	config.LiteralRow
	provider *config.Provider
	packages []string
}

// literal records the flag that the literals at n register: each as of a version.
func (f *Found) literal(pkg *program.Package, file *program.File, r *literalRow, n ast.Node, key string, lits []*ast.CompositeLit) {
	var latest *spec
	lock := registry.Version{}
	for _, lit := range lits {
		s := f.spec(pkg, r, lit)
		if latest == nil || s.since.IsZero() || s.since.Compare(latest.since) >= 0 {
			latest = s
		}
		if s.isLocked && (lock.IsZero() || s.since.Compare(lock) < 0) {
			lock = s.since
		}
	}
	if latest == nil {
		return
	}
	if r.Key != "" {
		key = latest.key
	}
	if key == "" {
		return
	}
	pos := f.Prog.Position(n.Pos())
	f.Stagings = append(f.Stagings, Staging{Flag: registry.ID{Source: r.provider.ID, Key: key}, Pkg: pkg, Stages: r.stages(), Row: &r.LiteralRow, Specs: lits, Last: latest.lit})
	flag := registry.Flag{ID: registry.ID{Source: r.provider.ID, Key: key}, Kind: latest.stage, Owner: latest.owner, Expires: latest.expires, Origin: pos}
	if winner, ok := r.Settle[latest.stage]; ok {
		flag.Winner = registry.Winner{Value: registry.NewValue(winner)}
		flag.Settled = "its stage is " + latest.stage
	}
	d := Declaration{Flag: flag, Pos: pos}
	if latest.isLocked && !latest.dflt.IsZero() {
		d.lock(latest, lock, r.Grace)
	}
	if v, ok := f.removal(file, n); ok {
		d.Flag.Expires.Version = v
	}
	f.Declarations = append(f.Declarations, d)
}

// lock settles a flag on its default, as of a version; zero is not known.
func (d *Declaration) lock(s *spec, since registry.Version, grace int) {
	d.Flag.Winner, d.Flag.Settled = registry.Winner{Value: s.dflt}, "it is locked to its default"
	if since.IsZero() {
		return
	}
	d.Flag.Settled += " since " + since.String()
	if after, ok := minorsAfter(since, grace); ok && grace > 0 {
		d.Early = after
		if d.Flag.Expires.IsZero() {
			d.Flag.Expires.Version = after
		}
	}
}

// minorsAfter returns the version that is n minor versions after v.
func minorsAfter(v registry.Version, n int) (registry.Version, bool) {
	parts := strings.Split(strings.TrimPrefix(v.String(), "v"), ".")
	if len(parts) < 2 {
		return registry.Version{}, false
	}
	minor, err := strconv.Atoi(parts[1])
	if err != nil {
		return registry.Version{}, false
	}
	after, err := registry.ParseVersion(fmt.Sprintf("%s.%d", parts[0], minor+n))
	return after, err == nil
}

// spec is what one literal says of a flag.
type spec struct {
	lit               *ast.CompositeLit
	key, stage, owner string
	dflt              registry.Value
	isLocked          bool
	since             registry.Version
	expires           registry.Expiry
}

// spec reads a literal.
func (f *Found) spec(pkg *program.Package, r *literalRow, lit *ast.CompositeLit) *spec {
	s := &spec{lit: lit}
	field := func(name string) ast.Expr {
		if name == "" {
			return nil
		}
		return fieldOf(lit, name)
	}
	text := func(name string) string { return f.textOf(pkg, field(name)) }
	s.key, s.owner = text(r.Key), text(r.Owner)
	s.stage = constName(pkg.Info, unwrapped(field(r.Stage)))
	s.dflt = f.constant(pkg, field(r.Default))
	if s.dflt.IsZero() && r.Default != "" && field(r.Default) == nil {
		s.dflt = registry.NewValue("false")
	}
	if c := f.Engine.Value(pkg, field(r.Lock)).Constant(); c != nil && c.Kind() == constant.Bool {
		s.isLocked = constant.BoolVal(c)
	}
	s.since, _ = registry.ParseVersion(text(r.Since))
	s.expires = parseExpiry(text(r.Expires))
	return s
}

// unwrapped returns the one argument of a conversion or call; x itself where it is
// none.
func unwrapped(x ast.Expr) ast.Expr {
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 {
		return call.Args[0]
	}
	return x
}

// textOf returns the text of a constant, or of the one that makes a value of a type
// of its own: version.MustParse("1.33").
func (f *Found) textOf(pkg *program.Package, x ast.Expr) string {
	if x == nil {
		return ""
	}
	if text, ok := flow.Text(f.Engine.Value(pkg, x)); ok {
		return text
	}
	text, _ := flow.Text(f.Engine.Value(pkg, unwrapped(x)))
	return text
}

// parseExpiry reads a day or a version; what is neither is no expiry.
func parseExpiry(text string) (e registry.Expiry) {
	if d, err := registry.ParseDate(text); err == nil {
		e.Date = d
	} else if v, err := registry.ParseVersion(text); err == nil {
		e.Version = v
	}
	return e
}

// removeIn matches what people write beside a flag that is locked.
var removeIn = regexp.MustCompile(`(?i)\bremoved? (?:it |this )?in v?(\d+\.\d+)`)

// removal returns the version in which a comment on the lines of n wants the flag
// removed.
func (f *Found) removal(file *program.File, n ast.Node) (registry.Version, bool) {
	first, last := f.Prog.Position(n.Pos()).Line, f.Prog.Position(n.End()).Line
	for _, g := range file.Syntax.Comments {
		for _, c := range g.List {
			line := f.Prog.Position(c.Pos()).Line
			if m := removeIn.FindStringSubmatch(c.Text); m != nil && first <= line && line <= last {
				v, err := registry.ParseVersion(m[1])
				return v, err == nil
			}
		}
	}
	return registry.Version{}, false
}

// flagDirective registers a flag in code:
//
//	//flagdebt:flag new-checkout owner=@payments expires=2026-06-30
//
// The words are those of a registry file: owner, kind, created, expires, winner,
// permanent. What is not one of them is no part of it.
const flagDirective = "//flagdebt:flag "

// directives records the flags that a file's comments register.
func (f *Found) directives(file *program.File) {
	for _, g := range file.Syntax.Comments {
		for _, c := range g.List {
			rest, ok := strings.CutPrefix(c.Text, flagDirective)
			words := strings.Fields(rest)
			if !ok || len(words) == 0 {
				continue
			}
			pos := f.Prog.Position(c.Pos())
			flag := registry.Flag{ID: registry.ID{Key: words[0]}, Origin: pos}
			for _, w := range words[1:] {
				name, value, _ := strings.Cut(w, "=")
				setField(&flag, name, value)
			}
			f.Declarations = append(f.Declarations, Declaration{Flag: flag, Pos: pos})
		}
	}
}

// setField sets what a word of a directive says.
func setField(flag *registry.Flag, name, value string) {
	switch name {
	case "owner":
		flag.Owner = value
	case "kind":
		flag.Kind = value
	case "created":
		flag.Created, _ = registry.ParseDate(value)
	case "expires":
		flag.Expires = parseExpiry(value)
	case "winner":
		flag.Winner, flag.Settled = registry.Winner{Value: registry.NewValue(value)}, "a directive names the winner"
	case "permanent":
		flag.Permanent = value == "" || value == "true"
	}
}

// literalRows returns the rows of literals, by the types' names.
func literalRows(providers []config.Provider) map[string][]*literalRow {
	rows := map[string][]*literalRow{}
	for i := range providers {
		for _, l := range providers[i].Literals {
			r := &literalRow{l, &providers[i], l.Package}
			if len(r.packages) == 0 {
				r.packages = providers[i].Packages
			}
			for _, name := range l.Type {
				rows[name] = append(rows[name], r)
			}
		}
	}
	return rows
}

// silenceDeclarations notes on each Declaration the rules that a directive silences
// there.
func (f *Found) silenceDeclarations() {
	declares := map[string]bool{}
	for _, d := range f.Declarations {
		declares[d.Pos.File] = true
	}
	byFile := map[string]map[int][]string{}
	for _, file := range f.Prog.Files {
		if declares[file.Rel] {
			byFile[file.Rel] = ignores(f.Prog, file)
		}
	}
	for i := range f.Declarations {
		d := &f.Declarations[i]
		d.silenced = byFile[d.Pos.File][d.Pos.Line]
	}
}
