package fuzz

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

// Shrink makes a failing case smaller, as long as it fails in the same way, in
// a folder that is empty. It tries some cuts at a time, the largest first, and then
// as many of those that keep the failure as go together. A cut that loses the
// failure is tried again only when no other is left. Where ctx ends, the smallest
// case so far is returned.
func (p Prover) Shrink(ctx context.Context, dir string, c *rewritetest.Case, failure error) (*rewritetest.Case, error) {
	s := &shrinker{ctx: ctx, dir: dir, want: signature(failure), last: failure, prover: Prover{Dry: p.Dry || isOfPlan(failure), Strict: p.Strict}, lost: map[string]bool{}}
	fresh := true // no cut was made since the lost ones were forgotten
	for ctx.Err() == nil {
		cuts := s.untried(c)
		if len(cuts) == 0 && fresh {
			break
		}
		if len(cuts) == 0 {
			clear(s.lost)
			fresh = true
			continue
		}
		if keepers := s.keepers(c, cuts[:min(len(cuts), 24)]); len(keepers) > 0 {
			c, fresh = s.together(c, keepers), false
		}
	}
	return c, s.last
}

type shrinker struct {
	ctx    context.Context
	dir    string
	want   string
	last   error
	prover Prover
	round  int
	lost   map[string]bool // by the text of a cut: it lost the failure
}

// isOfPlan reports whether a failure shows without running the program.
func isOfPlan(err error) bool {
	f := (*ClassError)(nil)
	return errors.As(err, &f) && slices.Contains([]string{"refused", "no fixed point", "not formatted", "the planner panics", "the result does not compile", "the result does not vet"}, f.Class)
}

var places = regexp.MustCompile(`\S*\.go:\d+:\d+: |\bp\d+\b|\d+|"[^"]*"`)

// signature is what must stay of a failure: its class and, where it is a
// message, its first words.
func signature(err error) string {
	f := (*ClassError)(nil)
	if !errors.As(err, &f) {
		return ""
	}
	switch f.Class {
	case "refused", "the result does not vet", "the planner panics":
		line := strings.Join(strings.Split(f.Text, "\n")[:min(2, strings.Count(f.Text, "\n")+1)], " ")
		words := strings.Fields(places.ReplaceAllString(line, ""))
		for i, w := range words { // "undefined: x" is like "undefined: y"
			if strings.HasPrefix(w, "undefined:") || strings.HasPrefix(w, "used:") || w == "variable" || w == "label" {
				words = words[:i+1]
				break
			}
		}
		return f.Class + strings.Join(words, " ")
	}
	return f.Class
}

// cut is a change of one file, or the loss of a file or flag.
type cut struct {
	file, text string
	start, end int
	flag       int // index of the flag, where file is ""
}

func (c cut) size() int { return c.end - c.start - len(c.text) }

// untried returns the cuts of c that have not lost the failure, the largest first.
func (s *shrinker) untried(c *rewritetest.Case) []cut {
	cuts := slices.DeleteFunc(cutsOf(c), func(x cut) bool { return s.lost[x.key(c)] })
	slices.SortStableFunc(cuts, func(a, b cut) int { return b.size() - a.size() })
	return cuts
}

// key says what a cut takes and what it leaves.
func (c cut) key(of *rewritetest.Case) string {
	if c.file == "" {
		return of.Flags[c.flag].Key
	}
	return c.file + "\x00" + of.Files[c.file][c.start:c.end] + "\x00" + c.text
}

// keepers returns the cuts of c that keep the failure.
func (s *shrinker) keepers(c *rewritetest.Case, cuts []cut) []cut {
	var cases []*rewritetest.Case
	for _, x := range cuts {
		cases = append(cases, apply(c, x))
	}
	var out []cut
	for i, ok := range s.fail(cases) {
		if ok {
			out = append(out, cuts[i])
		} else {
			s.lost[cuts[i].key(c)] = true
		}
	}
	return out
}

// together applies as many cuts as keep the failure; each alone does.
func (s *shrinker) together(c *rewritetest.Case, cuts []cut) *rewritetest.Case {
	for n := len(cuts); n > 1; n /= 2 {
		var list []cut
		for _, x := range cuts[:n] {
			if !slices.ContainsFunc(list, func(y cut) bool { return x.file == y.file && x.start < y.end && y.start < x.end }) {
				list = append(list, x)
			}
		}
		if d := apply(c, list...); s.fail([]*rewritetest.Case{d})[0] {
			return d
		}
	}
	return apply(c, cuts[0])
}

// fail reports for each case whether it fails in the way that is wanted.
func (s *shrinker) fail(cases []*rewritetest.Case) []bool {
	out := make([]bool, len(cases))
	s.round++
	for i, c := range cases {
		c.Name = fmt.Sprintf("q%dx%d", s.round, i)
	}
	verdicts, err := s.prover.Check(s.ctx, filepath.Join(s.dir, fmt.Sprint(s.round)), cases)
	if err != nil {
		return out
	}
	for i, c := range cases {
		if v := verdicts[c]; !v.Broken && v.Err != nil && signature(v.Err) == s.want {
			out[i] = true
			s.last = v.Err
		}
	}
	return out
}

// apply returns c with cuts made that do not overlap.
func apply(c *rewritetest.Case, cuts ...cut) *rewritetest.Case {
	d := &rewritetest.Case{Files: maps.Clone(c.Files), Flags: slices.Clone(c.Flags), Exported: c.Exported}
	slices.SortFunc(cuts, func(a, b cut) int { return b.start - a.start })
	var gone []string
	for _, x := range cuts {
		switch {
		case x.file == "":
			gone = append(gone, c.Flags[x.flag].Key)
		case x.start == 0 && x.end == len(c.Files[x.file]):
			delete(d.Files, x.file)
		default:
			text := d.Files[x.file]
			d.Files[x.file] = text[:x.start] + x.text + text[x.end:]
		}
	}
	d.Flags = slices.DeleteFunc(d.Flags, func(f rewritetest.Flag) bool { return slices.Contains(gone, f.Key) && len(d.Flags) > 1 })
	for name, text := range d.Files {
		d.Files[name] = tidy(text)
	}
	return d
}

// tidy drops imports that nobody uses, and formats what was formatted.
func tidy(text string) string {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.ImportsOnly)
	if err != nil {
		return text
	}
	for _, spec := range slices.Backward(f.Imports) {
		base := path.Base(strings.Trim(spec.Path.Value, `"`))
		if strings.Contains(text, base+".") || spec.Name != nil {
			continue
		}
		start, end := fset.Position(spec.Pos()).Offset, fset.Position(spec.End()).Offset
		text = text[:start] + text[end:]
	}
	if out, err := format.Source([]byte(text)); err == nil {
		return string(out)
	}
	return text
}

// cutsOf returns all single cuts of a case.
func cutsOf(c *rewritetest.Case) []cut {
	var out []cut
	for i := range c.Flags {
		if len(c.Flags) > 1 {
			out = append(out, cut{flag: i})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		text := c.Files[name]
		out = append(out, cut{file: name, end: len(text)})
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "", text, parser.ParseComments)
		if err != nil {
			continue
		}
		k := &cutter{name: name, text: text, off: func(p token.Pos) int { return fset.Position(p).Offset }}
		ast.Inspect(f, k.node)
		for _, g := range f.Comments {
			k.drop(g.Pos(), g.End())
		}
		out = append(out, k.cuts...)
	}
	return out
}

// cutter finds the cuts of one file.
type cutter struct {
	name, text string
	off        func(token.Pos) int
	cuts       []cut
}

func (k *cutter) drop(start, end token.Pos) { k.replace(start, end, "") }

func (k *cutter) replace(start, end token.Pos, text string) {
	k.cuts = append(k.cuts, cut{file: k.name, start: k.off(start), end: k.off(end), text: text})
}

// keep lets a part stand for the whole.
func (k *cutter) keep(whole, part ast.Node) {
	k.replace(whole.Pos(), whole.End(), k.text[k.off(part.Pos()):k.off(part.End())])
}

// inside lets the statements of a block stand for the whole.
func (k *cutter) inside(whole ast.Node, b *ast.BlockStmt) {
	k.replace(whole.Pos(), whole.End(), k.text[k.off(b.Lbrace)+1:k.off(b.Rbrace)])
}

// node is a flat switch over the kinds of node.
func (k *cutter) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.File:
		for _, d := range n.Decls {
			if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
				k.drop(d.Pos(), d.End())
			}
		}
	case *ast.GenDecl:
		for _, s := range n.Specs {
			if n.Tok != token.IMPORT && len(n.Specs) > 1 {
				k.drop(s.Pos(), s.End())
			}
		}
	case *ast.BlockStmt:
		k.list(n.List)
	case *ast.CaseClause:
		k.list(n.Body)
		k.drop(n.Pos(), n.End())
		for i, x := range n.List {
			if i > 0 {
				k.drop(n.List[i-1].End(), x.End())
			}
		}
	case *ast.CommClause:
		k.list(n.Body)
	case *ast.IfStmt:
		k.inside(n, n.Body)
		if n.Init != nil {
			k.drop(n.Init.Pos(), n.Cond.Pos())
		}
		switch e := n.Else.(type) {
		case *ast.BlockStmt:
			k.inside(n, e)
			k.drop(n.Body.End(), n.End())
		case *ast.IfStmt:
			k.keep(n, e)
			k.drop(n.Body.End(), n.End())
		}
	case *ast.ForStmt:
		k.inside(n, n.Body)
	case *ast.RangeStmt:
		k.inside(n, n.Body)
	case *ast.LabeledStmt:
		k.keep(n, n.Stmt)
	case *ast.ParenExpr:
		k.keep(n, n.X)
	case *ast.UnaryExpr:
		k.keep(n, n.X)
	case *ast.BinaryExpr:
		k.keep(n, n.X)
		k.keep(n, n.Y)
		k.replace(n.Pos(), n.End(), "true")
	case *ast.CallExpr:
		for _, a := range n.Args {
			k.keep(n, a)
		}
		for i, a := range n.Args {
			if i > 0 {
				k.drop(n.Args[i-1].End(), a.End())
			}
		}
		k.replace(n.Pos(), n.End(), "true")
		k.replace(n.Pos(), n.End(), "0")
	}
	return true
}

// list cuts statements, and runs of them.
func (k *cutter) list(list []ast.Stmt) {
	for n := len(list); n >= 1; n /= 2 {
		for i := 0; i+n <= len(list); i += n {
			k.drop(list[i].Pos(), list[i+n-1].End())
		}
	}
	for _, s := range list {
		if b, ok := s.(*ast.BlockStmt); ok {
			k.inside(b, b)
		}
	}
}
