package analyzer

// This file says why a line of code is a Site, or why not.

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Line is how a line of code is read.
type Line struct {
	Pos      registry.Position // Column is 0
	Text     string            // without the blanks around it
	Readings []Reading         // in the order of the line
	Problems []Problem         // of its package: what is not typed cannot be read
	Note     string            // why nothing of the line is read; "" where it is
}

// Reading is how an expression of a Line is read.
type Reading struct {
	Pos      registry.Position
	Text     string            // what is called or named, as the code writes it
	Callee   string            // the function as types see it; "" where none is known
	Site     *Site             // nil where it is none
	Provider string            // the provider of Row
	Row      registry.Position // the provider's row that matches, or comes nearest; zero is none
	Reason   string            // why it is no Site, without a subject; "" for a Site
	Asks     string            // instead: who uses what is declared here asks for a flag

	end registry.Position
}

// ExplainLine says how a line of a file is read. The path is absolute; the line
// counts from 1.
func (d *Driver) ExplainLine(ctx context.Context, path string, line int, progress func(string)) (*Line, error) {
	repo, err := program.Scan(d.Root, d.Base)
	if err != nil {
		return nil, err
	}
	l := &Line{Pos: registry.Position{File: repo.Rel(path), Line: line}}
	if l.Text, err = textOfLine(path, l.Pos); err != nil {
		return nil, err
	}
	dir := repo.Dir(filepath.Dir(path))
	if dir == nil || !slices.ContainsFunc(dir.Files, func(s *program.Source) bool { return s.Path == path }) {
		return nil, fmt.Errorf("%s: the file is none of those that are read: Go files below %s, outside of folders that the go command skips (vendor, testdata, names that begin with . or _)", l.Pos.File, d.Root)
	}
	found, err := d.findRounds(ctx, repo, NewOracle(d.providers), progress, dir)
	if err != nil {
		return nil, err
	}
	for _, p := range found.Problems {
		if p.Package == dir.ImportPath || strings.HasPrefix(p.Package, dir.ImportPath+"_test") || p.Pos.File == l.Pos.File {
			l.Problems = append(l.Problems, p)
		}
	}
	f := found.fileAt(path)
	if f.pkg == nil {
		l.Note = "No build configuration takes this file: add one under \"build\" in .flagdebt.yml, or pass --tags."
		return l, nil
	}
	l.Readings = f.read(line)
	return l, nil
}

// textOfLine returns a line of a file.
func textOfLine(path string, pos registry.Position) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", pos.File, err)
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if pos.Line < 1 || pos.Line > len(lines) {
		return "", fmt.Errorf("%s: there is no such line: the file has %d", pos, len(lines))
	}
	return strings.TrimSpace(string(lines[pos.Line-1])), nil
}

// lineReader reads the lines of one file.
type lineReader struct {
	*Found
	pkg   *program.Package // nil where no build configuration takes the file
	file  *program.File
	sites map[[2]registry.Position]*Site
	out   []Reading
}

// fileAt returns the reader of a file.
func (f *Found) fileAt(path string) *lineReader {
	r := &lineReader{Found: f, sites: map[[2]registry.Position]*Site{}}
	for _, pkg := range f.Prog.Packages {
		for _, file := range pkg.Files {
			if file.Path == path && r.pkg == nil {
				r.pkg, r.file = pkg, file
			}
		}
	}
	for i := range f.Sites {
		s := &f.Sites[i]
		r.sites[[2]registry.Position{s.Pos, s.End}] = s
	}
	return r
}

// read returns how the line is read.
func (r *lineReader) read(line int) []Reading {
	r.readAsked(line)
	r.readDeclared(line)
	covered := r.readOverrides(line)
	ast.Inspect(r.file.Syntax, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && !covered[call] && (r.isOn(line, call) || r.isOn(line, nameOf(call))) && !r.has(call) {
			r.readCall(call)
		}
		return true
	})
	slices.SortFunc(r.out, func(a, b Reading) int { return cmp.Or(comparePos(a.Pos, b.Pos), comparePos(b.end, a.end)) })
	return slices.CompactFunc(r.out, func(a, b Reading) bool { return a.Pos == b.Pos && a.end == b.end })
}

// isOn reports whether x begins on the line of the file.
func (r *lineReader) isOn(line int, x ast.Node) bool {
	return r.Prog.FileAt(x.Pos()) == r.file && r.Prog.Position(x.Pos()).Line == line
}

// has reports whether x is read already.
func (r *lineReader) has(x ast.Node) bool {
	pos, end := r.Prog.Position(x.Pos()), r.Prog.Position(x.End())
	return slices.ContainsFunc(r.out, func(o Reading) bool { return o.Pos == pos && o.end == end })
}

// nameOf returns the name that a call calls by, which may stand on a later line
// than the call begins on; the call itself where it has none.
func nameOf(call *ast.CallExpr) ast.Node {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel
	}
	return call
}

// readAsked adds the expressions that ask for a flag.
func (r *lineReader) readAsked(line int) {
	for _, fn := range r.Engine.Functions() {
		for x, asked := range r.Engine.Trace(fn).Asked {
			if call, ok := x.(*ast.CallExpr); r.isOn(line, x) || ok && r.isOn(line, nameOf(call)) {
				r.addSite(x, asked.Ask.Ref.(*row))
			}
		}
	}
}

// readOverrides adds what sets a flag, and returns the calls that do.
func (r *lineReader) readOverrides(line int) map[*ast.CallExpr]bool {
	covered := map[*ast.CallExpr]bool{}
	for _, v := range r.Overrides(r.pkg, r.file) {
		if v.Call != nil {
			covered[v.Call] = true
		}
		if r.isOn(line, v.Node()) || v.Call != nil && r.isOn(line, nameOf(v.Call)) {
			r.addSite(v.Node(), v.row)
		}
	}
	return covered
}

// addSite adds an expression that is a Site because of a row.
func (r *lineReader) addSite(x ast.Node, row *row) {
	read := r.reading(x)
	read.Site = r.sites[[2]registry.Position{read.Pos, read.end}]
	if read.Site != nil {
		read.Provider, read.Row = row.provider.ID, row.pos
		r.out = append(r.out, read)
	}
}

// reading starts the reading of an expression.
func (r *lineReader) reading(x ast.Node) Reading {
	read := Reading{Pos: r.Prog.Position(x.Pos()), end: r.Prog.Position(x.End())}
	switch x := x.(type) {
	case *ast.CallExpr:
		read.Text = types.ExprString(x.Fun)
		if fn := callee(r.pkg.Info, x); fn != nil {
			read.Callee = fn.FullName()
		}
	case *ast.KeyValueExpr:
		read.Text = types.ExprString(x.Key)
	case ast.Expr:
		read.Text = types.ExprString(x)
	}
	return read
}

// readCall adds a call that is no Site.
func (r *lineReader) readCall(call *ast.CallExpr) {
	info := r.pkg.Info
	if tv := info.Types[ast.Unparen(call.Fun)]; tv.IsType() || tv.IsBuiltin() {
		return
	}
	read := r.reading(call)
	if near := r.explainCall(&read, call); near != nil {
		read.Provider, read.Row = near.provider.ID, near.pos
	}
	r.out = append(r.out, read)
}

// explainCall gives the reason why a call is no Site, and returns the row that
// comes nearest, or nil.
func (r *lineReader) explainCall(read *Reading, call *ast.CallExpr) *row {
	fn := callee(r.pkg.Info, call)
	switch {
	case fn == nil && r.pkg.Broken():
		read.Reason = "what it calls is not known, since its package does not compile"
		return nil
	case fn == nil:
		read.Reason = "it calls a function value; providers speak of functions and methods by their names"
		return nil
	}
	if w := r.Oracle.fillRow(r.pkg, call); w != nil {
		read.Reason = "it fills a struct from a configuration: code asks for a flag where it reads a field whose key is one"
		return w
	}
	path := "builtin"
	if fn.Pkg() != nil {
		path = fn.Pkg().Path()
	}
	rows := r.rows(func(w *row) bool { return w.kind == config.KindCall && w.inPackage(fn.Pkg()) })
	if len(rows) == 0 {
		read.Reason = fmt.Sprintf("no provider speaks of package %q", path)
		if r.Engine.FunctionOf(fn) != nil {
			read.Reason += ", and it hands on no flag's value"
		}
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(rows), func(w *row) bool { return !w.names.Match(fn.Name()) })
	if len(named) == 0 {
		read.Reason = fmt.Sprintf("provider %q speaks of package %q, but none of its rows names %s", rows[0].provider.ID, path, fn.Name())
		return nil
	}
	for _, w := range named {
		if w.takesRecv(receiverName(fn)) {
			read.Reason = r.explainKey(w, call)
			return w
		}
	}
	read.Reason = fmt.Sprintf("the row that names %s is for %s, not for %s", fn.Name(), receivers(named[0].recv), receivers([]string{receiverName(fn)}))
	return named[0]
}

// rows returns the rows for which keep holds.
func (r *lineReader) rows(keep func(*row) bool) []*row {
	var out []*row
	for _, w := range r.Oracle.all {
		if keep(w) {
			out = append(out, w)
		}
	}
	return out
}

// receivers words the types of a row's receivers.
func receivers(names []string) string {
	if len(names) == 0 || slices.Equal(names, []string{""}) {
		return "functions"
	}
	return "methods of " + strings.Join(names, ", ")
}

// explainKey says why a call that a row matches is no Site.
func (r *lineReader) explainKey(w *row, call *ast.CallExpr) string {
	args := call.Args
	if isMethodExpr(r.pkg.Info, call) && len(args) > 0 {
		args = args[1:]
	}
	if w.key.Arg >= len(args) {
		return fmt.Sprintf("the row keeps the key in argument %d (from 0), and there is none", w.key.Arg)
	}
	if w.key.Arg >= 0 {
		key, known := flow.TextIn(r.Engine.Value(r.pkg, args[w.key.Arg]), w.key.Field)
		_, fits := w.rename(key)
		switch {
		case known && !fits:
			return fmt.Sprintf("its key %q does not match the row's pattern %s", key, w.key.Pattern)
		case w.key.MapKeys || w.key.Fields:
			return "its argument is no literal that holds keys which are constant"
		case !known && w.key.Pattern != nil:
			return fmt.Sprintf("its key is not constant, and only keys that match %s are flags", w.key.Pattern)
		case !known:
			return "its key is not constant"
		}
	}
	return "what it asks for cannot be told here"
}
