// Package homemade asks for flags in ways of its own; .flagdebt.yml in the folder
// above says how.
package homemade

import (
	"context"
	"database/sql"
)

// on makes something of values.
func on(...any) {}

var features = map[string]bool{"new-ui": true}

// EnableSearch is a flag that is a variable.
var EnableSearch = true

const useNewParser = false

// Toggles are flags that are fields.
type Toggles struct{ FastPath, OldUI bool }

// Config has a method for each flag.
type Config struct{ search bool }

// SearchEnabled is a flag that is a method.
func (c *Config) SearchEnabled() bool { return c.search }

// Name is none.
func (c *Config) Name() string { return "" }

// Feature is a numbered flag.
type Feature int

// The features.
const (
	Confirm Feature = iota
	Retry
)

// IsOn asks for the flag.
func (f Feature) IsOn() bool { return f == Retry }

// IsActive asks for the flag, too.
func IsActive(f Feature) bool { return f.IsOn() }

// Table keeps flags in a database.
type Table struct{ db *sql.DB }

// IsEnabled asks it.
func (t *Table) IsEnabled(ctx context.Context, name string) bool {
	var on bool
	err := t.db.QueryRowContext(ctx, "SELECT enabled FROM feature_flags WHERE name = $1", name).Scan(&on)
	return err == nil && on
}

// Redis keeps flags in a cache.
type Redis struct{ get func(string) (string, bool) }

// Flag asks it.
func (r *Redis) Flag(key string) (string, bool) { return r.get(key) }

// Percentage is a rollout.
type Percentage struct {
	Name    string
	Percent int
}

// Rollout decides by user.
type Rollout struct{ hash func(string) int }

// Allows asks for the flag.
func (r *Rollout) Allows(p Percentage, user string) bool { return r.hash(p.Name+user) < p.Percent }

// Set is a set of flags.
type Set map[string]bool

// AnyOf asks for several.
func (s Set) AnyOf(names ...string) bool { return s[names[0]] }

// KillSwitch is a flag object.
type KillSwitch struct{ name string }

// NewKillSwitch makes one.
func NewKillSwitch(name string, thrown bool, owner, expires string) *KillSwitch {
	return &KillSwitch{name}
}

// Thrown asks for it.
func (k *KillSwitch) Thrown() bool { return k.name != "" }

var payments = NewKillSwitch("payments", false, "@ann", "2026-12-31") // want declare:payments=false

func uses(t Toggles, c *Config, db *Table, r *Redis, p *Rollout, s Set, ctx context.Context) {
	on(features["new-ui"], features["typo"]) // want read:new-ui=false read:typo=false
	known, ok := features["new-ui"]          // want read:new-ui=false
	on(known, ok, EnableSearch)              // want read:search
	if useNewParser {                        // want read:new_parser
		on()
	}
	on(t.FastPath, t.OldUI, c.SearchEnabled(), c.Name()) // want read:fastPath read:oldUI read:Search
	on(Confirm.IsOn(), IsActive(Retry))                  // want read:Confirm read:Retry
	on(db.IsEnabled(ctx, "stored"))                      // want read:stored=false
	v, found := r.Flag("flags:cached")                   // want read:cached
	on(v == "on", found)
	on(p.Allows(Percentage{Name: "half", Percent: 50}, "u")) // want read:half
	on(s.AnyOf("one", "two"))                                // want read:one~ read:two~
	on(payments.Thrown())                                    // want read:payments
}
