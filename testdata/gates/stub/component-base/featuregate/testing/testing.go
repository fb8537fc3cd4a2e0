// Package testing sets gates in tests.
package testing

import "k8s.io/component-base/featuregate"

// TB is what is needed of a test.
type TB interface {
	Cleanup(func())
	Fatal(args ...any)
	Helper()
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
