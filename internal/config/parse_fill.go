package config

import (
	"regexp"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// This file says what may stand in a row of fills.

// FillRow matches calls that fill a struct, and the structs in it, from a
// configuration. The key of a field is a path: what the call puts before all keys,
// what the fields around it say, and its own name.
type FillRow struct {
	Package  []string // narrows Provider.Packages; empty is all of them
	Recv     []string // as in SiteRow
	Names    Names
	Into     int     // index of the argument that points to the struct; IntoResult is the first result
	Prefix   Operand // what stands before all keys, with Join behind it; only Arg and Field count
	Tag      string  // the struct tag that names a field
	Untagged Letters // how a field without one is named: in these letters; "" is not at all
	Split    string  // the struct tag of such a field which says that Join stands between its words
	Outer    string  // the struct tag of a field around that holds what stands before; "tag,option" is an option of it
	Join     string  // instead: the names of the fields around stand before, with this behind each
	Flat     bool    // with Join: embedded structs put nothing before
	Pattern  *regexp.Regexp
	Default  Operand           // the struct tag with what the code gets where nothing else is said
	Pos      registry.Position `json:"-"`
}

// IntoResult is the FillRow.Into of calls that return the struct.
const IntoResult = -1

// Letters are those that the names of fields without a tag are written in.
type Letters string

// The letters. Where they are upper, whole keys are.
const (
	LettersLower Letters = "lower"
	LettersUpper Letters = "upper"
)

// takeFill takes a row of fills.
func takeFill(n document.Node) FillRow {
	row := FillRow{Pos: n.Pos()}
	if !n.Fields(fillFields(&row)) {
		return row
	}
	if row.Names.isZero() {
		n.Errorf("no names: list them, or write names: \"*\" or names: /regular expression/")
	}
	if row.Tag == "" {
		n.Errorf("no tag: name the struct tag that names a field, as in tag: env")
	}
	if row.Outer != "" && row.Join != "" {
		n.Errorf("two ways of naming a path: keep one of outer and join")
	}
	if (row.Flat || row.Split != "") && row.Join == "" {
		n.Errorf("no join: flat and split speak of names that it joins")
	}
	return row
}

// fillFields describes a row of fills.
func fillFields(row *FillRow) document.Fields {
	return document.Fields{
		"package":  takePackages(&row.Package),
		"recv":     takeTypes(&row.Recv),
		"names":    takeNames(&row.Names),
		"into":     takeInto(&row.Into),
		"prefix":   takePrefix(&row.Prefix),
		"tag":      document.Text(&row.Tag),
		"untagged": document.Word(&row.Untagged, LettersLower, LettersUpper),
		"split":    document.Text(&row.Split),
		"outer":    document.Text(&row.Outer),
		"join":     document.Text(&row.Join),
		"flat":     document.Bool(&row.Flat),
		"default":  takeOperand(&row.Default),
		"pattern": func(n document.Node) {
			if s, ok := n.Text(); ok {
				row.Pattern = takeRegex(n, s)
			}
		},
	}
}

// takeInto takes what a call fills: the index of an argument, or the word result.
func takeInto(dst *int) func(document.Node) {
	return func(n document.Node) {
		if n.IsInt() {
			document.Int(dst)(n)
			return
		}
		var word string
		document.Word(&word, "result")(n)
		*dst = IntoResult
	}
}

// takePrefix takes an operand of a call that is an argument, or a field of one.
func takePrefix(o *Operand) func(document.Node) {
	return func(n document.Node) {
		o.Set = true
		if n.IsScalar() {
			document.Int(&o.Arg)(n)
			return
		}
		n.Fields(prefixFields(o))
	}
}

// prefixFields describes such an operand.
func prefixFields(o *Operand) document.Fields {
	return document.Fields{"arg": document.Int(&o.Arg), "field": document.Text(&o.Field)}
}
