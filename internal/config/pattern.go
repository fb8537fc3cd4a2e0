package config

import (
	"regexp"
	"strings"
)

// MatchPackage reports whether an import path fits a pattern. In a pattern, an
// element v* stands for a major version from 2 on, and a last element ... for
// everything below, the folder itself included; ... alone is every package. A path inside a vendor folder
// counts as what is vendored.
func MatchPackage(pattern, path string) bool {
	if i := strings.LastIndex("/"+path, "/vendor/"); i >= 0 {
		path = path[i+len("vendor/"):]
	}
	if !strings.Contains(pattern, "*") && !strings.HasSuffix(pattern, "...") {
		return pattern == path
	}
	for pattern != "" {
		var want, got string
		want, pattern, _ = strings.Cut(pattern, "/")
		if want == "..." && pattern == "" {
			return true
		}
		got, path, _ = strings.Cut(path, "/")
		if want != got && !(want == "v*" && majorVersion.MatchString(got)) {
			return false
		}
	}
	return path == ""
}

// majorVersion is an element of an import path that is a major version.
var majorVersion = regexp.MustCompile(`^v([2-9]|[1-9][0-9]+)$`)

// badPackage says what is wrong with an import path pattern, or "".
func badPackage(pattern string) string {
	for rest := pattern; ; {
		element, tail, more := strings.Cut(rest, "/")
		switch {
		case element == "" || strings.ContainsAny(element, " \t\n\\"):
			return "no import path"
		case element == "..." && more:
			return "... can only be the last element"
		case element != "..." && strings.Contains(element, "..."):
			return "... must be an element of its own, as in example.com/app/..."
		case element != "v*" && strings.Contains(element, "*"):
			return "* can only stand in the element v*, a major version"
		}
		if !more {
			return ""
		}
		rest = tail
	}
}

// funcName is a function or method of a package.
type funcName struct {
	pkg  string // a pattern
	recv string // "" is a function
	name string
}

// funcForm is the form of "pkg.Func", "(*pkg.T).Method" and "(pkg.I).Method".
var funcForm = regexp.MustCompile(`^(?:\(\*?(.+)\.([\pL_][\pL\p{Nd}_]*)\)|([^()]+))\.([\pL_][\pL\p{Nd}_]*)$`)

// parseFunc reads the name of a function or method.
func parseFunc(s string) (funcName, bool) {
	m := funcForm.FindStringSubmatch(s)
	if m == nil {
		return funcName{}, false
	}
	return funcName{pkg: m[1] + m[3], recv: m[2], name: m[4]}, true
}

// IsPure reports whether the provider says that calls of a function have no
// effects; recv is the name of a method's type, "" for a function.
func (p Provider) IsPure(pkg, recv, name string) bool {
	for _, s := range p.Pure {
		f, ok := parseFunc(s)
		if ok && f.recv == recv && f.name == name && MatchPackage(f.pkg, pkg) {
			return true
		}
	}
	return false
}

// Speaks reports whether the provider's rows are about a package.
func (p Provider) Speaks(path string) bool {
	return fits(p.Packages, path)
}

// fits reports whether a path fits one of the patterns.
func fits(patterns []string, path string) bool {
	for _, pattern := range patterns {
		if MatchPackage(pattern, path) {
			return true
		}
	}
	return false
}
