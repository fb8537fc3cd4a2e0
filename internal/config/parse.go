package config

// This file says what may stand in .flagdebt.yml.

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// reader reads one configuration file.
type reader struct {
	folder  folder
	version int
}

// parse reads a configuration; name is its name in folder.
func parse(data []byte, folder folder, name string) (*Config, error) {
	file := folder.show(name)
	doc, err := document.Parse(data, file)
	if err != nil {
		return nil, err
	}
	c := Default()
	c.File = file
	r := &reader{folder: folder}
	root := doc.Root()
	root.Fields(r.fields(c))
	if root.IsMapping() && r.version == 0 {
		root.Errorf("no version: begin the file with \"version: 1\"")
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// fields describes the whole file.
func (r *reader) fields(c *Config) document.Fields {
	return document.Fields{
		"version":      document.Version(&r.version),
		"registry":     r.takeRegistry(c),
		"environments": document.Texts(&c.Environments),
		"providers":    func(n document.Node) { c.Providers = takeProviders(n) },
		"build":        takeBuilds(&c.Build),
		"rules":        takeRules(c.Rules),
		"fix":          func(n document.Node) { n.Fields(r.fixFields(&c.Fix)) },
		"protected":    takeGlobs(&c.Protected, keyGlob),
		"overrides":    r.takeOverrides(c),
		"pull-request": func(n document.Node) { n.Fields(pullRequestFields(&c.PullRequest)) },
		"version-from": r.takeVersionFrom(c),
	}
}

// takeRegistry takes the list of registry files.
func (r *reader) takeRegistry(c *Config) func(document.Node) {
	return func(n document.Node) {
		n.Items(func(n document.Node) {
			f := RegistryFile{Pos: n.Pos()}
			if n.Fields(r.registryFields(&f)) && f.Path == "" {
				n.Errorf("no file: write the path of a registry file, as in {file: flags.yaml}")
			}
			c.Registry = append(c.Registry, f)
		})
	}
}

// registryFields describes one registry file.
func (r *reader) registryFields(f *RegistryFile) document.Fields {
	return document.Fields{
		"complete": document.Bool(&f.Complete),
		"form":     document.Word(&f.Form, FormInfluxDB),
		"file": func(n document.Node) {
			name, ok := n.Text()
			if !ok {
				return
			}
			f.Path, f.File = r.folder.path(name), r.folder.show(name)
			if !exists(f.Path) {
				n.Errorf("registry file %q does not exist: create it with a line \"version: 1\" and a mapping \"flags\", or take it out of this list", name)
			}
		},
	}
}

// takeBuilds takes the list of build configurations.
func takeBuilds(dst *[]Build) func(document.Node) {
	return func(n document.Node) {
		n.Items(func(n document.Node) {
			var b Build
			if n.Fields(buildFields(&b)) && b.GOOS == "" && b.GOARCH == "" && len(b.Tags) == 0 && b.Cgo == nil {
				n.Errorf("an empty build configuration: name a goos, goarch, tags or cgo")
			}
			*dst = append(*dst, b)
		})
	}
}

// buildFields describes one build configuration.
func buildFields(b *Build) document.Fields {
	return document.Fields{
		"goos":   takeSystem(&b.GOOS),
		"goarch": takeSystem(&b.GOARCH),
		"tags":   document.Texts(&b.Tags),
		"cgo": func(n document.Node) {
			if v, ok := n.Bool(); ok {
				b.Cgo = &v
			}
		},
	}
}

// systemName is the form of a GOOS or GOARCH.
var systemName = regexp.MustCompile(`^[a-z0-9]+$`)

// takeSystem takes a GOOS or GOARCH.
func takeSystem(dst *string) func(document.Node) {
	return func(n document.Node) {
		document.Text(dst)(n)
		if *dst != "" && !systemName.MatchString(*dst) {
			n.Errorf("%q is no system of Go: \"go tool dist list\" names them all", *dst)
		}
	}
}

// takeRules takes a mapping from rule words to what is wanted of them.
func takeRules(dst map[string]Rule) func(document.Node) {
	return func(n document.Node) {
		n.Entries(func(word string, at, value document.Node) {
			rule := Rule{Pos: at.Pos()}
			value.Fields(ruleFields(&rule))
			dst[word] = rule
		})
	}
}

// ruleFields describes one rule.
func ruleFields(rule *Rule) document.Fields {
	return document.Fields{
		"severity": document.Word(&rule.Severity, SeverityError, SeverityWarning, SeverityNote, SeverityOff),
		"warn-before": func(n document.Node) {
			s, ok := n.Text()
			if !ok {
				return
			}
			days, ok := parseDays(s)
			if !ok {
				n.Errorf("%q is no number of days: write it as in 14d or 2w", s)
			}
			rule.WarnBefore = &days
		},
	}
}

// parseDays reads a number of days (14d) or weeks (2w).
func parseDays(s string) (days int, ok bool) {
	number, unit := strings.TrimSuffix(s, "d"), 1
	if number == s {
		number, unit = strings.TrimSuffix(s, "w"), 7
	}
	n, err := strconv.ParseUint(number, 10, 16)
	return int(n) * unit, err == nil && number != s
}

// fixFields describes how flags are removed.
func (r *reader) fixFields(f *Fix) document.Fields {
	prefix := r.folder.show(".")
	return document.Fields{
		"files":    takeGlobs(&f.Files, func(s string) (Glob, error) { return pathGlob(prefix, s) }),
		"exported": document.Word(&f.Exported, ExportedKeep, ExportedRemove),
		"verify":   document.Word(&f.Verify, VerifyTypes, VerifyVet, VerifyTest),
		"tidy":     func(n document.Node) { n.Fields(tidyFields(&f.Tidy)) },
		"retire":   takeHouses(&f.Retire),
	}
}

// takeHouses takes a mapping from flag systems to house rules.
func takeHouses(dst *map[string]registry.House) func(document.Node) {
	return func(n document.Node) {
		*dst = map[string]registry.House{}
		n.Entries(func(system string, _, value document.Node) {
			var h registry.House
			document.House(&h)(value)
			(*dst)[system] = h
		})
	}
}

// tidyFields describes what is tidied.
func tidyFields(t *Tidy) document.Fields {
	return document.Fields{
		"zero":    document.Bool(&t.Zero),
		"merge":   document.Bool(&t.Merge),
		"scope":   document.Bool(&t.Scope),
		"inline":  document.Bool(&t.Inline),
		"else":    document.Bool(&t.Else),
		"literal": document.Bool(&t.Literal),
	}
}

// pullRequestFields describes how pull requests are opened.
func pullRequestFields(p *PullRequest) document.Fields {
	return document.Fields{
		"max-open":      document.Int(&p.MaxOpen),
		"base":          document.Text(&p.Base),
		"branch-prefix": branchPrefix(&p.BranchPrefix),
		"draft":         document.Bool(&p.Draft),
		"labels":        document.Texts(&p.Labels),
		"assignees":     document.Texts(&p.Assignees),
		"reviewers":     document.Texts(&p.Reviewers),
	}
}

// refPrefix is the form of what a branch's name can begin with.
var refPrefix = regexp.MustCompile(`^[A-Za-z0-9_]+([./-][A-Za-z0-9_]+)*[/-]?$`)

// branchPrefix takes what the names of branches begin with.
func branchPrefix(dst *string) func(document.Node) {
	return func(n document.Node) {
		s, ok := n.Text()
		if !ok {
			return
		}
		if !refPrefix.MatchString(s) || strings.Contains(s, ".lock/") {
			n.Errorf("no branch's name can begin with %q: write it as in flagdebt/", s)
			return
		}
		*dst = s
	}
}

// takeOverrides takes the list of overrides.
func (r *reader) takeOverrides(c *Config) func(document.Node) {
	return func(n document.Node) {
		n.Items(func(n document.Node) {
			o := Override{Rules: map[string]Rule{}}
			switch ok := n.Fields(r.overrideFields(&o)); {
			case !ok:
			case o.Paths == nil:
				n.Errorf("no paths: say which files the override is for")
			case len(o.Rules) == 0:
				n.Errorf("no rules: say what the override changes")
			}
			c.Overrides = append(c.Overrides, o)
		})
	}
}

// overrideFields describes one override.
func (r *reader) overrideFields(o *Override) document.Fields {
	prefix := r.folder.show(".")
	return document.Fields{
		"paths": takeGlobs(&o.Paths, func(s string) (Glob, error) { return pathGlob(prefix, s) }),
		"rules": takeRules(o.Rules),
	}
}

// takeGlobs takes a list of patterns, or one pattern.
func takeGlobs(dst *[]Glob, parse func(string) (Glob, error)) func(document.Node) {
	return func(n document.Node) {
		*dst = []Glob{}
		n.Items(func(n document.Node) {
			s, ok := n.Text()
			if !ok {
				return
			}
			g, err := parse(s)
			if err != nil {
				n.Errorf("pattern %q: %v", s, err)
			}
			*dst = append(*dst, g)
		})
	}
}
