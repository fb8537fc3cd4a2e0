package registry

import (
	"cmp"
	"fmt"
	"strings"
)

// ID identifies a flag. The zero parts are unknown, not empty: a Site often
// knows its key and provider alone, and Registry.Lookup fills in the rest.
type ID struct {
	Source  string // the flag system: launchdarkly, unleash, env, ...; "" is any
	Project string // project, namespace or environment group inside the source
	Key     string // the name by which code asks
	Param   string // the parameter of a dynamic config or layer
}

// String returns the shortest form that names id: the key, with the parameter
// after a dot and, where they are known, source and project before it.
func (id ID) String() string {
	var parts []string
	for _, p := range []string{id.Source, id.Project} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	key := id.Key
	if id.Param != "" {
		key += "." + id.Param
	}
	return strings.Join(append(parts, key), "/")
}

// Compare orders IDs by key first, so that a list reads alphabetically.
func (id ID) Compare(other ID) int {
	return cmp.Or(cmp.Compare(id.Key, other.Key), cmp.Compare(id.Source, other.Source),
		cmp.Compare(id.Project, other.Project), cmp.Compare(id.Param, other.Param))
}

// Position is a place in a file of the repository. File is relative to the
// repository's root, with slashes; Line and Column count from 1, columns in
// bytes; 0 is unknown.
type Position struct {
	File         string
	Line, Column int
}

// String returns file:line:column without the parts that are unknown.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return strings.TrimPrefix(s, ":")
}

// Expiry is when a flag is to be gone: a day, a version, or neither.
type Expiry struct {
	Date    Date
	Version Version
}

// IsZero reports whether there is no expiry.
func (e Expiry) IsZero() bool { return e.Date.IsZero() && e.Version.IsZero() }

// String returns the day, the version, or both; "" for the zero Expiry.
func (e Expiry) String() string {
	if e.Date.IsZero() || e.Version.IsZero() {
		return e.Date.String() + e.Version.String()
	}
	return e.Date.String() + " or " + e.Version.String()
}

// Winner is what a flag will be for ever. The zero Winner is unsettled.
type Winner struct {
	// Value is what the flag serves, unless CodeDefault.
	Value Value
	// CodeDefault says that each place that asks gets the default which it
	// passes itself, as archived and disabled flags do.
	CodeDefault bool
}

// IsZero reports whether no winner is known.
func (w Winner) IsZero() bool { return w == Winner{} }

// String returns the value, or "the code's default"; "unsettled" for the zero
// Winner.
func (w Winner) String() string {
	if w.IsZero() {
		return "unsettled"
	}
	if w.CodeDefault {
		return "the code's default"
	}
	return w.Value.String()
}

// Flag is one entry of a registry.
type Flag struct {
	ID        ID
	Kind      string // release, experiment, ops, permission, ... as its source names it
	Owner     string
	Created   Date
	Expires   Expiry
	Permanent bool
	Winner    Winner
	Settled   string // why the winner is settled, in words; "" where Winner is zero
	TooEarly  string // why a settled flag must not be removed yet; "" where it may
	Origin    Position
	Retire    House // what becomes of its definition; zero is what its flag system says

	Description string // what it is for, in words
}

// Expired reports whether the flag should be gone: from the day after its
// expiry date, and from its expiry version on. A zero today or version leaves
// that part of the expiry unjudged. A permanent flag never expires.
func (f Flag) Expired(today Date, version Version) bool {
	if f.Permanent {
		return false
	}
	date, v := f.Expires.Date, f.Expires.Version
	return !date.IsZero() && today.After(date) ||
		!v.IsZero() && !version.IsZero() && version.Compare(v) >= 0
}

// Age returns the days since the flag was made; ok is false where that day is
// not known.
func (f Flag) Age(today Date) (days int, ok bool) {
	if f.Created.IsZero() || today.IsZero() {
		return 0, false
	}
	return today.Sub(f.Created), true
}
