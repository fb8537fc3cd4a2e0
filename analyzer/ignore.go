package analyzer

import (
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// ignoreDirective silences a rule for the Sites of its own line and of the next:
//
//	//flagdebt:ignore nested both are asked once at start
//
// The reason is part of it: a directive without one silences nothing.
const ignoreDirective = "//flagdebt:ignore "

// ignores maps the lines of a file to the rules that are silenced there.
func ignores(prog *program.Program, f *program.File) map[int][]string {
	out := map[int][]string{}
	for _, g := range f.Syntax.Comments {
		for _, c := range g.List {
			rest, ok := strings.CutPrefix(c.Text, ignoreDirective)
			rule, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
			if !ok || rule == "" || strings.TrimSpace(reason) == "" {
				continue
			}
			line := prog.Position(c.Pos()).Line
			out[line] = append(out[line], rule)
			out[line+1] = append(out[line+1], rule)
		}
	}
	return out
}

// silence notes on each Site the rules that a directive silences there, and in whose
// declaration it stands.
func (f *Found) silence() {
	byFile := map[string]map[int][]string{}
	for i := range f.Sites {
		s := &f.Sites[i]
		file := f.Prog.FileAt(s.pos)
		if file == nil {
			continue
		}
		if byFile[file.Path] == nil {
			byFile[file.Path] = ignores(f.Prog, file)
		}
		s.silenced = byFile[file.Path][s.Pos.Line]
		s.In = enclosing(file.Syntax, s.pos)
	}
	f.silenceDeclarations()
}
