package registry

// This file joins sets of flags into one registry and tells where they
// disagree.

import (
	"cmp"
	"fmt"
	"slices"
)

// Conflict is a disagreement between two entries for one flag.
type Conflict struct {
	Flag    ID
	Field   string   // owner, expires, permanent, winner; source where an entry fits several flags
	Pos     Position // the later entry
	Other   Position // the earlier entry
	Message string   // states both claims and both positions, lower case, no stop
}

// Merge joins the sets. Entries for one flag, in one set or in several, become
// one Flag: the earlier entry wins, and its zero parts are filled in from the
// later ones. An entry that names no source or project joins the only flag that
// its key fits, in whatever order the sets come. A winner that is disputed is
// dropped, so that such a flag is not settled; a disputed permanence stays.
func Merge(sets ...Set) *Registry {
	r := &Registry{complete: map[string]bool{}}
	var all []Flag
	for _, s := range sets {
		r.complete[s.Source] = r.complete[s.Source] || s.Complete
		for _, f := range s.Flags {
			f.ID.Source = cmp.Or(f.ID.Source, s.Source)
			all = append(all, f)
		}
	}
	r.join(all)
	r.index()
	slices.SortStableFunc(r.conflicts, func(a, b Conflict) int { return a.Flag.Compare(b.Flag) })
	return r
}

// join puts the entries of each flag together, in the order of all.
func (r *Registry) join(all []Flag) {
	names := map[string][]ID{} // by key: the IDs that occur, each once
	for _, f := range all {
		if !slices.Contains(names[f.ID.Key], f.ID) {
			names[f.ID.Key] = append(names[f.ID.Key], f.ID)
		}
	}
	entries := map[ID]*entry{}
	var order []*entry
	for _, f := range all {
		meant := fullest(f.ID, names[f.ID.Key])
		if len(meant) > 1 {
			r.ambiguous(f, meant)
			meant = []ID{f.ID}
		}
		f.ID = meant[0]
		e := entries[f.ID]
		if e == nil {
			e = &entry{Flag: Flag{ID: f.ID}, from: map[string]Position{}}
			entries[f.ID] = e
			order = append(order, e)
		}
		r.conflicts = append(r.conflicts, e.add(f)...)
	}
	for _, e := range order {
		r.flags = append(r.flags, e.finish())
	}
}

// fullest returns the IDs among names which id can stand for and which say the
// most: id itself, if nothing fits that says more.
func fullest(id ID, names []ID) []ID {
	var fit []ID
	for _, n := range names {
		if n.Param == id.Param && fills(n, id) {
			fit = append(fit, n)
		}
	}
	return slices.DeleteFunc(slices.Clone(fit), func(n ID) bool {
		return slices.ContainsFunc(fit, func(m ID) bool { return m != n && fills(m, n) })
	})
}

// fills reports whether full says at least all that id says.
func fills(full, id ID) bool {
	return (id.Source == "" || id.Source == full.Source) && (id.Project == "" || id.Project == full.Project)
}

// ambiguous records that f fits several flags.
func (r *Registry) ambiguous(f Flag, meant []ID) {
	r.conflicts = append(r.conflicts, Conflict{
		Flag: f.ID, Field: "source", Pos: f.Origin,
		Message: fmt.Sprintf("flag %q at %s can be %s or %s: name its source and project", f.ID, f.Origin, meant[0], meant[1]),
	})
}

// entry is a Flag in the making.
type entry struct {
	Flag
	from     map[string]Position // field -> the entry which said it first
	disputed bool                // the winner is
}

// add fills the zero parts of e from f and returns what they disagree about.
func (e *entry) add(f Flag) []Conflict {
	var found []Conflict
	claim := func(field, old, new string, same bool) {
		switch _, known := e.from[field]; {
		case new == "":
		case !known:
			e.from[field] = f.Origin
		case !same:
			found = append(found, e.conflict(field, field+" "+old, e.from[field], field+" "+new, f.Origin))
		}
	}
	claim("owner", e.Owner, f.Owner, e.Owner == f.Owner)
	found = append(found, e.permanence(f)...)
	claim("expires", e.Expires.String(), f.Expires.String(), agree(e.Expires, f.Expires))
	claim("winner", word(e.Winner), word(f.Winner), e.Winner == f.Winner)
	e.disputed = e.disputed || !e.Winner.IsZero() && !f.Winner.IsZero() && e.Winner != f.Winner
	e.fill(f)
	return found
}

// permanence notes who first calls the flag permanent, and tells of the first
// expiry that stands against it. A permanent flag that everybody is served is no
// contradiction: kill switches are like that.
func (e *entry) permanence(f Flag) []Conflict {
	permanent, known := e.from["permanent"]
	if f.Permanent && !known {
		e.from["permanent"] = f.Origin
	}
	switch expires := "expires "; {
	case f.Permanent && !e.Permanent && !e.Expires.IsZero():
		return []Conflict{e.conflict("permanent", expires+e.Expires.String(), e.from["expires"], "permanent", f.Origin)}
	case e.Permanent && !f.Permanent && !f.Expires.IsZero() && e.Expires.IsZero():
		return []Conflict{e.conflict("permanent", "permanent", permanent, expires+f.Expires.String(), f.Origin)}
	}
	return nil
}

// conflict words a disagreement between an earlier claim and a later one.
func (e *entry) conflict(field, old string, other Position, new string, pos Position) Conflict {
	return Conflict{
		Flag: e.ID, Field: field, Pos: pos, Other: other,
		Message: fmt.Sprintf("flag %q: %s at %s, but %s at %s", e.ID, old, other, new, pos),
	}
}

// fill takes over from f what e does not know.
func (e *entry) fill(f Flag) {
	e.Kind = cmp.Or(e.Kind, f.Kind)
	e.Owner = cmp.Or(e.Owner, f.Owner)
	e.Created = cmp.Or(e.Created, f.Created)
	e.Expires.Date = cmp.Or(e.Expires.Date, f.Expires.Date)
	e.Expires.Version = cmp.Or(e.Expires.Version, f.Expires.Version)
	e.Permanent = e.Permanent || f.Permanent
	e.TooEarly = cmp.Or(e.TooEarly, f.TooEarly)
	e.Retire = cmp.Or(e.Retire, f.Retire)
	e.Origin = cmp.Or(e.Origin, f.Origin)
	e.Description = cmp.Or(e.Description, f.Description)
	if e.Winner.IsZero() {
		e.Winner, e.Settled = f.Winner, f.Settled
	}
}

// finish returns the flag, unsettled where its winner is disputed.
func (e *entry) finish() Flag {
	if e.disputed {
		e.Winner, e.Settled = Winner{}, ""
	}
	return e.Flag
}

// agree reports whether two expiries name no different days and no different
// versions. A day and a version do not contradict each other.
func agree(a, b Expiry) bool {
	return (a.Date.IsZero() || b.Date.IsZero() || a.Date == b.Date) &&
		(a.Version.IsZero() || b.Version.IsZero() || a.Version.Compare(b.Version) == 0)
}

// word returns the winner in words, "" where there is none.
func word(w Winner) string {
	if w.IsZero() {
		return ""
	}
	return w.String()
}
