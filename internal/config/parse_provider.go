package config

// This file says what may stand in a provider: of the user's own, or in a file
// of the catalogue.

import (
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// ParseProviders reads a file that holds a mapping with providers, as a file of
// the catalogue does; file is its name in positions. Its error, if any, tells all
// mistakes, a line each.
func ParseProviders(data []byte, file string) ([]Provider, error) {
	doc, err := document.Parse(data, file)
	if err != nil {
		return nil, err
	}
	var providers []Provider
	doc.Root().Fields(providerFileFields(&providers))
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return providers, nil
}

// providerFileFields describes a file of the catalogue.
func providerFileFields(dst *[]Provider) document.Fields {
	return document.Fields{
		"version":   document.Version(new(int)),
		"providers": func(n document.Node) { *dst = takeProviders(n) },
	}
}

// takeProviders takes a list of providers.
func takeProviders(n document.Node) []Provider {
	providers := []Provider{}
	n.Items(func(n document.Node) {
		p := Provider{Pos: n.Pos(), Retire: registry.House{Rule: registry.RetireRemove}}
		n.Fields(providerFields(&p))
		if n.IsMapping() {
			checkProvider(n, p, providers)
		}
		providers = append(providers, p)
	})
	return providers
}

// checkProvider tells what is missing from p. Precondition: n is a mapping.
func checkProvider(n document.Node, p Provider, before []Provider) {
	if p.ID == "" {
		n.Errorf("no id: give the provider a short name, as in {id: ours}")
	} else if i := slices.IndexFunc(before, func(q Provider) bool { return q.ID == p.ID }); i >= 0 {
		n.Errorf("provider %q stands twice: here and on line %d", p.ID, before[i].Pos.Line)
	}
	if len(p.Packages) == 0 && len(p.Pure)+len(p.Registers) == 0 {
		n.Errorf("no packages: name the import paths whose functions, fields or variables the rows speak of")
	}
	if slices.Contains(p.Packages, "...") && (len(p.Declares)+len(p.Literals)+len(p.Fills)+len(p.Overrides) > 0 || slices.ContainsFunc(p.Sites, func(r SiteRow) bool { return r.Kind != KindTag && r.Package == nil })) {
		n.Errorf("packages \"...\" is every package: that is for rows of kind tag alone")
	}
	if len(p.Sites)+len(p.Declares)+len(p.Literals)+len(p.Fills)+len(p.Overrides)+len(p.Pure)+len(p.Registers) == 0 {
		n.Errorf("no sites: say how code asks for a flag, as in {names: [Enabled], key: 0}")
	}
}

// providerFields describes a provider.
func providerFields(p *Provider) document.Fields {
	return document.Fields{
		"id":        document.Text(&p.ID),
		"packages":  takePackages(&p.Packages),
		"evidence":  document.Word(&p.Evidence, EvidenceSrc, EvidenceRun, EvidenceMem),
		"sites":     takeRows(&p.Sites, takeSite),
		"declares":  takeRows(&p.Declares, takeDeclare),
		"literals":  takeRows(&p.Literals, takeLiteral),
		"fills":     takeRows(&p.Fills, takeFill),
		"overrides": takeRows(&p.Overrides, takeOverride),
		"pure":      takePure(&p.Pure),
		"registers": takePure(&p.Registers),
		"retire":    document.House(&p.Retire),
	}
}

// takeRows takes a list of rows.
func takeRows[T any](dst *[]T, take func(document.Node) T) func(document.Node) {
	return func(n document.Node) {
		n.Items(func(n document.Node) { *dst = append(*dst, take(n)) })
	}
}

// takePackages takes a list of import path patterns.
func takePackages(dst *[]string) func(document.Node) {
	return takeChecked(dst, func(s string) string { return badPackage(s) })
}

// takePure takes a list of calls without effects.
func takePure(dst *[]string) func(document.Node) {
	return takeChecked(dst, func(s string) string {
		f, ok := parseFunc(s)
		if !ok {
			return `want "pkg.Func", "(*pkg.T).Method" or "(pkg.I).Method"`
		}
		return badPackage(f.pkg)
	})
}

// takeTypes takes a list of type names; "" stands for package level.
func takeTypes(dst *[]string) func(document.Node) {
	return takeChecked(dst, func(s string) string {
		switch {
		case strings.HasPrefix(s, "*"):
			return "write the type without the star: it stands for pointers and values"
		case s != "" && !identifier.MatchString(s):
			return "want the name of a type, without its package"
		}
		return ""
	})
}

// takeChecked takes a list of texts; bad says what is wrong with one.
func takeChecked(dst *[]string, bad func(string) string) func(document.Node) {
	return func(n document.Node) {
		*dst = []string{}
		n.Items(func(n document.Node) {
			s, ok := n.Text()
			if !ok {
				return
			}
			if message := bad(s); message != "" {
				n.Errorf("%q: %s", s, message)
			}
			*dst = append(*dst, s)
		})
	}
}

// takeNames takes a list of names, one name, "*" for all, or a regular
// expression between slashes.
func takeNames(dst *Names) func(document.Node) {
	return func(n document.Node) {
		if !n.IsList() {
			s, ok := n.Text()
			switch inner, isRegex := slashes(s); {
			case !ok:
				return
			case s == "*":
				dst.All = true
				return
			case isRegex:
				dst.Regex = takeRegex(n, inner)
				return
			}
		}
		n.Items(func(n document.Node) {
			s, ok := n.Text()
			if _, isRegex := slashes(s); ok && (s == "*" || isRegex) {
				n.Errorf("%q stands for itself in a list: write it alone, as in names: %s", s, s)
			} else if ok && !identifier.MatchString(s) {
				n.Errorf("%q is no name of Go", s)
			}
			dst.List = append(dst.List, s)
		})
	}
}

// takeNameList takes a list of names, or one.
func takeNameList(dst *[]string) func(document.Node) {
	return takeChecked(dst, func(s string) string {
		if !identifier.MatchString(s) {
			return "want the name of a field or method"
		}
		return ""
	})
}

// isZero reports whether no names were given.
func (n Names) isZero() bool { return n.List == nil && n.Regex == nil && !n.All }

// identifier is the form of a name.
var identifier = regexp.MustCompile(`^[\pL_][\pL\p{Nd}_]*$`)

// slashes returns what stands between the slashes of /s/.
func slashes(s string) (inner string, ok bool) {
	if len(s) < 2 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return strings.Trim(s, "/"), true
}

// takeRegex compiles a regular expression that stands at n; a bad one is a
// mistake, and matches nothing.
func takeRegex(n document.Node, s string) *regexp.Regexp {
	re, err := regexp.Compile(s)
	if err != nil {
		n.Errorf("%v", err)
		return regexp.MustCompile(`[^\s\S]`)
	}
	return re
}
