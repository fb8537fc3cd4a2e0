// Package feature has the shapes of flag objects.
package feature

import "context"

// Flag is a flag object.
type Flag interface{ Key() string }

// Lifetime says how long a flag may stay.
type Lifetime int

// The lifetimes.
const (
	Temporary Lifetime = iota
	Permanent
)

// BoolFlag is a flag that is true or false.
type BoolFlag struct {
	key  string
	dflt bool
}

// Key returns its key.
func (f BoolFlag) Key() string { return f.key }

// Enabled asks for it.
func (f BoolFlag) Enabled(ctx context.Context) bool {
	on, ok := ctx.Value(f.key).(bool)
	return ok && on || f.dflt
}

// MakeBoolFlag makes one.
func MakeBoolFlag(name, key, owner string, dflt bool, lifetime Lifetime, expose bool) BoolFlag {
	return BoolFlag{key, dflt}
}
