package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/registry/influxdb"
	"github.com/flagdebt/flagdebt/registry/yamlfile"
)

// This file decides which flags are removed, and at what.

// Why a flag is not even planned.
const (
	reasonPermanent fixer.Reason = "permanent"
	reasonProtected fixer.Reason = "protected"
	reasonConflict  fixer.Reason = "registries disagree"
	reasonUnsettled fixer.Reason = "not settled"
	reasonTooEarly  fixer.Reason = "too early"
	reasonOther     fixer.Reason = "settled at another value"
	reasonDefaults  fixer.Reason = "no single default"
	reasonEntry     fixer.Reason = "entry in the registry file"
)

// wish is a flag that somebody names.
type wish struct {
	option string // --flag or --symbol
	name   string // a key, or as reports tell the flag; the name of a Go object
	value  registry.Value
}

// isSymbol reports whether the flag is a Go object.
func (w wish) isSymbol() bool { return w.option == "--symbol" }

// String returns the wish as one types it.
func (w wish) String() string { return w.option + " " + quoteArg(w.name+"="+w.value.Text()) }

// example is a value of each option.
var example = map[string]string{
	"--flag":   "new-checkout=true",
	"--symbol": "example.com/app/features.Config.NewUI=true",
}

// parseWishes reads KEY=VALUE, cut at the last "=", as an option gives it.
func parseWishes(option string, named []string, wishes []wish) ([]wish, error) {
	for _, s := range named {
		i := strings.LastIndexByte(s, '=')
		if i < 0 {
			return nil, fmt.Errorf("%s %s: it does not say what the flag will be for ever: write it as in %s %s", option, s, option, quoteArg(s+"=true"))
		}
		if i == 0 {
			return nil, fmt.Errorf("%s %s: it names no flag: write it as in %s %s", option, s, option, example[option])
		}
		w := wish{option, s[:i], registry.NewValue(s[i+1:])}
		if j := slices.IndexFunc(wishes, func(o wish) bool { return o.option == option && o.name == w.name }); j < 0 {
			wishes = append(wishes, w)
		} else if wishes[j] != w {
			return nil, fmt.Errorf("%s %s: flag %q cannot be both %s and %s", option, s, w.name, wishes[j].value, w.value)
		}
	}
	return wishes, nil
}

// symbolsOf returns the names of the Go objects among the wishes.
func symbolsOf(wishes []wish) []string {
	var names []string
	for _, w := range wishes {
		if w.isSymbol() {
			names = append(names, w.name)
		}
	}
	return names
}

// choice is what is to be removed, and what is not.
type choice struct {
	removals []fixer.Removal
	refusals []fixer.Refusal // of what was asked
	skipped  []fixer.Refusal // of what is stale, but not asked
}

// choose decides about the wishes or, if there are none, about all stale flags.
// An error is a name that nobody knows.
func choose(d *analyzer.Driver, checked *analyzer.Checked, wishes []wish, force bool) (*choice, error) {
	j := judge{d, checked}
	if len(wishes) == 0 {
		return j.stale(), nil
	}
	c := &choice{}
	var errs []error
	for _, w := range wishes {
		flag, err := j.named(w)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if r := j.objection(flag, w.value); r != nil && !force {
			c.refusals = append(c.refusals, *r)
			continue
		}
		c.removals = append(c.removals, fixer.Removal{Flag: flag.ID, Winner: w.value, Retire: flag.Retire})
	}
	return c, errors.Join(errs...)
}

// chooseDrops adds the flags of which the definition alone is to go. An error is a
// name that is given a value or dropped besides.
func (c *choice) chooseDrops(d *analyzer.Driver, checked *analyzer.Checked, keys []string, force bool) error {
	j := judge{d, checked}
	for _, key := range keys {
		if slices.ContainsFunc(c.removals, func(r fixer.Removal) bool { return r.Flag.Key == key }) {
			return fmt.Errorf("--drop %s: the flag is named twice: --flag removes its definition, too", key)
		}
		flag, _, err := j.lookup(key)
		if err != nil {
			return err
		}
		if r := j.protection(flag); r != nil && !force {
			c.refusals = append(c.refusals, *r)
			continue
		}
		c.removals = append(c.removals, fixer.Removal{Flag: flag.ID, Definition: fixer.DefinitionAlone})
	}
	return nil
}

// keepDefinitions leaves the definitions of the flags as they are.
func (c *choice) keepDefinitions() {
	for i := range c.removals {
		c.removals[i].Definition = fixer.DefinitionStays
	}
}

// judge says which flags may be removed.
type judge struct {
	d       *analyzer.Driver
	checked *analyzer.Checked
}

// stale decides about all stale flags.
func (j judge) stale() *choice {
	c := &choice{}
	seen := map[registry.ID]bool{}
	for _, f := range slices.Concat(j.checked.Findings, j.checked.Known) {
		flag, ok := j.checked.Registry.Lookup(f.Flag)
		if f.Rule != "stale" || !ok || seen[flag.ID] || !j.isDue(flag) {
			continue
		}
		seen[flag.ID] = true
		value := flag.Winner.Value
		switch r := j.objection(flag, value); {
		case r != nil && r.Reason == reasonDefaults:
			c.refusals = append(c.refusals, *r)
		case r != nil:
			c.skipped = append(c.skipped, *r)
		default:
			if flag.Winner.CodeDefault {
				value, _, _ = j.codeDefault(flag.ID)
			}
			c.removals = append(c.removals, fixer.Removal{Flag: flag.ID, Winner: value, Retire: flag.Retire})
		}
	}
	return c
}

// isDue reports whether the time of a settled flag is over.
func (j judge) isDue(flag registry.Flag) bool {
	return flag.Expires.IsZero() || flag.Expired(j.d.Today, j.d.Config.Version)
}

// isAsked reports whether code asks for a flag.
func (j judge) isAsked(id registry.ID) bool {
	return slices.ContainsFunc(j.checked.Found.Sites, func(s analyzer.Site) bool { return isOf(&s, id) })
}

// named returns the flag that a wish means; an error where no code asks for it.
func (j judge) named(w wish) (registry.Flag, error) {
	if w.isSymbol() {
		return j.namedSymbol(w)
	}
	flag, isKnown, err := j.lookup(w.name)
	if err == nil && !j.isAsked(flag.ID) {
		err = j.notAsked(flag, isKnown)
	}
	return flag, err
}

// namedSymbol returns the flag that a Go object is; an error where no code reads
// it.
func (j judge) namedSymbol(w wish) (registry.Flag, error) {
	flag := registry.Flag{ID: registry.ID{Source: analyzer.SymbolSource, Key: w.name}}
	if !j.isAsked(flag.ID) {
		return flag, fmt.Errorf("symbol %q: no code reads it%s", w.name, j.unsearched())
	}
	return flag, nil
}

// lookup returns the flag of a name: a key, or an ID as reports tell it. Where
// the registry has none, isKnown is false, and ID is all that is known.
func (j judge) lookup(name string) (flag registry.Flag, isKnown bool, err error) {
	var same []registry.Flag
	for _, f := range j.checked.Registry.Flags() {
		if f.ID.String() == name && f.ID.Key != name {
			return f, true, nil
		}
		if f.ID.Key == name && f.ID.Param == "" {
			same = append(same, f)
		}
	}
	switch len(same) {
	case 0:
		return registry.Flag{ID: registry.ID{Key: name}}, false, nil
	case 1:
		return same[0], true, nil
	}
	return same[0], true, fmt.Errorf("flag %q can be %s or %s: name it like that", name, same[0].ID, same[1].ID)
}

// notAsked words that no code asks for a flag.
func (j judge) notAsked(flag registry.Flag, isKnown bool) error {
	text := fmt.Sprintf("no code asks for flag %q", flag.ID.String())
	switch hint := config.Hint(flag.ID.Key, j.askedKeys()); {
	case isKnown:
		text += fmt.Sprintf(": there is nothing to remove but its entry at %s", j.place(flag.Origin))
	case strings.HasSuffix(hint, "?"):
		text += hint
	default:
		text += `: "flagdebt list" shows the flags that code asks for`
	}
	return errors.New(text + j.unsearched())
}

// unsearched tells the packages that were not searched; "" is none.
func (j judge) unsearched() string {
	var broken []string
	for _, p := range j.checked.Problems {
		if p.Package != "" && !slices.Contains(broken, p.Package) {
			broken = append(broken, p.Package)
		}
	}
	if len(broken) == 0 {
		return ""
	}
	return ". What does not compile was not searched: " + strings.Join(broken, ", ")
}

// place returns a place as seen from the working directory.
func (j judge) place(pos registry.Position) registry.Position {
	if rel, err := filepath.Rel(j.d.Dir, filepath.Join(j.d.Base, filepath.FromSlash(pos.File))); err == nil {
		pos.File = filepath.ToSlash(rel)
	}
	return pos
}

// askedKeys returns the keys that code asks for.
func (j judge) askedKeys() []string {
	var keys []string
	for _, s := range j.checked.Found.Sites {
		if s.KeyKind == analyzer.KeyConstant {
			keys = append(keys, s.Flag.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// objection says why a flag must not be removed at a value unless it is forced;
// nil where it may be. For a winner that is the code's default, the zero value
// stands for that.
func (j judge) objection(flag registry.Flag, value registry.Value) *fixer.Refusal {
	option := "--flag"
	if flag.ID.Source == analyzer.SymbolSource {
		option = "--symbol"
	}
	force := "To remove it all the same: --force " + wish{option, flag.ID.Key, registry.NewValue(cmp.Or(value.Text(), "VALUE"))}.String()
	refuse := func(reason fixer.Reason, next, format string, args ...any) *fixer.Refusal {
		return &fixer.Refusal{
			Flag: flag.ID, Reason: reason, Pos: flag.Origin, Next: next, Core: true,
			Message: fmt.Sprintf("cannot remove flag %q: %s: %s", flag.ID.Key, reason, fmt.Sprintf(format, args...)),
		}
	}
	if r := j.protection(flag); r != nil {
		r.Next = force
		return r
	}
	for _, k := range j.checked.Registry.Conflicts() {
		if k.Flag == flag.ID && k.Field != "owner" {
			return refuse(reasonConflict, "Make the two agree. "+force, "%s", k.Message)
		}
	}
	switch {
	case flag.Permanent:
		return refuse(reasonPermanent, force, "the registry calls it permanent")
	case flag.Winner.IsZero() && j.isRegistered(flag):
		return refuse(reasonUnsettled, "Record its winner there. "+force, "the registry names no winner")
	case flag.Winner.IsZero():
		return nil
	case flag.TooEarly != "":
		return refuse(reasonTooEarly, force, "%s", flag.TooEarly)
	case flag.Winner.CodeDefault:
		return j.objectionToDefault(flag, value, refuse)
	case flag.Winner.Value != value:
		use := "Use --flag " + quoteArg(flag.ID.Key+"="+flag.Winner.Value.Text()) + ". "
		return refuse(reasonOther, use+force, "it will be %s, not %s (%s)", flag.Winner, value, flag.Settled)
	}
	return nil
}

// protection says that the configuration protects a flag; nil where it does not.
func (j judge) protection(flag registry.Flag) *fixer.Refusal {
	if !j.d.Config.IsProtected(flag.ID.Key) {
		return nil
	}
	return &fixer.Refusal{
		Flag: flag.ID, Reason: reasonProtected, Pos: flag.Origin, Core: true, Next: "To do it all the same: --force",
		Message: fmt.Sprintf("cannot remove flag %q: %s: %s protects it", flag.ID.Key, reasonProtected, j.d.Config.File),
	}
}

// isRegistered reports whether anybody keeps book of the state of a flag: a
// registry file, or code that registers it with a stage.
func (j judge) isRegistered(flag registry.Flag) bool {
	if flag.Kind != "" {
		return true
	}
	for _, set := range j.d.Sets {
		if slices.ContainsFunc(set.Flags, func(f registry.Flag) bool {
			return f.ID.Key == flag.ID.Key && (f.ID.Source == "" || f.ID.Source == flag.ID.Source)
		}) {
			return true
		}
	}
	return false
}

// objectionToDefault is objection for a winner that is the code's default.
func (j judge) objectionToDefault(flag registry.Flag, value registry.Value, refuse func(fixer.Reason, string, string, ...any) *fixer.Refusal) *fixer.Refusal {
	next := "To remove it at one value: --force --flag " + quoteArg(flag.ID.Key+"="+cmp.Or(value.Text(), "VALUE"))
	own, at, why := j.codeDefault(flag.ID)
	switch {
	case why != "":
		r := refuse(reasonDefaults, next, "%s", why)
		r.Pos = at
		return r
	case !value.IsZero() && value != own:
		return refuse(reasonOther, next, "it will be the code's default, which is %s, not %s (%s)", own, value, flag.Settled)
	}
	return nil
}

// codeDefault returns the default that every Site of a flag passes. Where one
// passes another, or one that is not known, why says so, and at where.
func (j judge) codeDefault(id registry.ID) (value registry.Value, at registry.Position, why string) {
	for i := range j.checked.Found.Sites {
		s := &j.checked.Found.Sites[i]
		if !isOf(s, id) || s.Role != analyzer.RoleRead {
			continue
		}
		own, ok := j.defaultAt(s)
		switch {
		case !ok:
			return registry.Value{}, s.Pos, "it will be the code's default, which is not known here"
		case !value.IsZero() && own != value:
			return registry.Value{}, s.Pos, fmt.Sprintf("it will be the code's default, which is %s here, but %s elsewhere", own, value)
		}
		value = own
	}
	if value.IsZero() {
		return value, registry.Position{}, "it will be the code's default, and no code reads it"
	}
	return value, registry.Position{}, ""
}

// defaultAt returns the default that is passed for a Site: its own, or the one
// that its innermost wrapper passes. Of the places in the wrapper's package that
// can be meant, all must agree.
func (j judge) defaultAt(s *analyzer.Site) (value registry.Value, ok bool) {
	if len(s.Via) == 0 {
		return s.Default, !s.Default.IsZero()
	}
	for _, in := range j.checked.Found.Sites {
		isMeant := in.Provider == s.Provider && len(in.Via) == 0 && in.Role == analyzer.RoleRead &&
			(in.KeyKind == analyzer.KeyForwarded || in.KeyKind == analyzer.KeyConstant && in.Flag.Key == s.Flag.Key) &&
			strings.HasPrefix(s.Via[len(s.Via)-1], in.Package+".")
		switch {
		case !isMeant:
		case in.Default.IsZero() || ok && in.Default != value:
			return registry.Value{}, false
		default:
			value, ok = in.Default, true
		}
	}
	return value, ok
}

// takeOut takes the entries of flags that are gone out of the registry files.
func takeOut(d *analyzer.Driver, gone []registry.ID) (changes []fixer.Change, refusals []fixer.Refusal) {
	for i, file := range d.Config.Registry {
		if i >= len(d.Sets) {
			break
		}
		var keys []string
		for _, f := range d.Sets[i].Flags {
			isGone := slices.ContainsFunc(gone, func(id registry.ID) bool {
				return id.Key == f.ID.Key && (id.Source == "" || f.ID.Source == "" || id.Source == f.ID.Source)
			})
			if !isGone {
				continue
			}
			if change, err := takeOutOf(d, file, append(slices.Clone(keys), f.ID.Key)); err != nil {
				why := strings.TrimPrefix(err.Error(), fmt.Sprintf("%d:%d: ", f.Origin.Line, f.Origin.Column))
				refusals = append(refusals, fixer.Refusal{
					Flag: f.ID, Reason: reasonEntry, Pos: f.Origin, Next: "Take it out by hand.",
					Message: fmt.Sprintf("cannot remove flag %q: %s: %s", f.ID.Key, reasonEntry, why),
				})
			} else {
				keys = append(keys, f.ID.Key)
				changes = slices.DeleteFunc(changes, func(c fixer.Change) bool { return c.Path == change.Path })
				changes = append(changes, change)
			}
		}
	}
	return changes, refusals
}

// takeOutOf returns a registry file without some entries. Of a symbolic link it
// is the target, as git wants it.
func takeOutOf(d *analyzer.Driver, file config.RegistryFile, keys []string) (fixer.Change, error) {
	path, err := filepath.EvalSymlinks(file.Path)
	if err != nil {
		return fixer.Change{}, err
	}
	base, err := filepath.EvalSymlinks(d.Base)
	if err != nil {
		return fixer.Change{}, err
	}
	rel, err := filepath.Rel(base, path)
	if err != nil || !filepath.IsLocal(rel) {
		return fixer.Change{}, errors.New("the file lies outside of the repository")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fixer.Change{}, err
	}
	remove := yamlfile.Remove
	if file.Form == config.FormInfluxDB {
		remove = influxdb.Remove
	}
	after, err := remove(data, keys...)
	return fixer.Change{Path: path, File: filepath.ToSlash(rel), Before: data, After: after}, err
}
