// Package featuregate is as much of Kubernetes' feature gates as the example needs.
package featuregate

import (
	"fmt"
	"sync"
)

// Feature is a gate's name.
type Feature string

type prerelease string

// The stages of a gate.
const (
	Alpha = prerelease("ALPHA")
	Beta  = prerelease("BETA")
	GA    = prerelease("")
)

// FeatureSpec says how a gate stands.
type FeatureSpec struct {
	Default       bool
	LockToDefault bool
	PreRelease    prerelease
}

// FeatureGate asks for gates.
type FeatureGate interface {
	Enabled(key Feature) bool
}

// MutableFeatureGate registers and sets gates, too.
type MutableFeatureGate interface {
	FeatureGate
	Add(features map[Feature]FeatureSpec) error
	SetFromMap(m map[string]bool) error
}

type featureGate struct {
	mu    sync.Mutex
	known map[Feature]FeatureSpec
	set   map[Feature]bool
}

// NewFeatureGate returns a gate without features.
func NewFeatureGate() *featureGate {
	return &featureGate{known: map[Feature]FeatureSpec{}, set: map[Feature]bool{}}
}

// Enabled asks for a gate.
func (f *featureGate) Enabled(key Feature) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if on, ok := f.set[key]; ok {
		return on
	}
	spec, ok := f.known[key]
	if !ok {
		panic(fmt.Sprintf("feature %q is not registered", key))
	}
	return spec.Default
}

// Add registers gates.
func (f *featureGate) Add(features map[Feature]FeatureSpec) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, spec := range features {
		f.known[name] = spec
	}
	return nil
}

// SetFromMap sets gates.
func (f *featureGate) SetFromMap(m map[string]bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, on := range m {
		if _, ok := f.known[Feature(name)]; !ok {
			return fmt.Errorf("unknown feature gate %s", name)
		}
		f.set[Feature(name)] = on
	}
	return nil
}
