// Package version is a stub of Kubernetes' versions.
package version

// Version is a version.
type Version struct{ text string }

// MustParse returns a version.
func MustParse(str string) *Version { return &Version{str} }

// String returns the version's text.
func (v *Version) String() string { return v.text }
