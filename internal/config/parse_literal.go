package config

import (
	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// This file says what may stand in a row of literals.

// LiteralRow matches struct literals that register a flag, alone, in a list, or as
// the values of a map. What is known of the flag are fields of the struct.
type LiteralRow struct {
	Package []string          // narrows Provider.Packages; empty is all of them
	Type    []string          // the struct types
	Key     string            // the field that holds the flag's key; "" is the map's key
	Default string            // the field with what the code gets where nothing else is said
	Stage   string            // the life-cycle stage, a named constant
	Settle  map[string]string // stage constant's name -> the winner that it settles
	Restage map[string]string // stage constant's name -> the winner that it is to settle, by the house rule; nil is Settle
	Lock    string            // a boolean: the default is the winner
	Since   string            // the version as of which the literal holds: the latest counts
	Grace   int               // minor versions after the lock in which the flag cannot be removed yet
	Expires string            // a version or a date
	Owner   string
	Pos     registry.Position `json:"-"`
}

// takeLiteral takes a row of literals.
func takeLiteral(n document.Node) LiteralRow {
	row := LiteralRow{Pos: n.Pos()}
	if !n.Fields(literalFields(&row)) {
		return row
	}
	if len(row.Type) == 0 {
		n.Errorf("no type: name the struct type whose literals register flags")
	}
	if row.Grace > 0 && (row.Lock == "" || row.Since == "") {
		n.Errorf("grace counts minor versions from the lock: name the fields lock and since")
	}
	return row
}

// literalFields describes a row of literals.
func literalFields(row *LiteralRow) document.Fields {
	return document.Fields{
		"package": takePackages(&row.Package),
		"type":    takeTypes(&row.Type),
		"key":     document.Text(&row.Key),
		"default": document.Text(&row.Default),
		"stage":   document.Text(&row.Stage),
		"settle":  takeSettle(&row.Settle),
		"restage": takeSettle(&row.Restage),
		"lock":    document.Text(&row.Lock),
		"since":   document.Text(&row.Since),
		"grace":   document.Int(&row.Grace),
		"expires": document.Text(&row.Expires),
		"owner":   document.Text(&row.Owner),
	}
}

// takeSettle takes a mapping from a stage to the winner that it settles.
func takeSettle(dst *map[string]string) func(document.Node) {
	return func(n document.Node) {
		*dst = map[string]string{}
		n.Entries(func(stage string, _, value document.Node) {
			if winner, ok := value.Text(); ok {
				(*dst)[stage] = winner
			}
		})
	}
}
