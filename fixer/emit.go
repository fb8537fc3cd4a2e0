package fixer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file writes the decisions as edits: declarations and imports here,
// statements and expressions beside it.

// emit returns the changed files, sorted by path.
func (p *planner) emit() ([]Change, error) {
	var out []Change
	for file := range p.touched {
		e := p.newEmitter(file)
		e.declarations()
		if e.err != nil {
			return nil, e.err
		}
		f := p.files[file]
		change := Change{Path: f.Path, File: f.Rel, Before: f.Data}
		if !e.gone[file] {
			after, err := e.out.Bytes()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Rel, err)
			}
			if string(after) == string(f.Data) {
				continue
			}
			change.After = after
		}
		out = append(out, change)
	}
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.File, b.File) })
	return out, nil
}

// emitter writes the edits of one file.
type emitter struct {
	*reducer
	file  *program.File
	out   *edit.File
	text  *edit.Lines
	words []*regexp.Regexp  // what a comment about the flags speaks of
	typed map[ast.Expr]bool // numbers that stand beside constants, which would change their type
	err   error
}

func (p *planner) newEmitter(file *ast.File) *emitter {
	f := p.files[file]
	e := &emitter{reducer: &reducer{p, p.pkgs[file], p.pkgs[file].Info}, file: f, typed: map[ast.Expr]bool{}, words: p.flagWords()}
	var raws [][2]int
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, "`") {
			raws = append(raws, [2]int{e.off(lit.Pos()), e.off(lit.End())})
		}
		return true
	})
	e.out = edit.NewFile(f.Data, raws...)
	e.text = p.linesOf(file)
	return e
}

// flagWords returns the words by which a comment speaks of the flags.
func (p *planner) flagWords() []*regexp.Regexp {
	words := []*regexp.Regexp{regexp.MustCompile(`(?i)\b(flags?|flagged|toggles?|toggled|feature gates?|roll-?outs?|rolled out)\b`)}
	for _, r := range p.removals {
		if len(r.Word()) > 1 { // "a" is a word
			words = append(words, regexp.MustCompile(`(?i)(^|[^\w-])`+regexp.QuoteMeta(r.Word())+`($|[^\w-])`))
		}
	}
	return words
}

func (e *emitter) off(pos token.Pos) int { return e.file.Tok.Offset(pos) }

// fail notes the first error.
func (e *emitter) fail(pos token.Pos, format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("%s: %s", e.prog.Position(pos), fmt.Sprintf(format, args...))
	}
}

func (e *emitter) declarations() {
	e.fieldLists()
	e.emitMoves()
	e.emitStages()
	for _, d := range e.file.Syntax.Decls {
		switch {
		case e.isDeclGone(d):
			e.cutDecl(d)
		default:
			e.decl(d)
		}
	}
}

// decl edits inside a declaration that stays.
func (e *emitter) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			e.stmts(d.Body.List)
		}
	case *ast.GenDecl:
		if c := e.countingOf(d); c != nil {
			e.counted(d, c)
			return
		}
		for _, s := range d.Specs {
			v, isValue := s.(*ast.ValueSpec)
			i, isImport := s.(*ast.ImportSpec)
			switch {
			case e.gone[s]:
				e.cutSpec(s)
			case isValue:
				e.valueSpec(v)
			case isImport && e.unnamed[i]:
				e.out.Replace(e.off(i.Pos()), e.off(i.Path.Pos()), edit.Text("_ "))
			}
		}
	}
}

func (e *emitter) valueSpec(v *ast.ValueSpec) {
	if len(v.Names) == 1 && len(v.Values) == 1 && e.gone[v.Values[0]] && !e.blank[v.Names[0]] {
		if end := e.off(v.Values[0].End()); v.Type != nil {
			e.out.Replace(e.off(v.Type.End()), end)
		} else {
			e.out.Replace(e.off(v.Names[0].End()), end, edit.Text(" "+e.typeText(e.info.TypeOf(v.Names[0]), v.Pos())))
		}
		return
	}
	var names, values []edit.Part
	for i, id := range v.Names {
		name := edit.Keep(e.off(id.Pos()), e.off(id.End()))
		if e.blank[id] {
			if len(v.Values) == 0 || len(v.Values) == len(v.Names) && e.gone[v.Values[i]] {
				continue
			}
			e.out.Replace(e.off(id.Pos()), e.off(id.End()), edit.Text("_"))
		}
		names = append(names, name)
		if len(v.Values) == len(v.Names) {
			values = append(values, edit.Keep(e.off(v.Values[i].Pos()), e.off(v.Values[i].End())))
		}
	}
	for _, x := range v.Values {
		e.expr(x, 0)
	}
	if len(names) == len(v.Names) || len(names) == 0 {
		return
	}
	parts := commaList(names)
	if v.Type != nil {
		parts = append(parts, edit.Text(" "), edit.Keep(e.off(v.Type.Pos()), e.off(v.Type.End())))
	}
	if len(values) > 0 {
		parts = append(append(parts, edit.Text(" = ")), commaList(values)...)
	}
	e.out.Replace(e.off(v.Pos()), e.off(v.End()), parts...)
}

// cutDecl cuts a declaration with its documentation.
func (e *emitter) cutDecl(d ast.Decl) {
	pos := d.Pos()
	var doc *ast.CommentGroup
	switch d := d.(type) {
	case *ast.FuncDecl:
		doc = d.Doc
	case *ast.GenDecl:
		doc = d.Doc
	}
	if doc != nil {
		pos = doc.Pos()
	}
	start, end := e.text.Whole(e.off(pos), e.off(d.End()))
	e.out.Replace(start, end)
}

// cutSpec cuts one of several specs, with its comments.
func (e *emitter) cutSpec(s ast.Spec) {
	pos, end := s.Pos(), s.End()
	var doc *ast.CommentGroup
	switch s := s.(type) {
	case *ast.ValueSpec:
		doc = s.Doc
	case *ast.TypeSpec:
		doc = s.Doc
	case *ast.ImportSpec:
		doc = s.Doc
	}
	if doc != nil {
		pos = doc.Pos()
	}
	a, b := e.text.Whole(e.off(pos), e.off(end))
	e.out.Replace(a, b)
}

// typeText returns a type as the file can spell it.
func (e *emitter) typeText(t types.Type, at token.Pos) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == e.pkg.Types {
			return ""
		}
		for _, spec := range e.file.Syntax.Imports {
			name, _ := e.info.Implicits[spec].(*types.PkgName)
			if spec.Name != nil {
				name, _ = e.info.Defs[spec.Name].(*types.PkgName)
			}
			if name != nil && name.Imported() == p && !e.gone[spec] && name.Name() != "_" {
				if name.Name() == "." {
					return ""
				}
				return name.Name()
			}
		}
		e.fail(at, "package %s is not imported here", p.Path())
		return p.Name()
	})
}
