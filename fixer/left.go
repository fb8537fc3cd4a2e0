package fixer

import (
	"context"
	"fmt"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// This file tells what is left for people once a flag is gone from the code.

// Mention is a place of the repository that still names a flag: in a comment, in
// documentation, in a configuration, in a file of a build system.
type Mention = analyzer.Mention

const maxMentions = 200 // for one flag in one file

// Mentions returns the lines of the repository that name the flags once the
// changes are made, by flag and place.
func Mentions(ctx context.Context, found *analyzer.Found, removed []Removal, changes []Change) ([]Mention, error) {
	if len(removed) == 0 {
		return nil, nil
	}
	after := map[string]*Change{}
	for i := range changes {
		after[changes[i].Path] = &changes[i]
	}
	words := map[registry.ID]string{}
	for _, r := range removed {
		words[r.Flag] = r.Word()
	}
	all, err := analyzer.FindMentions(ctx, found.Prog.Repo, words, func(path string) ([]byte, bool) {
		if c := after[path]; c != nil {
			return c.After, true
		}
		return nil, false
	})
	slices.SortStableFunc(all, func(a, b Mention) int { return a.Flag.Compare(b.Flag) })
	var out []Mention
	n := 0
	for i, m := range all {
		if i == 0 || m.Flag != all[i-1].Flag || m.Pos.File != all[i-1].Pos.File {
			n = 0
		} else if m.Pos.Line == all[i-1].Pos.Line {
			continue
		}
		if n++; n <= maxMentions {
			out = append(out, m)
		}
	}
	return out, err
}

// Steps returns what people have to do outside of the repository, a sentence
// each.
func Steps(found *analyzer.Found, removed []Removal) []string {
	var out []string
	for _, r := range removed {
		system := r.Flag.Source
		for _, s := range found.Sites {
			if system == "" && s.Flag.Key == r.Flag.Key {
				system = s.Provider
			}
		}
		switch {
		case system == analyzer.SymbolSource || found.Oracle.IsRegistry(system):
		case system == "env":
			out = append(out, fmt.Sprintf("Take the variable %s out of the environments that set it: nobody reads it any more.", r.Flag.Key))
		case system == "viper" || system == "koanf":
			out = append(out, fmt.Sprintf("Take %q out of the configurations that set it: nobody reads it any more.", r.Flag.Key))
		case system == "commandline":
			out = append(out, fmt.Sprintf("Take the option %s out of what starts the program: nobody reads it any more.", r.Flag.Key))
		default:
			where, it := "where it is served from", "that"
			if found.Oracle.IsKnownSystem(system) {
				where, it = "in "+system, system
			}
			out = append(out, fmt.Sprintf("Archive %q %s, once this is deployed everywhere. While %s could not be reached, a default in the code served; now %s does.", r.Flag.Key, where, it, r.Winner))
		}
	}
	return out
}
