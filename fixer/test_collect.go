package fixer

import (
	"bytes"
	"go/ast"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds what sets flags.

// collect finds what sets flags, in the files that set one of those to remove.
func (t *tester) collect() {
	seen := map[*ast.File]bool{}
	for _, pkg := range t.prog.Packages {
		for _, f := range pkg.Files {
			if seen[f.Syntax] {
				continue
			}
			seen[f.Syntax] = true
			var sets []*setting
			ours := false
			for _, v := range t.found.Overrides(pkg, f) {
				s := &setting{Override: v}
				if v.Key != "" {
					s.removal = t.removalOf(v.Source, v.Key)
				}
				ours = ours || s.removal != nil || v.KeyX != nil && t.mayName(f)
				sets = append(sets, s)
			}
			if !ours {
				continue
			}
			for _, s := range sets {
				s.path = pathTo(f.Syntax, s.Node())
				s.cleanup = isCleanup(s.path)
				t.suit(s)
			}
			t.sets = append(t.sets, sets...)
			for _, s := range sets {
				t.setters[s.Call] = true
			}
		}
	}
}

// mayName reports whether a file may name a flag to remove: by its key, or as
// the last part of a name.
func (t *tester) mayName(f *program.File) bool {
	return f.Test && slices.ContainsFunc(t.removals, func(r Removal) bool { return bytes.Contains(f.Data, []byte(r.Flag.Key)) })
}

// suit leaves, or refuses, what cannot be decided about for where it stands.
func (t *tester) suit(s *setting) {
	if s.removal == nil {
		return
	}
	at := s.Node().Pos()
	switch {
	case s.Pkg.Broken():
		t.refuse(s.removal, ReasonCompile, at, "%s", s.Pkg.Path)
	case s.File.Generated:
		t.leave(s.removal, ReasonGenerated, at, "%s sets it", s.File.Rel)
	case !t.isAsked(s.File.Syntax):
		t.leave(s.removal, ReasonOutside, at, "%s sets it", s.Pkg.Path)
	case !s.File.Test && !importsTesting(s.File.Syntax):
		t.leave(s.removal, ReasonUnsupported, at, "this is no test, and sets it")
	case s.Pkg.Cgo():
		t.leave(s.removal, ReasonUnsupported, at, "package %s uses cgo, so the result could not be checked", s.Pkg.Path)
	default:
		return
	}
	s.left = true
}

// importsTesting reports whether a file is there for tests, though none is in it.
func importsTesting(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"testing"` })
}

// isCleanup reports whether what a path begins with runs when a test is over: it
// is deferred, or handed to Cleanup.
func isCleanup(path []ast.Node) bool {
	for i, n := range path {
		if i == 0 {
			continue
		}
		switch n := n.(type) {
		case *ast.DeferStmt:
			if n.Call == path[i-1] {
				return path[i-1] == path[0] || isLiteral(n.Call.Fun)
			}
		case *ast.FuncDecl:
			return false
		case *ast.FuncLit:
			if call, ok := path[i+1].(*ast.CallExpr); ok && isCleanupCall(call) {
				return true
			}
		}
	}
	return false
}
