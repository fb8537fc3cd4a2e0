package config

// This file says what may stand in a row of a provider: a site, a declaration, an
// override.

import (
	"github.com/flagdebt/flagdebt/internal/config/document"
)

// takeSite takes a row of sites.
func takeSite(n document.Node) SiteRow {
	row := SiteRow{Kind: KindCall, Key: newKey(), Result: newResult(), Pos: n.Pos()}
	if n.Fields(siteFields(&row)) {
		row.complete()
		checkSite(n, row)
	}
	return row
}

// siteFields describes a row of sites.
func siteFields(row *SiteRow) document.Fields {
	return document.Fields{
		"kind":    document.Word(&row.Kind, KindCall, KindField, KindVar, KindConst, KindIndex, KindTag),
		"package": takePackages(&row.Package),
		"recv":    takeTypes(&row.Recv),
		"type":    takeTypes(&row.Type),
		"names":   takeNames(&row.Names),
		"key":     takeKey(&row.Key),
		"default": takeOperand(&row.Default),
		"result":  takeResult(&row.Result),
		"bulk":    document.Bool(&row.Bulk),
	}
}

// complete fills in what the kind of the row implies.
func (row *SiteRow) complete() {
	if row.Key.isZero() && !row.Bulk {
		switch row.Kind {
		case KindField, KindVar, KindConst:
			row.Key.Name = true
		case KindIndex:
			row.Key.Index = true
		case KindCall, KindTag: // they say where the key is
		}
	}
	if row.Kind == KindTag && row.Names.isZero() {
		row.Names.All = true
	}
}

// checkSite tells what is missing from a row, and what its kind has no use for.
// Precondition: row is complete.
func checkSite(n document.Node, row SiteRow) {
	call := row.Kind == KindCall
	if row.Names.isZero() && (row.Kind != KindConst || row.Type == nil) {
		n.Errorf("no names: list them, or write names: \"*\" or names: /regular expression/")
	}
	if row.Key.isZero() && !row.Bulk {
		n.Errorf("no key: say where the %s keeps the flag's key, as in %s", row.Kind, keyExample(row.Kind))
	}
	if row.Kind == KindField && row.Type == nil {
		n.Errorf("no type: name the struct type whose fields are flags")
	}
	if row.Recv != nil && !call {
		n.Errorf("a %s has no recv: that is for calls", row.Kind)
	}
	if row.Type != nil && row.Kind != KindField && row.Kind != KindTag && row.Kind != KindConst {
		n.Errorf("a %s has no type: that is for field, tag and const; a call has recv", row.Kind)
	}
	if row.Default.Tag != nil && row.Kind != KindTag {
		n.Errorf("a %s has no struct tag: its default cannot stand there", row.Kind)
	}
	if !call && (row.Key.Arg >= 0 || row.Key.Recv) {
		n.Errorf("a %s has no arguments and no receiver: its key cannot stand there", row.Kind)
	}
	if row.Key.Index && row.Kind != KindIndex {
		n.Errorf("a %s has no index: its key cannot stand there", row.Kind)
	}
	if row.Key.Tag != "" && row.Kind != KindTag && row.Kind != KindField {
		n.Errorf("a %s has no struct tag: its key cannot stand there", row.Kind)
	}
	if !call && row.Default.Set && (row.Default.Tag == nil || row.Kind != KindTag) {
		n.Errorf("a %s has no arguments: its default can only be {literal: text}", row.Kind)
	}
	if row.Key.Param.Set && !call {
		n.Errorf("a %s has no arguments: its key has no param", row.Kind)
	}
}

// keyExample shows how a key is written for a kind.
func keyExample(k Kind) string {
	if k == KindTag {
		return "key: {tag: env}"
	}
	return "key: 0 (the first argument)"
}

// takeDeclare takes a row of declarations.
func takeDeclare(n document.Node) DeclareRow {
	row := DeclareRow{Key: newKey(), Pos: n.Pos()}
	if n.Fields(declareFields(&row)) {
		checkCall(n, row.Names, row.Key, false)
	}
	return row
}

// declareFields describes a row of declarations.
func declareFields(row *DeclareRow) document.Fields {
	return document.Fields{
		"package": takePackages(&row.Package),
		"recv":    takeTypes(&row.Recv),
		"names":   takeNames(&row.Names),
		"key":     takeKey(&row.Key),
		"default": takeOperand(&row.Default),
		"meta":    func(n document.Node) { n.Fields(metaFields(&row.Meta)) },
	}
}

// metaFields describes what a declaration says of its flag.
func metaFields(m *Meta) document.Fields {
	return document.Fields{
		"stage":     takeOperand(&m.Stage),
		"expires":   takeOperand(&m.Expires),
		"owner":     takeOperand(&m.Owner),
		"settle":    takeSettle(&m.Settle),
		"permanent": document.Texts(&m.Permanent),
	}
}

// takeOverride takes a row of overrides.
func takeOverride(n document.Node) OverrideRow {
	row := OverrideRow{Key: newKey(), Pos: n.Pos()}
	if n.Has("type") {
		if n.Fields(literalRowFields(&row)) && !row.Key.MapKeys && !row.Key.Fields {
			n.Errorf("no key: say what of the literal names the flags, as in key: {map-keys: true} or key: {fields: true}")
		}
		return row
	}
	if n.Fields(overrideRowFields(&row)) {
		checkOverride(n, row)
	}
	return row
}

// literalRowFields describes a row of overrides that matches literals.
func literalRowFields(row *OverrideRow) document.Fields {
	return document.Fields{
		"package": takePackages(&row.Package),
		"type":    takeTypes(&row.Type),
		"key":     takeLiteralKey(&row.Key),
		"value":   takeOperand(&row.Value),
	}
}

// overrideRowFields describes a row of overrides.
func overrideRowFields(row *OverrideRow) document.Fields {
	return document.Fields{
		"package": takePackages(&row.Package),
		"recv":    takeTypes(&row.Recv),
		"names":   takeNames(&row.Names),
		"key":     takeKey(&row.Key),
		"value":   takeOperand(&row.Value),
		"reset":   document.Bool(&row.Reset),
		"prepare": document.Bool(&row.Prepare),
	}
}

// checkOverride tells what is missing from a row of overrides. What sets all
// flags back names none, nor does what lets others be set.
func checkOverride(n document.Node, row OverrideRow) {
	switch {
	case row.Reset && row.Prepare:
		n.Errorf("reset and prepare exclude each other")
	case !row.Reset && !row.Prepare:
		checkCall(n, row.Names, row.Key, true)
	case row.Names.isZero():
		n.Errorf("no names: list them, or write names: \"*\" or names: /regular expression/")
	case !row.Key.isZero() || row.Value.Set || row.Value.Literal != nil:
		n.Errorf("reset and prepare speak of no flag: they have no key and no value")
	}
}

// checkCall tells what is missing from a row that can only be a call. Its key is
// an argument or, if that is allowed, the receiver.
func checkCall(n document.Node, names Names, key Key, recv bool) {
	if names.isZero() {
		n.Errorf("no names: list them, or write names: \"*\" or names: /regular expression/")
	}
	switch {
	case key.Arg >= 0 || key.Recv && recv:
	case key.isZero():
		n.Errorf("no key: say where the call keeps the flag's key, as in %s", keyExample(KindCall))
	default:
		n.Errorf("the key must be an argument here, as in %s", keyExample(KindCall))
	}
}
