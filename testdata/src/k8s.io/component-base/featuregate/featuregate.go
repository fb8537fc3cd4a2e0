// Package featuregate is a stub of Kubernetes' feature gates.
package featuregate

import "k8s.io/apimachinery/pkg/util/version"

// Feature is a gate's name.
type Feature string

type prerelease string

// The stages of a gate.
const (
	PreAlpha   = prerelease("PRE-ALPHA")
	Alpha      = prerelease("ALPHA")
	Beta       = prerelease("BETA")
	GA         = prerelease("")
	Deprecated = prerelease("DEPRECATED")
)

// FeatureSpec says how a gate stands.
type FeatureSpec struct {
	Default       bool
	LockToDefault bool
	PreRelease    prerelease
	Version       *version.Version
}

// VersionedSpecs says how a gate stands from version to version.
type VersionedSpecs []FeatureSpec

// FeatureGate asks for gates.
type FeatureGate interface {
	Enabled(key Feature) bool
	KnownFeatures() []string
}

// MutableFeatureGate registers and sets gates, too.
type MutableFeatureGate interface {
	FeatureGate
	Set(value string) error
	SetFromMap(m map[string]bool) error
	Add(features map[Feature]FeatureSpec) error
	OverrideDefault(name Feature, override bool) error
}

// MutableVersionedFeatureGate registers gates from version to version, too.
type MutableVersionedFeatureGate interface {
	MutableFeatureGate
	AddVersioned(features map[Feature]VersionedSpecs) error
	OverrideDefaultAtVersion(name Feature, override bool, ver *version.Version) error
}

type featureGate struct{}

// NewFeatureGate returns a gate without features.
func NewFeatureGate() *featureGate { return &featureGate{} }

// NewVersionedFeatureGate returns a gate without features, at a version.
func NewVersionedFeatureGate(emulationVersion *version.Version) *featureGate { return &featureGate{} }

// Enabled asks for a gate.
func (f *featureGate) Enabled(key Feature) bool { return false }

// KnownFeatures returns what is registered.
func (f *featureGate) KnownFeatures() []string { return nil }

// Set sets gates.
func (f *featureGate) Set(value string) error { return nil }

// SetFromMap sets gates.
func (f *featureGate) SetFromMap(m map[string]bool) error { return nil }

// Add registers gates.
func (f *featureGate) Add(features map[Feature]FeatureSpec) error { return nil }

// AddVersioned registers gates.
func (f *featureGate) AddVersioned(features map[Feature]VersionedSpecs) error { return nil }

// OverrideDefault sets a gate's default.
func (f *featureGate) OverrideDefault(name Feature, override bool) error { return nil }

// OverrideDefaultAtVersion sets a gate's default.
func (f *featureGate) OverrideDefaultAtVersion(name Feature, override bool, ver *version.Version) error {
	return nil
}
