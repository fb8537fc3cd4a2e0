package analyzer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/registry/influxdb"
	"github.com/flagdebt/flagdebt/registry/yamlfile"
)

// Settings is what a driver is told from outside.
type Settings struct {
	Dir        string // the working directory
	ConfigPath string // the configuration file; "" is found from Dir upwards
	Today      registry.Date
	Tags       []string // build tags, for every build configuration
	NoRegistry bool     // read no registry file
	Baseline   string   // the baseline file; "" is the one beside the configuration, if there is one
	NoBaseline bool     // read no baseline
	Symbols    []string // Go objects that are flags: example.com/app/features.Config.NewUI
}

// Driver holds what one run works with: configuration, registry, providers,
// day. It is the same for every way of running flagdebt, and never changes.
type Driver struct {
	Config *config.Config
	Today  registry.Date
	Dir    string // the working directory, absolute
	Root   string // of the universe, absolute: the configuration file's folder, else the repository's root
	Base   string // the repository's root, absolute: positions are relative to it
	Sets   []registry.Set
	// Baseline lists the findings that are known; nil knows none.
	Baseline *config.Baseline

	providers []config.Provider
	tags      []string
	symbols   []string
	digest    string
}

// DefaultRegistry is the registry file that is read where there is no
// configuration, if it stands at the repository's root.
const DefaultRegistry = "flags.yaml"

// Load finds and reads configuration and registry files. Its error names the
// file and the place.
func Load(s Settings) (*Driver, error) {
	dir, err := filepath.Abs(s.Dir)
	if err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	path, base, err := config.Find(dir)
	if err != nil {
		return nil, err
	}
	if s.ConfigPath != "" {
		if path = s.ConfigPath; !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		if !isFile(path) {
			return nil, fmt.Errorf("reading the configuration: %s is no file: name one with --config, or leave that out to have .flagdebt.yml found", s.ConfigPath)
		}
	}
	d := &Driver{Config: config.Default(), Today: s.Today, Dir: dir, Root: base, Base: base, tags: s.Tags, symbols: s.Symbols}
	if path != "" {
		if d.Config, err = config.Load(path); err != nil {
			if rel, relErr := filepath.Rel(base, path); relErr == nil {
				err = d.seen(err, filepath.ToSlash(rel))
			}
			return nil, err
		}
		if err := d.Config.CheckRules(append(Rules(), providerRule, baselineRule)); err != nil {
			return nil, err
		}
		if s.ConfigPath == "" {
			d.Root = filepath.Dir(path)
		}
	} else if file := filepath.Join(base, DefaultRegistry); isFile(file) {
		d.Config.Registry = []config.RegistryFile{{File: DefaultRegistry, Path: file}}
	}
	if err := d.readRegistry(s); err != nil {
		return nil, err
	}
	if err := d.readBaseline(s); err != nil {
		return nil, err
	}
	catalogue, err := Catalogue()
	if err != nil {
		return nil, err
	}
	d.providers = append(slices.Clone(d.Config.Providers), catalogue...)
	for system := range d.Config.Fix.Retire {
		if !slices.ContainsFunc(d.providers, func(p config.Provider) bool { return p.ID == system }) {
			return nil, fmt.Errorf("reading %s: fix.retire: there is no flag system %q: \"flagdebt list\" names them", d.display(path), system)
		}
	}
	d.digest = d.sum()
	return d, nil
}

// readRegistry reads the registry files.
func (d *Driver) readRegistry(s Settings) error {
	if s.NoRegistry {
		return nil
	}
	for _, f := range d.Config.Registry {
		load := yamlfile.Load
		if f.Form == config.FormInfluxDB {
			load = influxdb.Load
		}
		set, err := load(f.Path, f.File)
		if err != nil {
			err = d.seen(err, f.File)
		}
		if err != nil && d.Config.File == "" && !looksLikeRegistry(f.Path) {
			err = fmt.Errorf("%w\n%s is read because there is no %s. If it is something else, run \"flagdebt init --registry FILE\"", err, f.File, config.FileName)
		}
		if err != nil {
			return err
		}
		set.Complete = f.Complete
		d.Sets = append(d.Sets, set)
	}
	return nil
}

// seen returns an error about a file, whose lines begin with its name, with the
// name as it is seen from the working directory.
func (d *Driver) seen(err error, name string) error {
	rel, relErr := filepath.Rel(d.Dir, filepath.Join(d.Base, filepath.FromSlash(name)))
	if relErr != nil || filepath.ToSlash(rel) == name {
		return err
	}
	return &seenError{err, name, filepath.ToSlash(rel)}
}

// seenError is an error that names a file by another path.
type seenError struct {
	error
	name, seen string
}

// Error returns the text with the other path.
func (e *seenError) Error() string {
	lines := strings.Split(e.error.Error(), "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, e.name+":"); ok {
			lines[i] = e.seen + ":" + rest
		}
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the error as it was.
func (e *seenError) Unwrap() error { return e.error }

// looksLikeRegistry reports whether a file that has mistakes is meant to be a
// registry all the same.
func looksLikeRegistry(path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && bytes.Contains(append([]byte("\n"), data...), []byte("\nflags:"))
}

// isFile reports whether there is a regular file of that name.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Digest returns 64 hex digits that change whenever findings may change for
// other reasons than the code: configuration, registry, baseline, or a flag whose
// day has come.
func (d *Driver) Digest() string { return d.digest }

func (d *Driver) sum() string {
	h := sha256.New()
	fmt.Fprintln(h, d.Config.Digest(), d.Config.Version, d.Root, providersDigest(d.providers))
	for _, s := range d.Sets {
		fmt.Fprintln(h, s.Source, s.Complete)
		for _, f := range s.Flags {
			fmt.Fprintf(h, "%+v %v\n", f, f.Expired(d.Today, d.Config.Version))
			if !f.Expires.Date.IsZero() {
				fmt.Fprintln(h, d.isNear(f))
			}
		}
	}
	if d.Baseline != nil {
		for _, e := range d.Baseline.Entries {
			fmt.Fprintf(h, "%+v %d\n", e.Known, e.Count)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// isNear reports whether any rule's warn-before has come for a flag.
func (d *Driver) isNear(f registry.Flag) []bool {
	var out []bool
	near := func(r config.Rule) {
		if r.WarnBefore != nil {
			out = append(out, f.Expires.Date.Sub(d.Today) <= *r.WarnBefore)
		}
	}
	near(d.Config.Rules["stale"])
	for _, o := range d.Config.Overrides {
		near(o.Rules["stale"])
	}
	return out
}

// providersDigest returns what changes with the ways of asking.
func providersDigest(providers []config.Provider) string {
	c := &config.Config{Providers: providers}
	return c.Digest()
}

// registry merges the registry files with what the code itself declares.
func (d *Driver) registry(declared []Declaration) *registry.Registry {
	bySource := map[string]*registry.Set{}
	sets := slices.Clone(d.Sets)
	var order []string
	for _, decl := range declared {
		src := decl.Flag.ID.Source
		if bySource[src] == nil {
			bySource[src] = &registry.Set{Source: src}
			order = append(order, src)
		}
		bySource[src].Flags = append(bySource[src].Flags, decl.settledAt(d.Config.Version))
	}
	for _, src := range order {
		sets = append(sets, *bySource[src])
	}
	return registry.Merge(sets...)
}
