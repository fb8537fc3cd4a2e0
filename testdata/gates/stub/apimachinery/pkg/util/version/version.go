// Package version is as much of Kubernetes' versions as the example needs.
package version

import "fmt"

// Version is a version.
type Version struct{ major, minor uint }

// MustParse reads a version, as in "1.2".
func MustParse(s string) *Version {
	v := &Version{}
	if _, err := fmt.Sscanf(s, "%d.%d", &v.major, &v.minor); err != nil {
		panic(fmt.Errorf("reading the version %q: %w", s, err))
	}
	return v
}

// String returns the version as it is read.
func (v *Version) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }
