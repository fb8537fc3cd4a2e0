// Package testing is a stub of how tests set Kubernetes' feature gates.
package testing

import "k8s.io/component-base/featuregate"

// TB is what is needed of a test.
type TB interface {
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Name() string
}

// FeatureOverrides is gates and what they are set to.
type FeatureOverrides = map[featuregate.Feature]bool

// SetFeatureGateDuringTest sets a gate until the test ends.
func SetFeatureGateDuringTest(tb TB, gate featuregate.FeatureGate, f featuregate.Feature, value bool) {
}

// SetFeatureGatesDuringTest sets gates until the test ends.
func SetFeatureGatesDuringTest(tb TB, gate featuregate.FeatureGate, features FeatureOverrides) {
}
