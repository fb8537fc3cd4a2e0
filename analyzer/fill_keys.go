package analyzer

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file spells the keys of the fields that a call fills.

// spelling is a way through the fields of structs.
type spelling struct {
	filling
	home   string
	key    string    // what stands before the fields' own names
	starts []int     // where in the key a name begins
	path   []fieldID // the fields around
	within []*types.Struct
}

// maxFillDepth bounds how deep structs stand in each other.
const maxFillDepth = 20

// fill notes the fields that a call fills, and that are flags.
func (f *fillFinder) fill(pkg *program.Package, in filling) {
	s := spelling{filling: in, home: pkg.Path, starts: []int{0}}
	if in.prefix != "" {
		s.key = in.row.letters(in.prefix) + in.row.fill.Join
		s.starts = append(s.starts, len(s.key))
	}
	f.fillStruct(s, in.target)
}

// fillStruct notes the fields of one struct.
func (f *fillFinder) fillStruct(s spelling, t types.Type) {
	st := structOf(t)
	if slices.Contains(s.within, st) || len(s.within) > maxFillDepth {
		return // a type that holds itself
	}
	s.within = append(slices.Clip(s.within), st)
	if n, ok := types.Unalias(pointee(t)).(*types.Named); ok && n.Obj().Pkg() != nil {
		f.homes[n.Obj().Pkg().Path()] = true
	}
	for i := range st.NumFields() {
		v, tag := st.Field(i), reflect.StructTag(st.Tag(i))
		name, ok := s.row.nameOf(v, tag)
		switch inner := structOf(v.Type()); {
		case !ok:
		case inner != nil:
			if next, ok := s.inside(v, tag, name); ok {
				next.path = append(slices.Clip(s.path), f.idOf(v))
				f.fillStruct(next, v.Type())
			}
		case name != "":
			f.note(v, filled{s.row, v.Origin(), s.key + name, s.known, s.isFlag(name), s.path, s.home})
		}
	}
}

// pointee returns what t points to, or t.
func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// note adds a way in which a field is filled.
func (f *fillFinder) note(v *types.Var, in filled) {
	id := f.idOf(v)
	if !slices.ContainsFunc(f.of[id], func(g filled) bool {
		return g.row == in.row && g.key == in.key && g.known == in.known && g.home == in.home && slices.Equal(g.path, in.path)
	}) {
		f.of[id] = append(f.of[id], in)
	}
}

// isFlag reports whether a key that ends in that name is a flag's: itself, or what
// begins with the name of a field.
func (s *spelling) isFlag(name string) bool {
	p := s.row.fill.Pattern
	if p == nil {
		return true
	}
	key := s.key + name
	return slices.ContainsFunc(append(slices.Clip(s.starts), len(s.key)), func(at int) bool { return p.MatchString(key[at:]) })
}

// inside returns the way into a field which is a struct; false where its fields' keys
// are not known.
func (s spelling) inside(v *types.Var, tag reflect.StructTag, name string) (spelling, bool) {
	fill := s.row.fill
	_, options, _ := strings.Cut(tag.Get(fill.Tag), ",")
	before := outerOf(tag, fill.Outer)
	switch {
	case fill.Join == "":
	case v.Embedded() && fill.Flat, slices.Contains(strings.Split(options, ","), "squash"):
		return s, true
	case name == "":
		return s, false
	default:
		before = name + fill.Join
	}
	if before != "" {
		s.starts = append(slices.Clip(s.starts), len(s.key))
		s.key += before
	}
	return s, true
}

// outerOf returns what a field says that stands before the keys of its own fields.
func outerOf(tag reflect.StructTag, outer string) string {
	name, option, isOption := strings.Cut(outer, ",")
	if !isOption {
		return tag.Get(name)
	}
	for _, o := range strings.Split(tag.Get(name), ",") {
		if text, ok := strings.CutPrefix(strings.TrimSpace(o), option+"="); ok {
			return text
		}
	}
	return ""
}

// nameOf returns a field's own name in a key; "" where it has none, and false where
// the field is left out.
func (r *row) nameOf(v *types.Var, tag reflect.StructTag) (string, bool) {
	name, _, _ := strings.Cut(tag.Get(r.fill.Tag), ",")
	if name == "-" || !v.Exported() && !v.Embedded() {
		return "", false
	}
	if name == "" && r.fill.Untagged != "" {
		name = v.Name()
		if split := tag.Get(r.fill.Split); r.fill.Split != "" && split == "true" {
			name = strings.Join(words(name), r.fill.Join)
		}
		if r.fill.Untagged == config.LettersLower {
			name = strings.ToLower(name)
		}
	}
	return r.letters(name), true
}

// letters writes a part of a key in the letters of the whole.
func (r *row) letters(s string) string {
	if r.fill.Untagged == config.LettersUpper {
		return strings.ToUpper(s)
	}
	return s
}
