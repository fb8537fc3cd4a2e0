// Package unknown asks for flags that the registry does not have.
package unknown

import (
	"github.com/Unleash/unleash-client-go/v4"
	"k8s.io/component-base/featuregate"

	"handson/wrap"
	"unknown/gates"
)

func asked() {
	_ = unleash.IsEnabled("odl") // want `^flag "odl" is in no registry\. Correct the key, or register the flag$`
	_ = wrap.Named("nwe")        // want `^flag "nwe" is in no registry`
}

// nope: it is in the registry, or nobody knows which one it is.
func known(key string) {
	_ = unleash.IsEnabled("new")
	_ = unleash.IsEnabled(key)
}

// nope: another package of the program may register it, for all that is seen here.
func registeredElsewhere(g featuregate.FeatureGate) (bool, bool, bool) {
	return gates.Hidden(), gates.Exported.IsEnabled(), g.Enabled("RegisteredElsewhere")
}
