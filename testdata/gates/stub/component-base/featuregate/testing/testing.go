// Package testing sets gates in tests.
package testing

import (
	"k8s.io/apimachinery/pkg/util/version"

	"k8s.io/component-base/featuregate"
)

// TB is what is needed of a test.
type TB interface {
	Cleanup(func())
	Fatal(args ...any)
	Helper()
}

// SetFeatureGateEmulationVersionDuringTest behaves as an older version does, until
// the test ends.
func SetFeatureGateEmulationVersionDuringTest(tb TB, gate featuregate.FeatureGate, ver *version.Version) {
	tb.Helper()
	if gate == nil || ver == nil {
		tb.Fatal("no gate, or no version")
	}
}

// SetFeatureGateDuringTest sets a gate until the test ends.
func SetFeatureGateDuringTest(tb TB, gate featuregate.FeatureGate, f featuregate.Feature, value bool) {
	tb.Helper()
	before := gate.Enabled(f)
	set := func(on bool) {
		if err := gate.(featuregate.MutableFeatureGate).SetFromMap(map[string]bool{string(f): on}); err != nil {
			tb.Fatal(err)
		}
	}
	set(value)
	tb.Cleanup(func() { set(before) })
}
