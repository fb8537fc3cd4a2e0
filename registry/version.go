package registry

import (
	"fmt"
	"strings"

	"golang.org/x/mod/semver"
)

// Version is a semantic version as people write it: v0.130.0, 1.39. The zero
// Version is unknown. == compares the spelling, Compare the meaning.
type Version struct {
	text string
}

// ParseVersion reads a version with or without the v, and with one to three
// numbers.
func ParseVersion(s string) (Version, error) {
	v := Version{s}
	if !semver.IsValid(v.semver()) {
		return Version{}, fmt.Errorf("%q is no version: write it as in v1.4.0 or 1.4", s)
	}
	return v, nil
}

// String returns the version as it was written; "" for the zero Version.
func (v Version) String() string { return v.text }

// IsZero reports whether the version is unknown.
func (v Version) IsZero() bool { return v.text == "" }

// Compare returns -1, 0 or +1 as v precedes w, equals it or follows it: 1.39 and
// v1.39.0 are equal, and a pre-release precedes its release. The zero Version
// precedes all others.
func (v Version) Compare(w Version) int {
	return semver.Compare(v.semver(), w.semver())
}

// semver returns the version in the form of golang.org/x/mod/semver; "" for
// the zero Version.
func (v Version) semver() string {
	if v.text == "" || strings.HasPrefix(v.text, "v") {
		return v.text
	}
	return "v" + v.text
}
